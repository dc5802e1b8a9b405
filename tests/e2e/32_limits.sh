#!/bin/bash
# One person cannot take all hours: limits at the kiosk, which a restart does not lift, and at the agenda. A simple
# sentence says so before the visit begins; nothing that was promised is lost by them.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
visit() { to_moments Ana Pop "047012345$1"; confirm "$2"; }
busy() { printf 'tap start.begin\nwait busy.done\ndump busy.json\ntap busy.done\nwait start\n'; }
free() { printf 'tap start.begin\nwait language.ro\ntap bar.stop\ntap stop.go\nwait start\n'; }
bookings() { sqlite3 agenda.db 'SELECT count(*) FROM booking'; }

set_kiosk limits "limits: { hour: 2, day: 3 }"
{ visit 1 2026-11-24T09:00; visit 2 2026-11-24T09:30; busy; } >visit.script
check "two visits, and the third newcomer is sent to the counter" kiosk --script visit.script
check "in simple words" grep -q "Er zijn nu te veel afspraken." busy.json
busy >busy.script
check "a restart does not forget" kiosk --script busy.script
check "nor does a restart without the agenda" bash -c "sed 's|^production|agenda: $folder/no-such-agenda\nproduction|' config/kiosk.yaml >k && cp config/kiosk.yaml keep && cp k config/kiosk.yaml; wegwijs-kiosk --config config --data data --window 1080x1920 --script busy.script 2>/dev/null; got=\$?; cp keep config/kiosk.yaml; exit \$got"
export WEGWIJS_CLOCK=2026-11-23T09:05
{ visit 3 2026-11-24T10:00; busy; } >visit.script
check "an hour later the day's limit counts" kiosk --script visit.script
export WEGWIJS_CLOCK=2026-11-24T08:30
free >free.script
check "the next day all is free again" kiosk --script free.script
check "every promise arrived" test "$(bookings)" = 3

# the agenda's limit, for a kiosk that has none of its own
set_kiosk limits "limits: { hour: 0, day: 0 }"
check "the agenda's limit is set" wegwijs-agenda limits --hour 2
check "and shown" bash -c "wegwijs-agenda limits | grep -q 'per uur: 2 '"
# the first bookings of a silent hour: more than the limit, and none of them lost
set_kiosk agenda "agenda: $folder/no-such-agenda"
mapfile -t held < <(sqlite3 data/store.db "SELECT start FROM lease WHERE state = 0 AND start > '2026-11-24T08:30' ORDER BY start" | uniq | head -3)
for i in 0 1 2; do visit $((4 + i)) "${held[$i]}"; done >visit.script
check "three visits without the agenda" kiosk --script visit.script
set_kiosk agenda "agenda: wegwijs-agenda serve --kiosk lobby-1"
echo "wait start" >wait.script
kiosk --script wait.script # it ends when all is sent
online() { # online SCRIPT: begins it when the agenda has answered
    mkfifo pipe.script
    kiosk --script pipe.script & local pid=$!
    exec 8>pipe.script
    for _ in $(seq 100); do
        wegwijs-kiosk --config config --data data --status 2>/dev/null | grep -q '"agenda": *"online"' && break
        sleep 0.1
    done
    cat "$1" >&8
    exec 8>&-
    wait $pid
}
check "then the agenda says that it is enough" online busy.script
check "and has all three" test "$(bookings)" = 6
check "the event is noted" test "$(sqlite3 agenda.db "SELECT detail FROM event WHERE what = 'limit set' AND subject = 'hour'")" = 2
check "its log names nobody" sh -c '! grep -qiE "pop|47012" kiosk.log'
wegwijs-agenda limits --hour 0 >/dev/null
check "without a limit newcomers go on" kiosk --script free.script
