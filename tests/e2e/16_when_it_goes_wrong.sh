#!/bin/bash
# What the visitor meets when something is not as it should be: no paper, an unknown outcome, nobody there, a
# full hour, no moment that suits, an answer to correct.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
mapfile -t moments < <(free_moments)

to_check() { # to_check SLOT: up to the last question
    to_moments Ana Pop 0470123456
    echo "wait slot.$1"
    echo "tap slot.$1"
    echo "wait check.confirm"
}
slips() { find data/slips -name '*.png' 2>/dev/null | wc -l; }
booked() { sqlite3 agenda.db 'SELECT count(*) FROM booking'; }

{
    echo "fault printer-no-paper"
    echo "wait bar.speak"
    echo "tap bar.speak"
    to_check "${moments[0]}"
    echo "tap check.confirm"
    echo "wait slip.code"
    echo "expect question Maak een foto"
    echo "expect slip.qr"
    echo "expect slip.counter Ga naar het loket"
    echo "tap slip.done"
    echo "wait goodbye"
    echo "dump $folder/goodbye.json"
    echo "tap goodbye.done"
    echo "wait start"
} >no_paper.script
check "no paper: the code and the QR are on the screen, and the way to the counter" env WEGWIJS_SPEECH_LOG="$folder/speech.log" \
    wegwijs-kiosk --config "$folder/config" --data "$folder/data" --window 1080x1920 --script no_paper.script
spoken() { # from the title on: the day, the hour, the code letter by letter, the counter
    sed -n '/Maak een foto/,$p' speech.log | tr '\n' ' ' |
        grep -qE "[a-z]+dag [0-9]+ [a-z]+ nl.[0-9]+ uur.* nl.[2-9A-Z]( [2-9A-Z]){2}, [2-9A-Z]( [2-9A-Z]){2} .*Ga naar het loket"
}
check "all of it is read aloud, the code letter by letter" spoken
check "goodbye speaks of no paper then" json goodbye.json 'not any("papier" in e["label"] + e.get("second", "") for e in d["elements"])'
check "the booking stands, nothing was printed" test "$(slips) $(booked)" = "0 1"

{
    echo "wait bar.speak"
    echo "fault printer-unknown"
    to_check "${moments[1]}"
    echo "tap check.confirm"
    echo "wait slip.no"
    echo "tap slip.no"
    echo "wait slip.code"
    echo "tap slip.done"
    echo "tap goodbye.done"
    echo "fault printer-ok"
    to_check "${moments[2]}"
    echo "tap check.confirm"
    echo "wait slip.problem"
    echo "tap slip.problem"
    echo "wait slip.code"
    echo "tap slip.done"
    echo "wait goodbye"
    echo "sleep 30"
    echo "expect start"
} >unknown.script
rm -f speech.log
check "an unknown outcome is asked; the last screen goes by itself" env WEGWIJS_SPEECH_LOG="$folder/speech.log" \
    wegwijs-kiosk --config "$folder/config" --data "$folder/data" --window 1080x1920 --script unknown.script
told() { # twice a day and an hour, and nothing else
    test "$(grep -v '^#' speech.log | grep -cE '^nl.[a-z]+dag [0-9]+ [a-z]+$')" = 2 &&
        test "$(grep -v '^#' speech.log | grep -cE '^nl.[0-9]+ uur')" = 2 && test "$(grep -vc '^#' speech.log)" = 4
}
check "without paper the day and the hour are said, though nobody asked for the voice" told
check "no slip was printed twice" test "$(slips) $(booked)" = "1 3"

{
    to_check "${moments[3]}"
    for _ in 1 2 3; do echo "sleep 60"; echo "expect idle"; echo "tap idle.stay"; echo "expect check"; done
    echo "sleep 61"
    echo "expect idle.ring"
    echo "sleep 20"
    echo "expect start"
    to_moments Eva Ion 0470123457 # the moment was given back
    echo "wait slot.${moments[3]}"
    echo "tap bar.stop"
    echo "tap stop.stay"
    echo "expect slot"
    echo "tap bar.stop"
    echo "tap stop.go"
    echo "expect start"
} >idle.script
check "who is there stays, who is gone is wiped, the moment is free again" kiosk --script idle.script
check "nothing was booked by it" test "$(booked)" = 3

{
    to_check "${moments[3]}"
    echo "tap check.dutch"
    echo "tap indicator.dutch.none"
    echo "expect indicator.interpreter"
    echo "tap indicator.interpreter.arrange"
    echo "wait slot.more"
    echo "wait slot.${moments[3]}"
    echo "tap slot.${moments[3]}"
    echo "wait check.confirm"
    echo "tap check.children"
    echo "tap indicator.children.no"
    echo "expect check.children Geen kinderen"
    echo "tap check.name"
    echo "tap name.first"
    echo "type b"
    echo "tap name.next"
    echo "expect check.name Anab Pop"
    echo "tap check.confirm"
    echo "wait slip.problem"
} >correct.script
check "answers are corrected, and what follows from them" kiosk --script correct.script
check "the longer talk has two slots" test "$(sqlite3 agenda.db "SELECT count(*) FROM booking_slot")" = 5

{
    to_moments Noor Bel 023712211
    echo "wait slot.none"
    echo "tap slot.none"
    echo "tap callback.go"
    echo "wait check.confirm"
    echo "expect check.slot Wij bellen u op"
    echo "tap check.confirm"
    echo "wait slip.problem"
    echo "tap slip.done"
    echo "expect goodbye"
} >callback.script
check "no moment suits: the guide calls back" kiosk --script callback.script
wegwijs-agenda today --date 2026-11-23 --format json >day.json
check "the guide sees whom to call" json day.json '[b["phone"] for b in d["callbacks"]] == ["+3223712211"]'

set_kiosk limits "limits: { hour: 1, day: 0 }"
export WEGWIJS_CLOCK=2026-11-23T12:00 # what was booked above is more than an hour ago: the limit outlives a restart
{
    to_check "$(free_moments | sed -n 1p)"
    echo "tap check.confirm"
    echo "wait slip.problem"
    echo "tap slip.done"
    echo "tap goodbye.done"
    echo "tap start.begin"
    echo "expect busy"
    echo "tap busy.done"
    echo "sleep 3600"
    echo "tap start.begin"
    echo "expect language"
} >limit.script
check "one person cannot take all moments of an hour" kiosk --script limit.script
set_kiosk limits "limits: { hour: 0, day: 0 }"

{
    echo "tap bar.text"
    echo "tap bar.contrast"
    echo "tap bar.reach"
    echo "tap start.begin"
    echo "dump modes.json"
    echo "tap language.ro"
    echo "tap bar.stop"
    echo "tap stop.go"
    echo "dump reset.json"
} >modes.script
check "modes are for one visit" kiosk --script modes.script
state() { python3 -c "import json; print([e['id'] for e in json.load(open('$1'))['elements'] if e['id'].startswith('bar.') and 'chosen' in e['state']])"; }
check "on while it lasts" test "$(state modes.json)" = "['bar.text', 'bar.contrast', 'bar.reach']"
check "off for the next one" test "$(state reset.json)" = "[]"
check "--check finds all well, on every screen in every mode" sh -c "wegwijs-kiosk --config config --data data --check >all.txt; got=\$?; cat all.txt; test \$got = 0 && ! grep -v '^ok' all.txt"
