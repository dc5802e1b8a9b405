#!/bin/bash
# Two kiosks with one name would be given the same leases. The second is refused while the first lives; a replacement
# takes over after 15 minutes of silence, or at once after `revoke`; what the first has promised stays promised.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
at() { export WEGWIJS_CLOCK=2026-11-23T$1; }
as() { # as DATA [OPTIONS…]
    local data=$1; shift
    wegwijs-kiosk --config "$folder/config" --data "$folder/$data" --window 1080x1920 "$@" 2>>"$folder/$data.log"
}
visit() { to_moments Ana Pop 0470123456; confirm "$1"; }
look() { to_moments Ana Pop 0470123456; echo "wait slot.more"; echo "tap bar.stop"; echo "tap stop.go"; echo "wait start"; }
refused() { printf 'wait start\nwait start.staff\n'; }
offline() { set_kiosk agenda "agenda: $folder/no-such-agenda"; }
online() { set_kiosk agenda "agenda: wegwijs-agenda serve --kiosk lobby-1"; }
held() { sqlite3 "$1/store.db" "SELECT start FROM lease WHERE state = 0 ORDER BY start"; }

look >look.script; refused >refused.script
at 08:00
check "the first of the name" as one --script look.script
offline
promised=$(held one | sed -n 3p)
visit "$promised" >visit.script
check "promises a moment that it holds" as one --script visit.script
online
at 08:05
check "the second of the name is not let in" as two --script refused.script
check "its log says why, and what to do" grep -q 'another kiosk is called "lobby-1".*give this one its own name, or revoke' two.log
check "it holds nothing" test -z "$(held two)"
check "kiosks says so in Dutch" bash -c "wegwijs-agenda kiosks | grep -q 'LET OP: een tweede toestel noemt zich lobby-1'"
check "the event is noted once" test "$(sqlite3 agenda.db "SELECT count(*) FROM event WHERE what = 'second kiosk of one name refused'")" = 1
at 08:20
check "after a quarter of an hour of silence it takes over" as two --script look.script
check "and holds moments" test -n "$(held two)"
both=$(comm -12 <(sqlite3 one/store.db "SELECT guide || start FROM lease" | sort) <(sqlite3 two/store.db "SELECT guide || start FROM lease WHERE state = 0" | sort))
check "none of them of the first" test -z "$both"
check "kiosks shows what the first still holds" bash -c "wegwijs-agenda kiosks | grep -qE 'lobby-1~[0-9a-f]{8}'"
at 08:25
check "the first comes back: now it is the second" as one --script refused.script
at 08:45
check "until the other is silent" as one --script look.script
check "its promise arrives, with its moment" test "$(sqlite3 agenda.db "SELECT start || coalesce(attention, '') FROM booking")" = "$promised"
at 08:46
check "a third of the name is not let in" as three --script refused.script
check "the guide revokes the name" wegwijs-agenda revoke lobby-1 --yes
check "the third is let in at once" as three --script look.script
check "no slot has two owners" wegwijs-agenda check

# the same machine with a damaged store needs no patience
head -c 8192 /dev/urandom >three/store.db; rm -f three/store.db-*
at 08:47
check "a damaged store on the same machine: at once" as three --script look.script
check "set aside, and told" bash -c "ls three/store.db.damaged-* && wegwijs-agenda kiosks | grep -q 'opslag: beschadigd, opzij gezet'"
check "and its moments are not those of before" test -n "$(held three)"
