#!/bin/bash
# Without its agenda the kiosk books a moment that it holds, prints, and delivers when the agenda is back: once.
. "$(dirname "$0")/lib_kiosk.sh"

new_agenda
{ to_moments Ana Pop 0470123456; echo "wait slot.more"; } >look.script
check "on line the kiosk gets moments to hold" kiosk --script look.script
wegwijs-agenda kiosks >kiosks.txt

set_kiosk agenda "agenda: $folder/no-such-agenda serve"
{ to_moments Mihaela Dragoș 0470123456; confirm 2026-11-23T09:00; } >visit.script
check "a held moment is booked while the agenda is missing" kiosk --script visit.script
check "the slip is printed" sh -c 'test "$(ls data/slips/*.png | wc -l)" = 1'
code=$(basename data/slips/*.png .png)
wegwijs-agenda today --date 2026-11-23 --format json >before.json
check "the agenda does not know it yet" json before.json 'd["bookings"] == []'
check "the log says why" grep -q "no-such-agenda" kiosk.log
{ to_moments Eva Ion 0470123458; echo "wait slot.more"; echo "dump offer.json"; } >offer.script
check "off line only held moments are offered" kiosk --script offer.script
check "and not the one just booked" sh -c '! grep -q "slot.2026-11-23T09:00" offer.json && grep -q "slot.2026-" offer.json'

set_kiosk agenda "agenda: wegwijs-agenda serve --kiosk lobby-1"
echo "wait start" >idle.script
check "the agenda is back" kiosk --script idle.script
check "and again" kiosk --script idle.script
wegwijs-agenda today --date 2026-11-23 --format json >after.json
check "the booking is there once" json after.json 'len(d["bookings"]) == 1'
check "with the code of the slip" json after.json "d['bookings'][0]['code'] == '$code'"
check "and nothing waits in the kiosk" sh -c 'test "$(sqlite3 data/store.db "SELECT count(*) FROM outbox")" = 0'
{
    echo "key scan $code"
    echo "wait fact.day"
} >checkin.script
set_kiosk agenda "agenda: $folder/no-such-agenda serve"
check "off line the kiosk finds its own codes" kiosk --script checkin.script
