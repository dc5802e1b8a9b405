#!/bin/bash
# A real IPP printer (CUPS's ippeveprinter): the slip as PWG raster and as PDF, read from what arrived; paper out
# before and during a job; a printer that is off; a sheet in large print. The printing code is watched by sanitizers.
. "$(dirname "$0")/slip.inc"
PATH=$PATH:/usr/sbin
if ! command -v ippeveprinter >/dev/null; then
    skip "the slip on an IPP printer" "ippeveprinter is not installed (cups-ipp-utils)"
    exit 0
fi
if ! command -v dbus-daemon >/dev/null; then
    skip "the slip on an IPP printer" "dbus-daemon is not installed, which ippeveprinter wants"
    exit 0
fi
# the printing code watched by sanitizers, here where it speaks to a real printer: what they find ends the tool
tool=$folder/slip_watched
${CC:-gcc} -std=c11 -D_GNU_SOURCE -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -isystem /usr/include/SDL2 \
    -Isrc -Itests -o "$tool" tests/slip_tool.c src/slip/*.c "$build"/release/lib{draw,booking,base}.a -lSDL2_ttf -lSDL2_image \
    -lSDL2 -lfribidi -lqrencode -lsqlite3 -lcyaml -lyaml -lgettextpo -lsodium -ljansson -lm -lpthread || exit 2
watched() { ! grep -Eq 'ERROR: (Address|Leak)Sanitizer|runtime error' "$folder/why"; }
export LSAN_OPTIONS=detect_leaks=1
dbus-daemon --session --fork --print-address=3 --print-pid=4 3>"$folder/bus" 4>"$folder/bus.pid"
children=("$(cat "$folder/bus.pid")")
DBUS_SYSTEM_BUS_ADDRESS=$(cat "$folder/bus")
export DBUS_SYSTEM_BUS_ADDRESS
printf '#!/bin/sh\nsleep "$(cat %s)"\necho out >>%s\n' "$folder/seconds" "$folder/outs" >"$folder/engine"
chmod +x "$folder/engine"
echo 0 >"$folder/seconds"
port=$((20000 + RANDOM % 20000))
start() { # start FORMATS: a printer that takes these
    mkdir -p "$folder/spool"
    rm -f "$folder"/spool/*
    ippeveprinter -r off -p $port -d "$folder/spool" -k -c "$folder/engine" -f "$1" Wegwijs >"$folder/printer.log" 2>&1 &
    printer=$!
    children+=("$printer")
    for _ in $(seq 600); do curl -s -o /dev/null "http://localhost:$port/" && return; sleep 0.1; done
}
finish() { kill "$printer"; wait "$printer" 2>/dev/null; }
paper() { # paper SHEETS, A4 in the first tray
    curl -s -o /dev/null "http://localhost:$port/media?size1=iso_a4_210x297mm&type1=stationery&level1=$1&size3=na_number-10_4.125x9.5in&type3=envelope&level3=25"
}
size=normal
slip() { "$tool" 576 203 $size slot cups "ipp://localhost:$port/ipp/print" >"$folder/state" 2>"$folder/why"; }
says() { # says STATE
    slip
    cat "$folder/state" "$folder/why"
    watched && grep -q "^$1 " "$folder/state"
}
start image/pwg-raster,application/pdf
if ! curl -s -o /dev/null "http://localhost:$port/"; then
    skip "the slip on an IPP printer" "ippeveprinter does not start here: $(tail -n 1 "$folder/printer.log")"
    exit 0
fi
paper 50
is "a printer says that the slip is out" says ready
python3 - "$folder"/spool/*.pwg "$folder/page.pgm" <<'P'
import struct, sys
d = open(sys.argv[1], 'rb').read()  # PWG 5102.4: "RaS2", a header of 1796 bytes, rows in runs
assert d[:4] == b'RaS2'
width, height = struct.unpack('>II', d[376:384])
depth, = struct.unpack('>I', d[392:396])
stride, = struct.unpack('>I', d[396:400])
at, rows = 1800, []
while len(rows) < height:
    again, row = d[at] + 1, b''
    at += 1
    while len(row) < stride:
        run = d[at]
        at += 1
        if run < 128: row += d[at:at+1] * (run + 1); at += 1
        else: row += d[at:at+257-run]; at += 257 - run
    rows += [row] * again
assert at == len(d), (at, len(d))
open(sys.argv[2], 'wb').write(b'P%d\n%d %d\n%s' % (4 if depth == 1 else 5, width, height, b'' if depth == 1 else b'255\n') + b''.join(rows))
P
is "the PWG raster that arrived is read by zbarimg" reads "$folder/page.pgm"
creased "the PWG raster that arrived" "$folder/page.pgm" 300
rm -f "$folder"/spool/*.pwg
size=large
is "a sheet in large print" says ready
is "is one document" test "$(ls "$folder"/spool/*.pwg | wc -l)" = 1
size=normal
paper 0
is "paper out before the slip is said at once" says no-paper
is "with the printer's own reason" grep -q 'media-empty' "$folder/why"
is "and nothing more was sent" test "$(ls "$folder"/spool/*.pwg | wc -l)" = 1
paper 50
echo 4 >"$folder/seconds"
(sleep 1.5; paper 0) &
is "paper out during the slip is said" says no-paper
wait $!
echo 0 >"$folder/seconds"
paper 50
free_again() { for _ in $(seq 600); do says ready && return; sleep 0.5; done; return 1; }
is "the printer is free again afterwards" free_again
echo 2 >"$folder/seconds"
rm -f "$folder/outs"
is "a slow printer is waited for" says ready
is "success is said after the job's end, not before" test -s "$folder/outs"
echo 0 >"$folder/seconds"
finish
is "a printer that is off is said to be" says offline
start application/pdf
paper 50
is "a printer without raster takes PDF" says ready
if command -v pdftoppm >/dev/null; then
    pdftoppm -r 300 -gray -singlefile "$folder"/spool/*.pdf "$folder/pdf"
    is "the PDF that arrived is read by zbarimg" reads "$folder/pdf.pgm"
    creased "the PDF that arrived" "$folder/pdf.pgm" 300
else
    python3 - "$folder"/spool/*.pdf "$folder/pdf.pbm" <<'P'
import re, sys
d = open(sys.argv[1], 'rb').read()
m = re.search(rb'/Width (\d+)/Height (\d+).*?/Length (\d+)>>\nstream\n', d, re.S)
open(sys.argv[2], 'wb').write(b'P4\n%s %s\n' % m.groups()[:2] + d[m.end():m.end() + int(m.group(3))])
P
    is "the picture in the PDF that arrived is read by zbarimg" reads "$folder/pdf.pbm"
fi
finish
