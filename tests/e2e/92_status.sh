#!/bin/bash
# Monitoring: one JSON line about a running kiosk, from its data folder; the agenda's list says the same.
. "$(dirname "$0")/lib_kiosk.sh"
set -o pipefail
status() { wegwijs-kiosk --config "$folder/config" --data "$folder/data" --status; }
none_yet() { ! status >out 2>err && [ ! -s out ] && [ "$(wc -l <err)" = 1 ] && grep -q "no kiosk has run" err; }
until_status() { # until_status CONDITION: the kiosk writes it soon
    for _ in $(seq 600); do status >line 2>/dev/null && json line "$1" 2>/dev/null && return; sleep 0.1; done
    cat line; return 1
}

new_agenda
check "before the first start there is nothing to say" none_yet
mkfifo script
kiosk --script - <script & pid=$!
exec 9>script
echo "wait start.begin" >&9
check "a running kiosk has a status" until_status "d['running'] and d['age_s'] >= 0"
status >line
check "it is one line" test "$(wc -l <line)" = 1
check "it says what was asked for" json line \
    "{'version','uptime_s','last_visit','queue','leases','printer','agenda','disk_free_mb'} <= d.keys() and d['disk_free_mb'] >= 0"
check "soon it knows the agenda and the printer" until_status "d['agenda'] == 'online' and d['leases'] == 12 and d['printer'] == 'ready'"
check "nobody has been here" json line "d['last_visit'] is None and d['queue'] == 0"
to_moments Testvoornaam Testachternaam 0470123456 >&9
confirm 2026-11-24T09:00 >&9
exec 9>&-
wait "$pid"; result=$?
check "the visit ends well" sh -c "tail -3 kiosk.log; exit $result"
stopped() { ! status >line 2>err && grep -q "no kiosk runs" err; }
check "a kiosk that ended is said to run no more" stopped
check "its last line tells of the visit" json line "not d['running'] and d['last_visit'] and d['queue'] == 0"
personless() { ! grep -rqi "testvoornaam\|testachternaam\|470123456" data/status.json; }
check "no person is in it" personless
check "only its owner reads it" test "$(stat -c %a data/status.json)" = 600
wegwijs-agenda kiosks >kiosks
told() { cat kiosks;  grep -q "gestart: 2026-11-23" kiosks && grep -q "nog te versturen: " kiosks && grep -q "laatste bezoek: 2026-11-23" kiosks; }
check "the agenda's list of kiosks says it too" told

mkfifo second
wegwijs-kiosk --config "$folder/config" --data "$folder/data" --window 1080x1920 --script - <second 2>>kiosk.log & pid=$!
exec 9>second
echo "wait start.begin" >&9
until_status "d['running']" >/dev/null
kill -9 "$pid"; wait "$pid" 2>/dev/null
exec 9>&-
check "a killed kiosk is said to run no more" stopped
printf '{"version":' >data/status.json
damaged() { ! status >out 2>err && [ ! -s out ] && [ "$(wc -l <err)" = 1 ] && grep -q damaged err; }
check "a damaged line is said to be damaged" damaged
