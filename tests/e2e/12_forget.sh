#!/bin/bash
# After 50 visits, finished, stopped and timed out, no file of the kiosk holds a name or a number of anybody.
. "$(dirname "$0")/lib_kiosk.sh"

new_agenda
set_kiosk limits "limits: { hour: 0, day: 0 }"
wegwijs-agenda limits --hour 0 --day 0 >/dev/null
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

# a thief cuts the power in the middle of a visit: nothing of what was typed is anywhere
export TMPDIR=$folder/tmp HOME=$folder/home
mkdir -p "$TMPDIR" "$HOME"
mkfifo steps
kiosk --script steps &
pid=$!
exec 5>steps
to_moments Zwaanqqx Vinkqqy 0487555222 >&5
echo "dump $folder/typed" >&5
for _ in $(seq 600); do [ -s typed ] && break; sleep 0.05; done
check "the visitor has given name and number" grep -q '"slot"' typed
kill -9 $pid; wait $pid 2>/dev/null
exec 5>&-
printf 'zwaanqqx\nvinkqqy\n0487555222\n32487555222\n' >>low.txt
everything() { # the database, its log and index, temporary files, the home, the log
    find data tmp home kiosk.log -type f -exec cat {} + >all.bin
    { strings -n 4 all.bin; strings -n 4 -e l all.bin; strings -n 4 -e b all.bin; } | tr '[:upper:]' '[:lower:]' | grep -Ff low.txt
}
check "after the power is cut nothing of it is there" sh -c "! { $(declare -f everything); everything; }"
check "and no core dump" sh -c '! find . -name "core*" -type f | grep .'

# what the stolen kiosk's ssh key can ask: every kind of request, for everything there is
codes=$(sqlite3 agenda.db 'SELECT code FROM booking')
ids=$(sqlite3 agenda.db 'SELECT id FROM booking LIMIT 20')
slots=$(sqlite3 agenda.db "SELECT start FROM booking WHERE start IS NOT NULL LIMIT 20")
{
    echo '{"request":"hello","protocol":1,"kiosk":"lobby-1","version":"x"}'
    echo '{"request":"sync","want":{"leases":512,"codes":64,"days":366}}'
    for id in $ids; do echo "{\"request\":\"sync\",\"bookings\":[{\"id\":\"$id\",\"sealed\":\"AAAA\"}],\"want\":{\"leases\":0,\"codes\":0,\"days\":366}}"; done
    for start in $slots; do
        echo "{\"request\":\"lease\",\"slots\":[{\"guide\":\"els\",\"start\":\"$start\"}]}"
        echo "{\"request\":\"sync\",\"holds\":[{\"guide\":\"els\",\"start\":\"$start\"}],\"want\":{\"leases\":0,\"codes\":0,\"days\":0}}"
    done
    for code in $codes; do echo "{\"request\":\"check\",\"code\":\"$code\"}"; done
    for word in show person list day today export report backup; do echo "{\"request\":\"$word\",\"code\":\"${codes%%[^A-Z0-9]*}\"}"; done
    printf "{\"request\":\"check\",\"code\":\"x' UNION SELECT first_name FROM person --\"}\n"
} >questions.txt
wegwijs-agenda serve --kiosk lobby-1 <questions.txt >answers.txt 2>serve.log
check "every question is answered" test "$(wc -l <answers.txt)" = "$(wc -l <questions.txt)"
check "codes are confirmed" grep -q '"exists":true' answers.txt
tr '[:upper:]' '[:lower:]' <answers.txt >answers.low; tr '[:upper:]' '[:lower:]' <serve.log >>answers.low
check "no answer holds a name or a number" sh -c '! grep -Ff low.txt answers.low'
sed 1d answers.txt | grep -v '^{"answer":"sync"' >singles.txt # the hello tells the guides' languages
check "nor a visitor's language, topic or answer" sh -c '! grep -qE "\"ro\"|language|dutch|childcare|indicator" singles.txt && ! sed 1d answers.txt | grep -qE "\"ro\"|language|dutch|childcare|indicator"'
