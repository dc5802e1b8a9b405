#!/bin/bash
# A screen that nobody uses is black at the hours the configuration names. The first touch wakes it and does nothing else; a scanned
# slip is taken at once; a visit that runs into those hours keeps its screen.
. "$(dirname "$0")/lib_kiosk.sh"

new_agenda
dark_hours() { # dark_hours FROM TO
    set_kiosk screen "screen: { dark-from: \"$1\", dark-to: \"$2\" }"
}
set_kiosk idle "idle: { seconds: 2, countdown: 60 }"
grey() { convert "$1" -colorspace gray -format '%[fx:maxima]' info:; } # 0: all of it is black

dark_hours 19:00 7:30
export WEGWIJS_CLOCK=2026-11-23T23:10
printf '%s\n' "wait start.begin" "shot lit.png" "wait dark 30" "shot dark.png" "dump dark.json" "tap dark" "wait start.begin 5" \
    "sleep 0.6" "expect start.begin" "tap start.begin" "wait language.ro 5" "sleep 3" "expect language.ro" | kiosk --script -
check "it darkens after a while, wakes to the start, and a visit stays" test ${PIPESTATUS[1]} = 0
check "dark is black to the last pixel" test "$(grey dark.png)" = 0
check "and was not before" test "$(grey lit.png)" != 0
check "nothing else is on it" json dark.json '[e["id"] for e in d["elements"]] == ["dark"]'

printf '%s\n' "wait dark 30" "key next" "wait start.begin 5" | kiosk --script -
check "a key wakes it too" test ${PIPESTATUS[1]} = 0

wegwijs-agenda book --slot "$(free_moments | head -n 1)" --first Test --phone 0470000000 --channel phone >booked
code=$(grep -oE '[2-9A-Z]{3} ?-?[2-9A-Z]{3}' booked | head -n 1 | tr -d ' -')
printf '%s\n' "wait dark 30" "key scan $code" "wait checkin 5" | kiosk --script -
check "a slip before the scanner is taken at once" test ${PIPESTATUS[1]} = 0

WEGWIJS_CLOCK=2026-11-23T12:00 kiosk --script - <<<"$(printf '%s\n' "wait start.begin" "sleep 4" "expect start.begin")"
check "at noon it stays lit" test $? = 0

dark_hours 19:00 25:00
kiosk --check >out 2>&1
check "a wrong hour is named with its line" grep -q 'kiosk.yaml:[0-9]*:[0-9]*: "screen: dark-to" must be an hour like 7:00, found "25:00"' out
echo "1..$number"
