#!/bin/bash
# The agenda's file breaks, at rest and while a kiosk is served: nothing is written over it, the guide and the staff
# are told, the kiosk goes on with what it holds, and brings all when a copy is put back.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
visit() { to_moments Ana Pop 0470123456; confirm "$1"; }
held() { sqlite3 data/store.db "SELECT start FROM lease WHERE state = 0 ORDER BY start LIMIT 1"; }
queue() { sqlite3 data/store.db "SELECT count(*) FROM outbox"; }
one_line() { wegwijs-agenda "$@" >out 2>err; local got=$?; cat err; [ $got = 1 ] && [ "$(wc -l <err)" = 1 ] && grep -qE "damaged|malformed|beschadigd" err; }
{ to_moments Ana Pop 0470123456; echo "wait slot.more"; } >look.script
check "a kiosk holds moments" kiosk --script look.script
check "a copy is made" wegwijs-agenda backup copy.db

size=$(stat -c %s agenda.db)
dd if=/dev/urandom of=agenda.db bs=4096 seek=2 count=$((size / 4096 - 3)) conv=notrunc status=none
sum=$(sha256sum <agenda.db)
check "the guide is told in one line" one_line today
check "so is check" bash -c '! wegwijs-agenda check >/dev/null 2>&1'
moment=$(held)
{ echo "wait start"; echo "wait start.staff"; visit "$moment"; } >visit.script
check "the kiosk tells staff, and books what it holds" kiosk --script visit.script
check "it is printed" test "$(find data/slips -name '*.png' | wc -l)" = 1
check "its log says what is wrong" grep -qE "damaged|malformed|beschadigd" kiosk.log
check "nothing was written over the damaged agenda" test "$(sha256sum <agenda.db)" = "$sum"
mv agenda.db agenda.damaged; rm -f agenda.db-wal agenda.db-shm; cp copy.db agenda.db; chmod 600 agenda.db
echo "wait start" >idle.script
check "with the copy put back the kiosk goes on" kiosk --script look.script
kiosk --script idle.script
check "and has brought what it promised" test "$(queue)$(sqlite3 agenda.db "SELECT start || coalesce(attention, '') FROM booking")" = "0$moment"

# while it is served: the tables break under an open connection
mkfifo line; wegwijs-agenda serve --kiosk lobby-1 <line >answers 2>serve.err &
serve=$!
exec 5>line
answers() { for _ in $(seq 600); do [ "$(wc -l <answers)" -ge "$1" ] && return; sleep 0.05; done; return 1; }
sync='{"request":"sync","want":{"leases":12,"codes":4,"days":14}}'
echo '{"request":"hello","protocol":1,"kiosk":"lobby-1","version":"x"}' >&5; echo "$sync" >&5
check "served" answers 2
cp agenda.db sound.db
sqlite3 agenda.db ".dbconfig defensive off" "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'nonsense' WHERE name = 'lease'; PRAGMA schema_version = 4711;" >/dev/null
echo "$sync" >&5; echo "$sync" >&5; echo '{"request":"check","code":"AAAAAA"}' >&5
check "it answers each question after the damage" answers 5
check "as its own trouble, not the kiosk's" test "$(grep -c '"code":"internal".*malformed' answers)" -ge 2
check "and says so to its own log" grep -q 'malformed' serve.err
exec 5>&-; wait $serve
check "it ends when the kiosk does" test $? = 0
moment=$(held)
visit "$moment" >visit.script
check "a kiosk books what it holds" kiosk --script visit.script
check "and keeps it" test "$(queue)" = 1
rm -f agenda.db agenda.db-wal agenda.db-shm; cp sound.db agenda.db; chmod 600 agenda.db
kiosk --script look.script; kiosk --script idle.script
check "it arrives when the agenda is sound again" test "$(queue)$(sqlite3 agenda.db 'SELECT count(*) FROM booking WHERE attention IS NULL')" = 02
check "which has no fault" wegwijs-agenda check

# keys are looked at before anything starts
chmod 644 agenda.db.key
check "a key that others can read: serve refuses, with what to do" bash -c 'wegwijs-agenda serve --kiosk lobby-1 </dev/null 2>err; test $? = 1 && grep -q "chmod 600" err'
chmod 600 agenda.db.key
touch kiosk-key; chmod 644 kiosk-key
set_kiosk agenda "agenda: ssh -T -i $folder/kiosk-key els@nowhere.invalid"
check "so does the kiosk for its ssh key" bash -c "wegwijs-kiosk --config config --data data --window 1080x1920 --script idle.script 2>err; test \$? = 1 && grep -q 'kiosk-key.*chmod 600' err"
check "--check says it" bash -c "wegwijs-kiosk --config config --data data --check 2>/dev/null | grep -q '^FAULT   secrets'"
