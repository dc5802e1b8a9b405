#!/bin/bash
# wegwijs-agenda slip CODE: every paper, resolution and kind of printer that the counter can ask for, each read
# back by a QR reader; and what is wrong, in Dutch, with its exit status.
source_tree=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
wegwijs-agenda book --slot els@2026-11-24T10:00 --first Proef --last Persoon --phone 0470123456 --answer interpreter=brings >book.txt
code=$(grep -oE "[2-9A-Z]{3} [2-9A-Z]{3}" book.txt | head -1 | tr -d " ")
slip() { wegwijs-agenda slip "$code" "$@"; }
status() { # status STATUS COMMAND…
    local wanted=$1; shift
    "$@"; local got=$?
    test $got = "$wanted" || { echo "status $got"; return 1; }
}
says() { # says STATUS PATTERN OPTIONS…: with this status, one line that holds it
    local wanted=$1 pattern=$2; shift 2
    slip "$@" >said.txt 2>&1; local got=$?
    cat said.txt
    test $got = "$wanted" && grep -q -- "$pattern" said.txt
}
reads() { zbarimg -q --raw "$1" 2>/dev/null | tr -d '\r' | grep -qx "UID:$code"; }
wide() { test "$(identify -format %w "$1")" = "$2"; }
check "a booking was made" test -n "$code"
for form in "80 203 576" "80 180 512" "58 203 384" "58 180 340"; do
    read -r paper dpi width <<<"$form"
    for large in "" --large; do
        rm -f "$code.png"
        check "slip of $paper mm at $dpi dots an inch $large" says 0 "$code.png" --paper "$paper" --dpi "$dpi" $large
        check "is $width dots wide" wide "$code.png" "$width"
        check "and is read" reads "$code.png"
        [ -z "$large" ] && cp "$code.png" small.png
    done
    check "large print differs" sh -c "! cmp -s '$code.png' small.png"
done
for paper in a5 a4; do
    for large in "" --large; do
        rm -f "$code.pdf"
        check "slip as a page of $paper $large" says 0 "$code.pdf" --paper $paper $large
        if command -v pdftoppm >/dev/null; then
            pdftoppm -r 200 -gray -singlefile "$code.pdf" page
            check "and is read" reads page.pgm
            check "a page of $paper" sh -c "pdfinfo '$code.pdf' | grep -q '^Page size: .*$([ $paper = a4 ] && echo 595 || echo 419)'"
        fi
    done
done
mkdir elsewhere
check "into another folder" says 0 elsewhere/ --to elsewhere
check "is there" test -s "elsewhere/$code.png"
check "ESC/POS into a file" says 0 "geprint" --printer escpos --to ./slip.bin --paper 58
check "is raster of 58 mm" sh -c "head -c 8 slip.bin | xxd -p | grep -q '^1b401d7630003000'"
check "the knife cuts" sh -c "tail -c 4 slip.bin | xxd -p | grep -q '^1d5642'"
check "without a knife" says 0 "geprint" --printer escpos --to ./slip.bin --no-cutter
check "it is fed instead" sh -c "tail -c 3 slip.bin | xxd -p | grep -q '^1b4aff'"

${CC:-gcc} -std=c11 -D_GNU_SOURCE -O1 -I"$source_tree/tests" -o device "$source_tree/tests/printer_device.c" -lpthread || exit 1
coproc DEVICE { ./device; }
read -r target <&"${DEVICE[0]}"
device_pid=$DEVICE_PID
trap 'kill "$device_pid" 2>/dev/null; rm -rf "$folder"' EXIT
tell() { echo "$@" >&"${DEVICE[1]}" && read -r answer <&"${DEVICE[0]}"; }
tell well
check "printed on an ESC/POS printer" says 0 "is geprint" --printer escpos --to "$target"
tell rows
check "it came out once, and was cut" sh -c "echo '$answer' | grep -Eq '^1 [0-9]{3,}$'"
tell low
check "little paper is said" says 0 "bijna op" --printer escpos --to "$target"
tell rows
for fault in "paper het papier in .* is op" "cover het deksel van .* staat open" "cutter het mes van .* zit vast" \
    "broken meldt een fout (..*)" "offline staat uit" "silent antwoordt niet"; do
    tell "${fault%% *}"
    check "printer ${fault%% *}: told in Dutch" says 1 "${fault#* }" --printer escpos --to "$target"
    check "in one line" sh -c 'test "$(wc -l <said.txt)" = 1'
done
tell rows
check "none of them came out" test "$answer" = "0 0"
tell well
check "no status: look whether there is a paper" says 1 "kijk of er een papier ligt" --printer escpos --to "$target" --no-status
out=0
for _ in $(seq 600); do tell rows; out=$((out + ${answer% *})); [ $out -gt 0 ] && break; sleep 0.05; done # it still reads
check "there is one" test "$out" = 1
check "a printer that is not there" says 1 "niet te bereiken" --printer escpos --to /dev/no-such-printer
check "an IPP printer that is not there" says 1 "niet te bereiken" --printer cups --to ipp://127.0.0.1:9/ipp/print

check "English on request" sh -c "wegwijs-agenda --lang en slip '$code' --printer escpos --to /dev/no-such-printer 2>&1 | grep -q 'cannot be reached'"
check "sheets are not for a roll" says 2 "een printer met een rol heeft geen papier a4" --printer escpos --to "$target" --paper a4
check "a printer needs a place" says 2 "zeg met --to" --printer cups
for wrong in "--paper 60" "--dpi 300" "--paper a4 --dpi 180" "--printer daisywheel" "--large=ja"; do
    check "$wrong is wrong use" says 2 "$(echo "${wrong##* }" | sed 's/^-*//')" $wrong
done
check "no code is wrong use" status 2 wegwijs-agenda slip
check "a code that nobody has" sh -c "wegwijs-agenda slip 222222; test \$? = 1"
wegwijs-agenda cancel "$code" >/dev/null
check "a cancelled booking has no slip" says 1 "heeft geen gesprek meer"
agenda=$(command -v wegwijs-agenda)
draws_nothing() { ! ldd "$agenda" | grep -E 'SDL|freetype|fribidi|qrencode|ical|icu|cups'; }
check "the agenda itself loads nothing that draws" draws_nothing
cp "$agenda" lonely
check "without the program that draws" sh -c "WEGWIJS_SHARE=\$WEGWIJS_STAGE/usr/local/share/wegwijs ./lonely slip $code >said.txt 2>&1; test \$? = 1 && grep -q 'programma dat strookjes maakt' said.txt"
. "$source_tree/src/cli/wegwijs-agenda.bash"
complete_words() { # complete_words WORD…: what the completion offers for the last
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
    _wegwijs_agenda
    echo "${COMPREPLY[*]}"
}
check "the completion knows the options" sh -c "echo '$(complete_words wegwijs-agenda slip "$code" --pa)' | grep -qx -- --paper"
check "and the papers" test "$(complete_words wegwijs-agenda slip "$code" --paper a)" = "a5 a4"
sed 's/\\-/-/g' "$source_tree/src/cli/wegwijs-agenda.1" >manual.txt
for option in printer to paper dpi large no-cutter no-status no-fence; do
    check "the manual tells --$option" grep -q -e "slip.*--$option" manual.txt
done
