#!/bin/bash
# A disk that is full or read-only, under the kiosk and under the agenda: nothing is promised that is not durable, nothing
# that is promised is lost, and both go on by themselves when there is room again.
. "$(dirname "$0")/lib_kiosk.sh"
mkdir -p disk
mount -t tmpfs -o size=6m tmpfs "$folder/disk" 2>/dev/null || { echo "ok 1 - a full and a read-only disk # SKIP no mount here"; exit 0; }
trap 'umount -l "$folder/disk" 2>/dev/null; rm -rf "$folder"' EXIT
fill() { dd if=/dev/zero of=disk/filler bs=4096 2>/dev/null; dd if=/dev/zero of=disk/filler2 bs=1 2>/dev/null; }
free_it() { rm -f disk/filler disk/filler2; }
read_only() { mount -o remount,ro "$folder/disk"; }
writable() { mount -o remount,rw "$folder/disk"; }
visit() { to_moments Ana Pop 047012345$1; confirm "$2"; }
held() { sqlite3 "$1/store.db" "SELECT start FROM lease WHERE state = 0 ORDER BY start LIMIT 1"; }
queue() { sqlite3 "$1/store.db" "SELECT count(*) FROM outbox"; }
bookings() { sqlite3 "$WEGWIJS_AGENDA" 'SELECT count(*) FROM booking WHERE attention IS NULL'; }
to_the_counter() { printf 'wait start\ntap start.begin\nwait busy.done\ntap busy.done\nwait start\n'; }
{ to_moments Ana Pop 0470123456; echo "wait slot.more"; } >look.script
echo "wait start" >idle.script

# under the agenda
export WEGWIJS_AGENDA=$folder/disk/agenda.db
new_agenda
check "a kiosk holds moments" kiosk --script look.script
fill
moment=$(held data); visit 1 "$moment" >visit.script
check "the agenda's disk is full: the kiosk books what it holds" kiosk --script visit.script
check "and keeps the booking" test "$(queue data)" = 1
free_it
kiosk --script look.script
check "with room again it is delivered" test "$(queue data)$(bookings)" = 01
read_only
moment=$(held data); visit 2 "$moment" >visit.script
check "the agenda's disk is read-only: the same" kiosk --script visit.script
check "it is kept" test "$(queue data)" = 1
check "the log says why" grep -qiE 'read-?only|unable to open|cannot|gaat niet open|alleen lezen' kiosk.log
writable
kiosk --script look.script
check "and delivered" test "$(queue data)$(bookings)" = 02
check "the agenda has no fault" wegwijs-agenda check

# under the kiosk
mv disk/agenda.db disk/agenda.db.key "$folder"; rm -f disk/*; export WEGWIJS_AGENDA=$folder/agenda.db
there() { wegwijs-kiosk --config "$folder/config" --data "$folder/disk/kiosk" --window 1080x1920 "$@" 2>>"$folder/there.log"; }
sed -i 's/^name: .*/name: lobby-2/' config/kiosk.yaml
mkdir disk/kiosk
check "another kiosk, on that disk" there --script look.script
before=$(bookings)
read_only
to_the_counter >counter.script
check "its disk is read-only: newcomers are sent to the counter" there --script counter.script
check "staff read why" grep -q 'nothing can be booked until it opens' there.log
writable; fill
check "its disk is full: the same, or a booking that is durable" bash -c "
    $(declare -f there); folder='$folder'; there --script counter.script || there --script idle.script"
check "nothing was promised" test "$(bookings)" = "$before"

# it fills up in the middle of a visit
free_it
mkfifo steps
there --script steps &
pid=$!
exec 5>steps
wait_dump() { for _ in $(seq 600); do [ -s "$1" ] && return; sleep 0.05; done; return 1; }
moment=$(held disk/kiosk)
{ to_moments Ana Pop 0470123459; printf 'wait slot.%s\ntap slot.%s\nwait check.confirm\ndump %s\n' "$moment" "$moment" "$folder/ready"; } >&5
check "a visit stands before its confirmation" wait_dump ready
fill
printf 'tap check.confirm\n' >&5
screen() { sed -n 's/.*"screen": *"\([a-z-]*\)".*/\1/p' "$1" | head -1; }
settled() { # asks until the visit has its answer: the writer may need its time on a loaded machine
    for n in $(seq 100); do
        printf 'sleep 0.3\ndump %s\n' "$folder/after$n" >&5
        wait_dump "after$n" || return 1
        now=$(screen "after$n")
        case $now in check | busy | '') ;; *) return 0 ;; esac
    done
    return 1
}
check "the disk fills up, the visitor confirms and is answered" settled
receipts=$(sqlite3 "file:disk/kiosk/store.db?mode=ro" 'SELECT count(*) FROM receipt' 2>/dev/null)
echo "# the screen is \"$now\", with ${receipts:-no} receipts on the disk"
check "the screen and the disk say the same" test "$now ${receipts:-0}" = "failed 0" -o "$now ${receipts:-0}" = "slip 1" -o "$now ${receipts:-0}" = "goodbye 1"
free_it
case $now in
failed) printf 'tap failed.again\nwait check.confirm\ntap check.confirm\nwait slip.done\ntap slip.done\n' >&5 ;;
slip) printf 'tap slip.done\n' >&5 ;;
esac
printf 'wait goodbye.done\ntap goodbye.done\nwait start\n' >&5
exec 5>&-
wait $pid
check "with room again it is booked" test $? = 0
there --script idle.script
check "once, and delivered" test "$(bookings)$(queue disk/kiosk)" = "$((before + 1))0"
