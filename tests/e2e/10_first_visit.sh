#!/bin/bash
# The whole line: a visit in Romanian with children and an interpreter, from the first touch to the slip's code
# and the guide's day list.
. "$(dirname "$0")/lib_kiosk.sh"

check "a new agenda with presence" new_agenda
{
    to_moments Mihaela Dragoș 0470123456 indicator.dutch.some indicator.interpreter.brings
    confirm 2026-11-24T09:00
} >visit.script
check "the visit runs to its end" kiosk --script visit.script
wegwijs-agenda today --date 2026-11-24 --format json >day.json
check "one booking that day" json day.json 'len(d["bookings"]) == 1'
booking='d["bookings"][0]'
check "name with its diacritics" json day.json "($booking['first_name'], $booking['last_name']) == ('Mihaela', 'Dragoș')"
check "phone as E.164" json day.json "$booking['phone'] == '+32470123456'"
check "language" json day.json "$booking['language'] == 'ro'"
check "indicators" json day.json "$booking['indicators'] == {'dutch': 'some', 'interpreter': 'brings', 'work': 'no', 'children': 'yes'}"
check "topics" json day.json "$booking['topics'] == ['dutch', 'childcare-school']"
check "referred by the counter, at the kiosk" json day.json "($booking['referred'], $booking['channel'], $booking['kiosk']) == ('counter', 'kiosk', 'lobby-1')"
check "with an interpreter two slots, one hour" json day.json "($booking['slots'], $booking['start'], $booking['end']) == (2, '2026-11-24T09:00', '2026-11-24T10:00')"
code=$(python3 -c 'import json; print(json.load(open("day.json"))["bookings"][0]["code"])')
check "the slip bears the code as its name" test -s "data/slips/$code.png"
zbarimg -q --raw "data/slips/$code.png" >qr.txt 2>/dev/null
check "the slip's QR says the code" grep -qx "UID:$code" <(tr -d '\r' <qr.txt)
check "and the day and hour in UTC" grep -qx "DTSTART:20261124T080000Z" <(tr -d '\r' <qr.txt)
check "and neither name, number nor language" sh -c '! grep -qiE "mihaela|drago|0470|470123|ro$" qr.txt'

# check-in with that slip, by scanner and by hand
{
    echo "key scan $code"
    echo "wait fact.day"
    echo "expect fact.hour 9.00"
    echo "expect fact.guide Els"
    echo "tap checkin.done"
    echo "tap start.checkin"
    echo "type $code"
    echo "tap checkin.next"
    echo "wait fact.day"
    echo "tap checkin.done"
    echo "key scan 234567"
    echo "wait second.checkin.unknown"
    echo "tap checkin.done"
    echo "wait start"
} >checkin.script
check "check-in by scanner and by hand says when and with whom" kiosk --script checkin.script

# the same two slots are not offered again
{ to_moments Ana Pop 0470123457 indicator.dutch.well; echo "wait slot.more"; echo "dump offer.json"; } >second.script
check "a second visitor sees other moments" kiosk --script second.script
check "9.00 and 9.30 are gone" sh -c '! grep -qE "slot.2026-11-24T09:(00|30)" offer.json'
check "the dump names its screen and the bar" json offer.json 'd["screen"] == "slot" and any(e["id"] == "bar.stop" for e in d["elements"])'
check "nothing of the name is dumped" sh -c '! grep -qi "mihaela" offer.json'
check "the log names nobody" sh -c '! grep -qiE "mihaela|dragoș|470123" kiosk.log'
