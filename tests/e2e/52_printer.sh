#!/bin/bash
# The kiosk and a printer that is only a socket: the test slip of --check, and what the visitor sees when the
# printer fails before a visit and at many bytes of a slip.
source_tree=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
mapfile -t moments < <(free_moments)
${CC:-gcc} -std=c11 -D_GNU_SOURCE -O1 -I"$source_tree/tests" -o device "$source_tree/tests/printer_device.c" -lpthread || exit 1
coproc DEVICE { ./device; }
read -r target <&"${DEVICE[0]}"
tell() { echo "$@" >&"${DEVICE[1]}" && read -r answer <&"${DEVICE[0]}"; } # tell LINE: to the printer
trap 'kill "$DEVICE_PID" 2>/dev/null; rm -rf "$folder"' EXIT
escpos() { set_kiosk printer "printer: { kind: escpos, target: '$target', limit-seconds: 2$1 }"; }
try() { # try STATUS: a test slip; its line is in slip.txt
    wegwijs-kiosk --config config --data data --check --slip >all.txt 2>&1
    local got=$?
    grep -E '^[a-zA-Z]+ +slip ' all.txt | tee slip.txt
    test $got = "$1"
}
escpos ""
tell well
check "a test slip is printed and said to be" try 0
tell rows
check "it came out, once, and was cut" grep -q "the test slip is out: escpos $target says ready" slip.txt
check "the printer had it" sh -c "echo '$answer' | grep -Eq '^1 [0-9]{3,}$'"
for fault in "paper no-paper" "cover cover-open" "cutter cutter" "broken error" "offline offline" "silent no-answer"; do
    tell "${fault% *}"
    check "no test slip from a printer that is ${fault% *}: --check says so and fails" try 1
    check "and names it" grep -q "^FAULT   slip .*${fault#* }" slip.txt
done
tell well
tell rows
check "none of them came out" test "$answer" = "0 0"
escpos ", status: nee"
check "a printer that says nothing is not believed" try 1
check "staff are told to look" grep -q "look at the printer" slip.txt
tell rows
set_kiosk printer "printer: { kind: picture }"
check "a test slip as a picture" try 0
check "is in the folder" test -s data/slips/PROEF0.png
check "nobody checks in with it" sh -c "! zbarimg -q --raw data/slips/PROEF0.png 2>/dev/null | grep -q UID"
check "--slip alone is wrong use" sh -c "wegwijs-kiosk --slip 2>wrong.txt; test \$? = 2 && grep -q check wrong.txt"
printf 'key scan PROEF0\nexpect question Ik vind uw afspraak niet\n' >scan.script
check "its code is no appointment" kiosk --script scan.script

# ---- the screen. A slip is about 100000 bytes, or 14 bands; the fault begins before it, in it, behind it
escpos ""
number_of=0
visit() { # visit EXPECTED: a whole visit; the screen must hold this when the printer is through
    {
        to_moments Ana Pop 0470123456
        echo "wait slot.${moments[number_of]}"
        echo "tap slot.${moments[number_of]}"
        echo "wait check.confirm"
        echo "tap check.confirm"
        echo "wait $1 15"
        [ "$1" = slip.no ] && echo "tap slip.no" && echo "wait slip.code"
        echo "tap slip.done"
        echo "tap goodbye.done"
        echo "wait start"
    } >visit.script
    kiosk --script visit.script
}
try_visit() { # try_visit FAULT BYTE EXPECTED: at most one slip comes out, and the booking stands
    tell "$1" "$2"
    check "$1 at byte $2: the screen shows $3" visit "$3"
    number_of=$((number_of + 1))
    tell well
    tell rows
    local cuts=${answer% *}
    case $3 in
    slip.problem) check "$1 at byte $2: one slip came out" test "$cuts" = 1 ;;
    *) check "$1 at byte $2: no second slip" test "$cuts" -le 1 ;;
    esac
}
try_visit well 0 slip.problem
try_visit low 0 slip.problem
for byte in 1 20000 70000; do
    try_visit paper $byte slip.code
    try_visit cover $byte slip.code
done
try_visit cutter 30000 slip.code
try_visit offline 50000 slip.code
try_visit silent 50000 slip.no
try_visit close 50000 slip.code
check "every booking stands" sh -c 'test "$(sqlite3 agenda.db "SELECT count(*) FROM booking")" = '"$number_of"
{
    echo "wait start.staff 5"
    echo "expect start.staff papier"
} >start.script
listed() { # listed STATE: start the kiosk, and keep it until the guide's list of kiosks tells the printer's state
    local got=1
    mkfifo "$1.script"
    kiosk --script "$1.script" & local pid=$!
    exec 8>"$1.script"
    cat start.script >&8
    for _ in $(seq 600); do wegwijs-agenda kiosks >kiosks.txt; grep -q "$1" kiosks.txt && got=0 && break; sleep 0.1; done
    exec 8>&-
    wait $pid; shown=$?
    return $got
}
set_kiosk link "link: { interval-ms: 1000 }"
tell paper
check "paper out is in the guide's list of kiosks" listed "printer: geen papier"
check "and is told at the start, before a visit" test "$shown" = 0
tell low
check "little paper too is in the list" listed "printer: bijna geen papier"
check "and told by a small sign" test "$shown" = 0
check "the log names both, each with the printer's own reasons" \
    sh -c "grep -q 'printer: no-paper (media-empty offline)$' kiosk.log && grep -q 'printer: paper-low (media-low)$' kiosk.log"

# ---- reasons of an idle printer: told on change, once
: >kiosk.log
tell cover
mkfifo idle.script
kiosk --script idle.script & pid=$!
exec 8>idle.script
echo "wait start.staff 5" >&8
until_log() { for _ in $(seq 900); do grep -q "$1" kiosk.log && return; sleep 0.1; done; cat kiosk.log; return 1; }
until_said() { # until_said REASONS: in --status
    for _ in $(seq 900); do
        wegwijs-kiosk --config config --data data --status >line.json 2>/dev/null && grep -qF "\"printer_says\":\"$1\"" line.json && return
        sleep 0.1
    done
    cat line.json; return 1
}
check "an open cover of an idle printer is logged" until_log 'printer: cover-open (cover-open offline)$'
check "and in --status" until_said "cover-open offline"
check "and in the list of kiosks" sh -c 'for i in $(seq 600); do wegwijs-agenda kiosks | tee kiosks.txt | tr -s "\n " " " | grep -q "printer zegt: cover-open offline" && exit; sleep 0.1; done; cat kiosks.txt; exit 1'
tell low
check "a closed cover with little paper is logged" until_log 'printer: paper-low (media-low)$'
tell well
check "and new paper" until_log 'printer: ready$'
check "each once" test "$(grep -c 'printer: ' kiosk.log)" = 3
exec 8>&-
wait $pid
check "--status tells the last" sh -c "wegwijs-kiosk --config config --data data --status 2>/dev/null | grep -qF '\"printer_says\":\"\"'"
