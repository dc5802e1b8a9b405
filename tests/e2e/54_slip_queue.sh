#!/bin/bash
# A print server of its own (cupsd) with a queue without driver, whose back end keeps what it gets: ESC/POS for the
# roll, PDF for a sheet; the job followed to its end; what the queue says; a driverless queue before a real IPP
# printer; the test slip, on a roll and on sheets; and a machine without libcups.
source_tree=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib_kiosk.sh"
skip() { number=$((number + 1)); echo "ok $number - $1 # SKIP $2"; }
PATH=$PATH:/usr/sbin
new_agenda
wegwijs-agenda book --slot els@2026-11-24T10:00 --first Proef --last Persoon --phone 0470123456 >book.txt
code=$(grep -oE "[2-9A-Z]{3} [2-9A-Z]{3}" book.txt | head -1 | tr -d " ")
says() { # says STATUS PATTERN OPTIONS…: the slip, with this status and one line that holds it
    local wanted=$1 pattern=$2; shift 2
    wegwijs-agenda slip "$code" "$@" >said.txt 2>&1; local got=$?
    cat said.txt
    test $got = "$wanted" && grep -q -- "$pattern" said.txt
}

# ---- no libcups, no libical
cat >no_cups.c <<'C'
#include <dlfcn.h>
#include <stddef.h>
#include <string.h>
void *dlopen(const char *name, int flags)
{
    void *(*real)(const char *, int);
    *(void **)&real = dlsym(RTLD_NEXT, "dlopen");
    return name != NULL && (strstr(name, "libcups") != NULL || strstr(name, "libical") != NULL) ? NULL : real(name, flags);
}
C
${CC:-gcc} -D_GNU_SOURCE -shared -fPIC -o no_cups.so no_cups.c -ldl || exit 1
without() { LD_PRELOAD=$folder/no_cups.so "$@"; }
check "the programs do not need libcups to start" sh -c "! ldd '$bin/wegwijs-agenda' '$bin/wegwijs-kiosk' | grep -q libcups"
check "without it a CUPS printer is refused in one line" without says 1 "geen strookje" --printer cups --to roll
no_calendar() { ! without wegwijs-agenda --agenda agenda.db ics --to all.ics 2>said.txt && grep -q "libical.so.3 ontbreekt: installeer het pakket libical3" said.txt && test ! -e all.ics; }
check "without libical a calendar is refused in Dutch, with the package" no_calendar
check "and every other printer works" without says 0 "$code.png"
set_kiosk printer "printer: { kind: cups, target: roll, limit-seconds: 2 }"
without wegwijs-kiosk --config config --data data --check --slip >check.txt 2>&1
check "--check says that libcups is missing" grep -q "^FAULT   slip .*libcups" check.txt
mapfile -t moments < <(free_moments)
moment=${moments[0]}
{
    to_moments Ana Pop 0470123456
    printf '%s\n' "wait slot.$moment" "tap slot.$moment" "wait check.confirm" "tap check.confirm" "wait slip.code 15" "tap slip.done" \
        "tap goodbye.done" "wait start"
} >visit.script
check "a visit ends with the code on the screen" without kiosk --script visit.script
check "its booking stands" test "$(sqlite3 agenda.db "SELECT count(*) FROM booking WHERE kiosk IS NOT NULL AND kiosk <> ''")" = 1

# ---- a queue
if ! command -v cupsd >/dev/null || [ "$(id -u)" != 0 ]; then
    skip "a slip through a queue" "cupsd is not installed, or this is not root"
    exit 0
fi
chmod 755 "$folder"
mkdir -p cups/{root,spool,run,cache,tmp,log,jobs} cups/bin/backend
for part in daemon notifier; do [ -e /usr/lib/cups/$part ] && ln -s /usr/lib/cups/$part cups/bin/; done
[ -e /usr/lib/cups/backend/ipp ] && ln -s /usr/lib/cups/backend/ipp cups/bin/backend/
cat >cups/bin/backend/keep <<'C'
#!/bin/sh
# keeps the job; what it finds in "mood" it says and does first
[ $# -eq 0 ] && { echo 'direct keep "Unknown" "a folder"'; exit 0; }
folder=${DEVICE_URI#keep:}
mood=$(cat "$folder/mood" 2>/dev/null)
case $mood in
reason*) echo "STATE: +${mood#reason }" >&2; sleep 30 & wait $!; exit 1 ;;
slow) sleep 1.5 ;;
broken) exit 1 ;;
hangs) sleep 30 & wait $!; exit 1 ;;
esac
cat "${6:--}" >"$folder/part" && mv "$folder/part" "$folder/job-$1"
C
chmod 755 cups/bin/backend/keep
chown -R lp:lp cups/{spool,run,cache,tmp,log,jobs}
port=$((20000 + RANDOM % 20000))
cat >cups/root/cupsd.conf <<C
Listen 127.0.0.1:$port
WebInterface No
Browsing No
DefaultAuthType None
ErrorPolicy abort-job
AccessLogLevel all
DirtyCleanInterval 0
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit All>
Order allow,deny
Allow all
</Limit>
</Policy>
C
cat >cups/root/cups-files.conf <<C
ServerRoot $folder/cups/root
RequestRoot $folder/cups/spool
CacheDir $folder/cups/cache
StateDir $folder/cups/run
TempDir $folder/cups/tmp
ServerBin $folder/cups/bin
ErrorLog $folder/cups/log/error
AccessLog $folder/cups/log/access
PageLog $folder/cups/log/page
ServerKeychain $folder/cups/root
Sandboxing relaxed
User lp
Group lp
C
export CUPS_SERVER=127.0.0.1:$port
cupsd -f -c "$folder/cups/root/cupsd.conf" -s "$folder/cups/root/cups-files.conf" >cupsd.txt 2>&1 & cupsd=$!
trap 'kill $cupsd 2>/dev/null; wait $cupsd 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 600); do lpstat -r 2>/dev/null | grep -q 'is running' && break; sleep 0.1; done
if ! lpadmin -p roll -E -v "keep:$folder/cups/jobs" 2>lpadmin.txt; then
    skip "a slip through a queue" "cupsd does not start here: $(tail -n 1 cupsd.txt)"
    exit 0
fi
jobs=cups/jobs
mood() { echo "$*" >$jobs/mood; rm -f $jobs/job-*; }
kept() { find $jobs -name 'job-*' | wc -l; }
mood well
check "a queue without driver takes a slip" says 0 "is geprint" --printer cups --to roll
wegwijs-agenda slip "$code" --printer escpos --to ./roll.bin >/dev/null
check "what arrived is ESC/POS, byte by byte" sh -c "cmp $jobs/job-* roll.bin"
mood well
check "58 mm, without knife" says 0 "is geprint" --printer cups --to roll --paper 58 --no-cutter
check "arrives as such" sh -c "head -c 8 $jobs/job-* | xxd -p | grep -q '^1b401d7630003000' && tail -c 3 $jobs/job-* | xxd -p | grep -q '^1b4aff'"
mood well
check "a sheet is a PDF" says 0 "is geprint" --printer cups --to roll --paper a4
check "arrives as such" sh -c "head -c 5 $jobs/job-* | grep -q '^%PDF-'"
mood slow
check "a slow one is waited for" says 0 "is geprint" --printer cups --to roll
check "said when it was out, not before" test "$(kept)" = 1
set_kiosk printer "printer: { kind: cups, target: roll, limit-seconds: 6 }"
mood well
sed "s/slip.code/slip.problem/; s/$moment/${moments[1]}/" visit.script >second.script
check "a visit that prints through the queue" kiosk --script second.script
check "has its slip" test "$(kept)" = 1
for reason in "media-empty-error het papier in roll is op" "cover-open-warning het deksel van roll staat open" "media-jam-error meldt een fout"; do
    mood reason ${reason%% *}
    check "the queue says ${reason%% *}" says 1 "${reason#* }" --printer cups --to roll
    mood well
    check "the job was taken back" test "$(lpstat -o | wc -l)/$(kept)" = 0/0
    lpadmin -p roll -R reasons 2>/dev/null; lpadmin -x roll; lpadmin -p roll -E -v "keep:$folder/cups/jobs" 2>/dev/null
done
mood broken
check "a job that the queue gives up" says 1 "meldt een fout" --printer cups --to roll
mood hangs
check "a job without end" says 1 "meldt een fout (.*in time" --printer cups --to roll
check "is taken back" test "$(lpstat -o | wc -l)" = 0
mood well
cupsdisable roll
check "a queue that is stopped" says 1 "paused" --printer cups --to roll
cupsenable roll
check "nothing of all that comes out later" test "$(lpstat -o | wc -l)/$(kept)" = 0/0
check "a queue that is not there" says 1 "geen strookje" --printer cups --to elsewhere
cupsreject roll
check "a queue that takes no jobs is not ready" sh -c "wegwijs-kiosk --config config --data data --check | grep -q '^FAULT   printer .*offline'"
cupsaccept roll

# ---- the print server dies with a slip in it, and takes the job up again when it is back: the visitor is gone by then
mood hangs
mkfifo dies.script
: >kiosk.log
wegwijs-kiosk --config config --data data --window 1080x1920 --script dies.script 2>>kiosk.log & kiosk=$!
exec 7>dies.script
said() { for _ in $(seq 300); do grep -q "$1" kiosk.log && return; sleep 0.1; done; cat kiosk.log; return 1; }
sed "s/$moment/${moments[2]}/; /slip.code/,\$d" visit.script >&7
said 'screen: slip'
held() { for _ in $(seq 600); do lpstat -o | grep -q roll && return; sleep 0.1; done; return 1; }
check "a slip is in the queue" held
kill -9 $cupsd; wait $cupsd 2>/dev/null; mv cups/log/access cups/log/access.before
check "the print server is gone in the middle of it" said 'slip: .*in time'
cupsd -f -c "$folder/cups/root/cupsd.conf" -s "$folder/cups/root/cups-files.conf" >cupsd.txt 2>&1 7>&- & cupsd=$!
cancelled() { for _ in $(seq 400); do grep -q 'Cancel-Job successful-ok' cups/log/access && return; sleep 0.1; done; cat cups/log/access; return 1; }
check "when it is back the kiosk takes the slip back" cancelled
printf '%s\n' "wait slip.no" "tap slip.no" "wait slip.done" "tap slip.done" "tap goodbye.done" "wait start" >&7
exec 7>&-
check "the visitor was asked, and goes to the counter" wait $kiosk
mood well
check "and nothing comes out" test "$(lpstat -o | wc -l)/$(kept)" = 0/0

# ---- a queue without a driver of its own: CUPS asks the IPP printer behind it, and hands our raster on
if ! command -v ippeveprinter >/dev/null || ! command -v dbus-daemon >/dev/null || [ ! -e cups/bin/backend/ipp ]; then
    skip "a driverless queue" "ippeveprinter, dbus-daemon or the IPP back end is not installed"
    exit 0
fi
dbus-daemon --session --fork --print-address=3 --print-pid=4 3>bus 4>bus.pid
DBUS_SYSTEM_BUS_ADDRESS=$(cat bus)
export DBUS_SYSTEM_BUS_ADDRESS
mkdir -p sheets
away=$((port + 1))
ippeveprinter -r off -p $away -d "$folder/sheets" -k -c /bin/true -f image/pwg-raster,application/pdf Wegwijs >printer.log 2>&1 & printer=$!
trap 'kill $printer $(cat bus.pid) $cupsd 2>/dev/null; wait $cupsd $printer 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 600); do curl -s -o /dev/null "http://localhost:$away/" && break; sleep 0.1; done
paper() { curl -s -o /dev/null "http://localhost:$away/media?size1=iso_a4_210x297mm&type1=stationery&level1=$1&size3=na_number-10_4.125x9.5in&type3=envelope&level3=25"; }
paper 50
check "a driverless queue is made" lpadmin -p free -E -v "ipp://localhost:$away/ipp/print" -m everywhere
check "it takes a slip" says 0 "is geprint" --printer cups --to free
check "the printer behind it has it as raster" sh -c 'ls -l sheets; head -c 4 sheets/*.pwg | grep -q RaS2'
check "no paper in the printer" paper 0
check "is what the queue says" says 1 "het papier in free is op" --printer cups --to free
check "and no job stays behind" sh -c 'lpstat -o; test "$(lpstat -o | wc -l)" = 0'
check "nor in the printer, which was told too" sh -c 'for i in $(seq 600); do grep -q "Cancel-Job successful-ok" printer.log && exit; sleep 0.1; done; tail printer.log; exit 1'

# ---- the test slip of --check goes the way of a slip: a sheet where A4 or A5 lies, a strip on the roll
try() { # try TARGET: a test slip; what --check says of it is in said.txt
    set_kiosk printer "printer: { kind: cups, target: '$1' }"
    rm -f sheets/* sheet.pgm
    wegwijs-kiosk --config config --data data --check --slip >all.txt 2>&1
    grep -E '^[a-zA-Z]+ +slip ' all.txt | tee said.txt
    grep -q "^ok .*the test slip is out: cups $1 says ready" said.txt
}
mood well
check "a test slip through the queue of a roll" try roll
check "is a strip in ESC/POS" sh -c "head -c 2 $jobs/job-* | xxd -p | grep -q '^1b40'"
away=$((port + 2))
ippeveprinter -r off -p $away -d "$folder/sheets" -k -c /bin/true -s 10,10 -f application/pdf Wegwijs >printer.log 2>&1 & second=$! # the model that knows A5
trap 'kill $printer $second $(cat bus.pid) $cupsd 2>/dev/null; wait $cupsd $printer $second 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 600); do curl -s -o /dev/null "http://localhost:$away/" && break; sleep 0.1; done
tray() { curl -s -o /dev/null "http://localhost:$away/media?size1=$1&type1=stationery&level1=50&size2=na_index-4x6_4x6in&type2=photographic&level2=25"; }
lies() { test "$(identify -format '%[fx:w / h > 1.4 && w / h < 1.43]' sheet.pgm)" = 1; }
filled() { test "$(convert sheet.pgm -trim -format '%[fx:w > 0.9 * page.width && h > 0.85 * page.height]' info:)" = 1; }
ruled() { # one line in the left half is 5 cm long, or thicker at its ends
    python3 <<'P'
import re
data = open("sheet.pgm", "rb").read()
width, height = map(int, re.match(rb"P5\s+(\d+)\s+(\d+)", data).groups())
dots, wanted = data[-width * height:], 5 / 2.54 * 300
lines = {len(run) for y in range(height) for run in re.findall(rb"[\x00-\x7f]{300,}", dots[y * width:y * width + width // 2])}
assert any(wanted - 4 <= line <= wanted + 16 for line in lines), sorted(lines)
P
}
for paper in "a4 iso_a4_210x297mm 595.*841" "a5 iso_a5_148x210mm 419.*595"; do
    read -r name media points <<<"$paper"
    tray "$media"
    check "a test slip on $name" try "ipp://localhost:$away/ipp/print"
    check "is a page of that size" sh -c "pdfinfo sheets/*.pdf | grep -Eq '^Page size: .*$points'"
    pdftoppm -r 300 -gray -singlefile sheets/*.pdf sheet
    check "a sheet that lies" lies
    check "and is filled" filled
    check "with a ruler that is 5 cm there" ruled
    check "and a code with which nobody checks in" sh -c "zbarimg -q --raw sheet.pgm | tr '\n' ' ' | grep -q '^WEGWIJS PROEF lobby-1 cups ipp:.* A4/A5, '"
done
