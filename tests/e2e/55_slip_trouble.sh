#!/bin/bash
# A printer that is lost, not merely empty: a folder for pictures that cannot be made or is full, a device that is
# pulled out and comes back, a kiosk that is killed while it prints. The kiosk starts, says why in one line, no visit
# is trapped, and no slip comes twice.
source_tree=$(cd "$(dirname "$0")/../.." && pwd)
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
mapfile -t moments < <(free_moments)
number_of=0
visit() { # visit EXPECTED: a whole visit; this is on the screen when the printer is through
    {
        to_moments Ana Pop 0470123456
        printf '%s\n' "wait slot.${moments[number_of]}" "tap slot.${moments[number_of]}" "wait check.confirm" "tap check.confirm" \
            "wait $1 15" "tap slip.done" "tap goodbye.done" "wait start"
    } >visit.script
    number_of=$((number_of + 1))
    kiosk --script visit.script
}
says() { # says PATTERN: --check fails, with this line for the printer
    wegwijs-kiosk --config config --data data --check >all.txt 2>&1 && return 1
    grep -q "^FAULT   printer .*$1" all.txt || { cat all.txt; return 1; }
}
stands() { test "$(sqlite3 agenda.db 'SELECT count(*) FROM booking')" = "$number_of"; }
printf '%s\n' "wait start.staff 5" "expect start.staff papier" >start.script

# ---- pictures
wegwijs-kiosk --config config --data data --check >all.txt 2>&1
check "--check makes no folder: made by root it would not be the kiosk's" test ! -e data/slips
mkdir data && touch data/slips
check "a folder that cannot be made does not stop the kiosk" kiosk --script start.script
check "the log says why, once" test "$(grep -c 'printer: offline (.*slips" cannot be made a folder' kiosk.log)" = 1
check "so does --check" says 'slips" cannot be made a folder'
check "a visit ends with the code on the screen" visit slip.code
check "its booking stands" stands
rm data/slips
check "with room for the folder the next has its picture" visit slip.problem
check "and one only" test "$(find data/slips -name '*.png' | wc -l)" = 1
mkdir full
if mount -t tmpfs -o size=64k tmpfs full 2>/dev/null; then
    trap 'umount -l "$folder/full" 2>/dev/null; rm -rf "$folder"' EXIT
    dd if=/dev/zero of=full/filler bs=1024 2>/dev/null
    set_kiosk printer "printer: { kind: picture, target: $folder/full }"
    check "a full disk is told at the start" kiosk --script start.script
    check "and by --check" says 'is full'
    check "a visit ends with the code" visit slip.code
    check "half a picture is not left behind" test "$(find full -type f ! -name filler | wc -l)" = 0
    umount -l full
else
    number=$((number + 1)); echo "ok $number - a full disk # SKIP no mount here"
fi

# ---- killed while it prints, and started again
${CC:-gcc} -std=c11 -D_GNU_SOURCE -O1 -I"$source_tree/tests" -o device "$source_tree/tests/printer_device.c" -lpthread || exit 1
coproc DEVICE { ./device; }
read -r target <&"${DEVICE[0]}"
tell() { echo "$@" >&"${DEVICE[1]}" && read -r answer <&"${DEVICE[0]}"; }
trap 'kill "$DEVICE_PID" 2>/dev/null; rm -rf "$folder"' EXIT
set_kiosk printer "printer: { kind: escpos, target: '$target' }"
mkfifo kill.script
tell silent 50000
: >kiosk.log
wegwijs-kiosk --config config --data data --window 1080x1920 --script kill.script 2>>kiosk.log & pid=$!
exec 8>kill.script
{ to_moments Ana Pop 0470123456; printf '%s\n' "wait slot.${moments[number_of]}" "tap slot.${moments[number_of]}" "wait check.confirm" "tap check.confirm"; } >&8
number_of=$((number_of + 1))
printing() { for _ in $(seq 300); do grep -q 'screen: slip' kiosk.log && return; sleep 0.1; done; tail kiosk.log; return 1; }
check "a slip is being printed" printing
kill -9 $pid
wait $pid 2>/dev/null
exec 8>&-
tell well
tell rows
echo "wait start" >idle.script
check "the kiosk that was killed starts again" kiosk --script idle.script
tell rows
check "and prints nothing by itself" test "${answer% *}" = 0
check "the booking stands" stands
check "the next visitor has a slip" visit slip.problem
tell rows
check "one, whole" sh -c "echo '$answer' | grep -Eq '^1 [0-9]{4}$'"
