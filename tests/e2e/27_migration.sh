#!/bin/bash
# An older agenda is copied beside itself, then brought up to date, in one transaction: whatever kills, fills or forbids
# it on the way. A newer one is refused as it is.
agenda=$WEGWIJS_STAGE/usr/local/bin/wegwijs-agenda
data=$(cd "$(dirname "$0")/../data" && pwd)
folder=$(mktemp -d) || exit 1
trap 'umount -l "$folder/disk" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_CLOCK=2026-11-17T08:00 WEGWIJS_GUIDE=els
number=0
check() { # check WHAT COMMAND…: it must succeed
    number=$((number + 1))
    local what=$1; shift
    if "$@" >"$folder/out" 2>"$folder/err"; then echo "ok $number - $what"
    else echo "not ok $number - $what"; tail -n 20 "$folder/out" "$folder/err" | sed 's/^/# /'; fi
}
refused() { # refused WORDS COMMAND…: status 1 and one line that holds these words
    local words=$1; shift
    "$@" >said 2>why; local got=$?
    cat said why
    [ $got = 1 ] && [ "$(wc -l <why)" = 1 ] && grep -qF -- "$words" why
}
version() { sqlite3 "$1" 'PRAGMA user_version'; }
bookings() { sqlite3 "$1" "SELECT group_concat(code || state || coalesce(start, '')) FROM (SELECT * FROM booking ORDER BY code)"; }
"$agenda" init >/dev/null; mv agenda.db.key key; newest=$(version agenda.db); rm agenda.db*
sqlite3 old.db <"$data/agenda-1.sql"; chmod 600 old.db
# as the programs of then did it: who was excused kept the slot, and a kiosk's clock of any year was believed
sqlite3 old.db "UPDATE booking SET state = 'excused', sequence = sequence + 1 WHERE code = (SELECT max(code) FROM booking WHERE state = 'booked' AND kind = 'slot');
    INSERT INTO event (at, who, what, subject, detail) SELECT '2026-11-23T08:00:00Z', 'guide els', 'state', code, 'booked to excused' FROM booking WHERE state = 'excused';
    UPDATE booking SET made = '3500-01-01T00:00:00Z' WHERE state = 'excused'"
[ "$(sqlite3 old.db "SELECT count(*) FROM booking_slot JOIN booking ON id = booking WHERE state = 'excused'")" -gt 0 ] || exit 1
was=$(bookings old.db)
fresh() { rm -f agenda.db*; cp old.db agenda.db; cp key agenda.db.key; }
migrated() { # the agenda is new and whole, the copy $1 is the old one, and nothing else lies there
    [ "$(version agenda.db) $(version "$1")" = "$newest 1" ] || { echo "versions $(version agenda.db) $(version "$1")"; return 1; }
    [ "$(bookings agenda.db)$(bookings "$1")" = "$was$was" ] || { echo "other bookings"; return 1; }
    [ "$(stat -c %a "$1")" = 600 ] || return 1
    "$agenda" check >why || { cat why; return 1; }
    [ -z "$(find . -maxdepth 1 -name 'agenda.db*.part*')" ]
}

fresh; before=$(sha256sum <agenda.db)
check "check only looks: an older version is said" refused 'heeft versie 1' "$agenda" check
check "and stays" test "$before$(ls agenda.db*)" = "$(sha256sum <agenda.db)$(printf 'agenda.db\nagenda.db.key')"
check "any other command brings it up to date" bash -c "'$agenda' today | grep -q 'Persoon 5'"
check "after a copy, which is the old agenda, whole" migrated agenda.db.version-1
check "once" bash -c "'$agenda' today >/dev/null; test \"\$(ls agenda.db.version*)\" = agenda.db.version-1"
fresh
hello='{"request":"hello","protocol":1,"kiosk":"lobby-1","version":"x"}'
check "so does a kiosk that is served" bash -c "'$agenda' serve --kiosk lobby-1 <<<'$hello' | grep -q '\"answer\":\"hello\"'"
check "after the same copy" migrated agenda.db.version-1
fresh
at_once() {
    local n fault=0
    for n in 1 2 3 4 5 6; do "$agenda" today >"said$n" 2>"why$n" & done
    wait
    for n in 1 2 3 4 5 6; do grep -q 'Persoon 5' "said$n" || { cat "why$n"; fault=1; }; done
    return $fault
}
check "six commands at once: all work" at_once
check "and one of them migrated" migrated agenda.db.version-1
check "with one copy" test "$(ls agenda.db.version*)" = agenda.db.version-1

# ---- the copy of another time
cp agenda.db.version-1 agenda.db # put back, and used with the older program for a while
sqlite3 agenda.db "INSERT INTO event (at, who, what, subject) VALUES ('2026-11-17T07:00:00Z', 'guide els', 'limit set', 'day')"
kept=$(sha256sum <agenda.db.version-1)
check "a second time" "$agenda" today
check "the first copy stays" test "$(sha256sum <agenda.db.version-1)" = "$kept"
check "and a new one holds what came since" migrated agenda.db.version-1.2
check "with its last event" test "$(sqlite3 agenda.db.version-1.2 "SELECT what FROM event ORDER BY id DESC LIMIT 1")" = "limit set"
cp agenda.db.version-1 agenda.db
check "put back and unchanged no third one is made" bash -c "'$agenda' today >/dev/null && test \"\$(ls agenda.db.version* | wc -l)\" = 2"

# ---- kill -9 at every write and sync
stop=$WEGWIJS_BUILD/fault/stop_at.so
if [ -f "$stop" ]; then
    fresh; STOP_NAME=wegwijs-agenda STOP_AT=0 STOP_COUNT=$folder/steps LD_PRELOAD=$stop "$agenda" today >/dev/null
    steps=$(stat -c %s steps)
    killed() { # killed [half]
        local n old=0 new=0
        [ -n "$1" ] && export STOP_HALF=1
        for ((n = 1; n <= steps; n += n < steps - 60 ? 7 : 1)); do
            fresh
            STOP_NAME=wegwijs-agenda STOP_AT=$n LD_PRELOAD=$stop "$agenda" today >/dev/null 2>&1
            if [ "$(sqlite3 "file:agenda.db?mode=ro" 'PRAGMA user_version' 2>/dev/null)" = 1 ]; then old=$((old + 1)); else new=$((new + 1)); fi
            "$agenda" today >said 2>why || { echo "step $n:"; cat why; return 1; }
            grep -q 'Persoon 5' said || { echo "step $n: no bookings"; return 1; }
            migrated agenda.db.version-1 || { echo "step $n"; return 1; }
        done
        unset STOP_HALF
        echo "$old times before, $new after"
        [ $old -gt 20 ] && [ $new -gt 0 ]
    }
    check "killed at its steps ($steps): old or new, whole, and the next command goes on" killed
    sed 's/^/# /' out
    check "killed in the middle of a write: the same" killed half
else
    number=$((number + 1)); echo "ok $number - killed in the middle # SKIP no $stop"
fi

# ---- where it may not, or there is no room
unchanged() { [ "$(sha256sum <"$1/agenda.db")" = "$before" ] && [ -z "$(find "$1" -name '*version*' -o -name '*.part*')" ]; }
mkdir disk
if mount -t tmpfs -o size=6m tmpfs "$folder/disk" 2>/dev/null; then
    cp old.db disk/agenda.db; cp key disk/agenda.db.key
    mount -o remount,ro "$folder/disk"
    check "a read-only disk: one sentence" refused 'lukt niet' "$agenda" --agenda disk/agenda.db today
    check "for a kiosk too" bash -c "! '$agenda' --agenda disk/agenda.db serve --kiosk lobby-1 <<<'$hello' 2>why && test \$(wc -l <why) = 1"
    check "the older agenda is as it was" unchanged disk
    mount -o remount,rw "$folder/disk"
    dd if=/dev/zero of=disk/filler bs=4096 2>/dev/null; truncate -s -100K disk/filler
    check "no room for the copy: one sentence" refused 'schijf is vol' "$agenda" --agenda disk/agenda.db today
    check "the agenda is still the old one, without half a copy" bash -c "test \"\$(sqlite3 disk/agenda.db 'PRAGMA user_version') \$(ls disk | tr '\n' ' ')\" = '1 agenda.db agenda.db.key filler '"
    rm disk/filler
    check "with room again it is brought up to date" bash -c "'$agenda' --agenda disk/agenda.db today | grep -q 'Persoon 5'"
    umount "$folder/disk"
else
    number=$((number + 1)); echo "ok $number - a full and a read-only disk # SKIP no mount here"
fi
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    chmod 711 .; mkdir theirs; cp old.db theirs/agenda.db; cp key theirs/agenda.db.key; chown 65534 theirs/agenda.db*
    chmod 555 theirs
    check "a folder that may not be written: one sentence" refused 'lukt niet' setpriv --reuid=65534 --regid=65534 --clear-groups "$agenda" --agenda theirs/agenda.db today
    check "and the older agenda is as it was" unchanged theirs
else
    number=$((number + 1)); echo "ok $number - a folder that may not be written # SKIP not root"
fi

# ---- a newer one
fresh; "$agenda" today >/dev/null; sqlite3 agenda.db 'PRAGMA user_version = 99; PRAGMA journal_mode = DELETE' >/dev/null; rm agenda.db.version*
before=$(sha256sum <agenda.db)
for command in today check "backup kopie.db" "serve --kiosk lobby-1" "hours x.yaml" "purge"; do
    # shellcheck disable=SC2086
    check "a newer agenda: ${command%% *} refuses it, with both versions" refused "heeft versie 99, en dit programma kent tot $newest" "$agenda" $command
done
check "it stays as it was" test "$(sha256sum <agenda.db) $(ls agenda.db* | tr '\n' ' ')" = "$before agenda.db agenda.db.key "
