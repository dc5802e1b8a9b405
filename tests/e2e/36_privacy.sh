#!/bin/bash
# Privacy in time: a person's data is shown, exported, corrected and erased by code or phone number; `purge` follows the
# town's retention and leaves the counts. Each leaves an event without the data, and no file keeps what was erased.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
at() { export WEGWIJS_CLOCK=$1; }
book() { wegwijs-agenda book --slot "$1" --first "$2" --last "$3" --phone "$4" --language ro --channel phone >/dev/null && sqlite3 agenda.db 'SELECT code FROM booking ORDER BY rowid DESC LIMIT 1'; }
files() { cat agenda.db agenda.db-wal 2>/dev/null | strings -n 4 | tr '[:upper:]' '[:lower:]'; }
gone() { ! files | grep -qiE "$1"; }
events() { sqlite3 agenda.db "SELECT count(*) FROM event WHERE what = '$1'"; }

# a kiosk's connection stands open all the time: it keeps SQLite's log alive
mkfifo line; wegwijs-agenda serve --kiosk lobby-1 <line >line.out 2>line.err &
exec 5>line
echo '{"request":"hello","protocol":1,"kiosk":"lobby-1","version":"x"}' >&5

first=$(book els@2026-11-24T09:00 Zwaantje Vinkenoog 0470111222)
second=$(book els@2026-11-24T10:00 Reigerbert Meeuwsen 0470333444)
again=$(book els@2026-11-26T10:00 Reigerbert Meeuwsen 0470333444)
wegwijs-agenda join "$again" "$second" >/dev/null
third=$(book els@2026-11-24T11:00 Koekoekina Specht 0470555666)
check "four bookings of three people" test -n "$first" -a -n "$second" -a -n "$again" -a -n "$third"

check "shown by code" bash -c "wegwijs-agenda person show $first | grep -q Vinkenoog"
check "shown by phone, as it is written" bash -c "wegwijs-agenda person show '0470 11 12 22' | grep -q Zwaantje"
wegwijs-agenda person export 0470333444 >export.json
check "exported as JSON, with every talk" python3 -c "
import json; text = open('export.json').read(); json.loads(text)
assert 'Meeuwsen' in text and '$second' in text and '$again' in text and 'Vinkenoog' not in text, text"
check "corrected by code" wegwijs-agenda person correct "$first" --last Leeuwerik --phone 0470777888
check "the new is there" bash -c "wegwijs-agenda person show 0470777888 | grep -q Leeuwerik"
check "the old is in no file" gone 'vinkenoog|470111222'
check "a number that nobody has" bash -c '! wegwijs-agenda person show 0470000000 2>err && test "$(wc -l <err)" = 1'
at 2026-11-27T12:00
wegwijs-agenda arrive "$second" >/dev/null; wegwijs-agenda done "$second" >/dev/null; wegwijs-agenda done "$again" --force >/dev/null
wegwijs-agenda no-show "$third" >/dev/null
wegwijs-agenda report --from 2026-11 --to 2026-11 --format csv >before.csv
check "erased by phone" bash -c "wegwijs-agenda person erase 0470777888 --force"
check "nobody has that number now" bash -c '! wegwijs-agenda person show 0470777888 2>/dev/null'
check "and it is in no file" gone 'zwaantje|leeuwerik|470777888'
wegwijs-agenda report --from 2026-11 --to 2026-11 --format csv >erased.csv
check "the counts stay" cmp before.csv erased.csv
check "each left its event" test "$(events 'person corrected')$(events 'person erased')" = 11
check "shown and exported too" test "$(sqlite3 agenda.db "SELECT count(*) > 2 FROM event WHERE what LIKE 'person %shown' OR what LIKE 'person %exported' OR what LIKE 'person show%' OR what LIKE 'person export%'")" = 1

# retention: as long as the town says, from the last talk of a care path
sed -i 's/retention-days: .*/retention-days: 10/' config/town.yaml
grep -q 'retention-days: 10' config/town.yaml || sed -i 's/^privacy:/privacy:\n  retention-days: 10/' config/town.yaml
at 2026-12-06T08:00
purge() { wegwijs-agenda --config config purge; }
check "purge, before the care path is 10 days old" purge
check "it forgets the one of the 24th" gone 'koekoekina|specht|470555666'
check "and not the path that went on" bash -c "wegwijs-agenda person show 0470333444 | grep -q Meeuwsen"
at 2026-12-07T08:00
check "a day later" purge
check "that is forgotten too" gone 'reigerbert|meeuwsen|470333444'
wegwijs-agenda report --from 2026-11 --to 2026-11 --format csv >purged.csv
check "the report is the same, to the byte" cmp before.csv purged.csv
check "each purge left an event" test "$(events purged)" = 2
check "no event holds a name or a number" bash -c "! sqlite3 agenda.db 'SELECT * FROM event' | grep -qiE 'zwaan|vink|leeuw|reiger|meeuw|koekoek|specht|470'"
check "nobody is left" test "$(sqlite3 agenda.db 'SELECT count(*) FROM person')" = 0
exec 5>&-; wait
check "the agenda is sound" wegwijs-agenda check
