#!/bin/bash
# After 50 visits, finished, stopped and timed out, no file of the kiosk holds a name or a number of anybody.
. "$(dirname "$0")/lib_kiosk.sh"

new_agenda
set_kiosk limits "limits: { hour: 0, day: 0 }"
mapfile -t moments < <(free_moments)
letters=(a b c d e f g h i j)
taken=0
for i in $(seq 0 49); do
    name=Zwaan${letters[$((i / 10))]}${letters[$((i % 10))]}q last=Vink${letters[$((i % 10))]}${letters[$((i / 10))]}w
    phone=0487$(printf '%06d' $((731000 + i * 13)))
    printf '%s\n%s\n%s\n+32%s\n' "$name" "$last" "$phone" "${phone#0}" >>secrets.txt
    to_moments "$name" "$last" "$phone"
    case $((i % 5)) in
    3) echo "tap bar.stop"; echo "tap stop.go"; echo "wait start" ;;
    4) echo "sleep 61"; echo "expect idle"; echo "sleep 21"; echo "wait start" ;;
    *) confirm "${moments[$taken]}"; taken=$((taken + 1)) ;;
    esac
done >visits.script
check "50 visits" kiosk --script visits.script
wegwijs-agenda week --date "${moments[0]%T*}" --format json >week.json 2>/dev/null
check "the agenda has the bookings" sh -c "test \$(sqlite3 agenda.db 'SELECT count(*) FROM booking') = $taken"

find data -type f >files.txt
check "there is a store to look into" grep -q store.db files.txt
tr '[:upper:]' '[:lower:]' <secrets.txt >low.txt
found() { # every file, as bytes and as text of two widths
    find data kiosk.log -type f -exec cat {} + | { cat; } >all.bin
    { strings -n 4 all.bin; strings -n 4 -e l all.bin; strings -n 4 -e b all.bin; } | tr '[:upper:]' '[:lower:]' | grep -Ff low.txt
}
check "no name and no number in the kiosk's files and its log" sh -c "! { $(declare -f found); found; }"
check "no core dump" sh -c '! ls core* data/core* 2>/dev/null'
check "the store is for its user only" test "$(stat -c %a data/store.db)" = 600

# the same after a delivery that could not happen: sealed, still unreadable
set_kiosk agenda "agenda: $folder/no-such-agenda"
held=$(sqlite3 data/store.db 'SELECT min(start) FROM lease WHERE state = 0')
{ to_moments Zwaanzzq Vinkzzw 0487999111; confirm "$held"; } >offline.script
printf 'zwaanzz\nvinkzz\n0487999111\n32487999111\n' >>low.txt
check "a visit off line" kiosk --script offline.script
check "a booking waits, sealed" sh -c 'test "$(sqlite3 data/store.db "SELECT count(*) FROM outbox")" = 1'
check "and cannot be read" sh -c "! { $(declare -f found); found; }"
