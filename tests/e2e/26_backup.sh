#!/bin/bash
# `wegwijs-agenda backup` while two kiosks book without pause: the copy opens, is sound, holds each booking that was
# acknowledged before and only whole ones. And where it cannot be made: one sentence, nothing lost, no half file.
python3 -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("sodium"))' || { echo "ok 1 - backup # SKIP no libsodium"; exit 0; }
tests=$(cd "$(dirname "$0")/.." && pwd)
agenda=$WEGWIJS_STAGE/usr/local/bin/wegwijs-agenda
folder=$(mktemp -d) || exit 1
trap 'umount -l "$folder/disk" 2>/dev/null; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_CLOCK=2026-11-23T08:00 WEGWIJS_GUIDE=els PYTHONPATH=$tests PYTHONDONTWRITEBYTECODE=1
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
sum() { sha256sum <"$1" | cut -c1-64; }

# many slots, so that a copy takes many more steps than one booking
{ printf 'slot-minutes: 5\npublic-holidays: nee\nguides:\n'
  for g in $(seq 7); do printf '  - { id: gids-%s, name: Gids, languages: [nl] }\n' "$g"; done
  printf 'hours:\n'
  for g in $(seq 7); do for d in maandag dinsdag woensdag donderdag vrijdag; do
      printf '  - { guide: gids-%s, day: %s, from: "08:00", to: "20:00" }\n' "$g" $d; done; done; } >hours.yaml
"$agenda" init >/dev/null && "$agenda" hours hours.yaml >/dev/null && "$agenda" limits --hour 0 --day 0 >/dev/null || exit 1
check "a copy has more pages than are copied at once" test "$(sqlite3 agenda.db 'PRAGMA page_count')" -gt 2000
cat >meanwhile.py <<'P'
import sqlite3, subprocess, sys, threading, time
from kiosk_end import AGENDA, Kiosk
stop, stored, faults = threading.Event(), [[], []], []

def book(which):
    """Each booking goes out alone: it is acknowledged before the next is made."""
    try:
        kiosk = Kiosk(f"lobby-{which + 1}")
        starts = (f"2026-12-{day:02d}T{hour:02d}:{minute:02d}" for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14, 15, 16, 17, 18, 21, 22, 23)
                  for hour in range(8, 20) for minute in range(0, 60, 5))
        while not stop.is_set():
            leases = kiosk.lease(next(starts), guide=f"gids-{which + 1}")
            booking = kiosk.booking(leases)
            assert kiosk.send(booking) == ["stored"]
            stored[which].append(booking["id"])
        kiosk.stop()
    except Exception as fault:
        faults.append(fault)

kiosks = [threading.Thread(target=book, args=(which,)) for which in (0, 1)]
[k.start() for k in kiosks]
while min(map(len, stored)) < 20 and not faults:
    time.sleep(0.05)
meanwhile = 0
for copy in range(6):
    before = {id for ids in stored for id in list(ids)}
    counts = [len(ids) for ids in stored]
    began = time.monotonic()
    done = subprocess.run([AGENDA, "backup", f"copy{copy}.db"], capture_output=True, text=True, timeout=60)
    took = time.monotonic() - began
    assert done.returncode == 0 and not done.stderr, done
    after = [len(ids) for ids in stored]
    print(f"copy {copy}: {took * 1000:.0f} ms, {sum(after) - sum(counts)} bookings meanwhile")
    database = sqlite3.connect(f"file:copy{copy}.db?mode=ro&immutable=1", uri=True)
    found = {row[0] for row in database.execute("SELECT id FROM booking")}
    assert before <= found, f"{len(before - found)} of {len(before)} are missing"
    whole = database.execute("""SELECT count(*) FROM booking b JOIN person p ON p.id = b.person WHERE p.last_name = 'Persoon'
        AND (SELECT count(*) FROM booking_topic t WHERE t.booking = b.id) = 2
        AND (SELECT count(*) FROM indicator i WHERE i.booking = b.id) = 1
        AND (SELECT count(*) FROM booking_slot x WHERE x.booking = b.id) = 1
        AND (SELECT count(*) FROM event e WHERE e.subject = b.code AND e.what = 'booking stored') = 1""").fetchone()[0]
    assert whole == len(found), (whole, len(found))
    database.close()
    sound = subprocess.run([AGENDA, "--agenda", f"copy{copy}.db", "check"], capture_output=True, text=True)
    assert sound.returncode == 0, sound.stdout + sound.stderr
    meanwhile += sum(after) - sum(counts)
assert meanwhile >= 12, f"only {meanwhile} bookings meanwhile"
stop.set()
[k.join() for k in kiosks]
assert not faults, faults
database = sqlite3.connect("agenda.db")
assert {row[0] for row in database.execute("SELECT id FROM booking")} == {id for ids in stored for id in ids}
P
check "six copies while two kiosks book without pause: all that was acknowledged, only whole bookings, each sound" python3 meanwhile.py
sed 's/^/# /' out
check "a copy is one file, and its owner's alone" test "$(ls copy0.db* | tr '\n' ' ')$(stat -c %a copy0.db)" = "copy0.db 600"
check "the guide works in a copy as in the agenda" bash -c "'$agenda' --agenda copy5.db today | grep -q afspra"
"$agenda" book --slot gids-3@2026-11-24T09:00 --first Laatste --last Mens >/dev/null
cp agenda.db before.db
check "the agenda is sound after it all" "$agenda" check

# ---- where no copy can be made
existing=$(sum copy0.db)
check "a file that is there stays as it is" refused 'is er al' "$agenda" backup copy0.db
check "byte for byte" test "$(sum copy0.db)" = "$existing"
check "the agenda itself is no target" refused 'is er al' "$agenda" backup agenda.db
check "nor by another name" bash -c "$(declare -f refused); ln agenda.db hard.db; ln -s agenda.db soft.db; refused 'is er al' '$agenda' backup hard.db && refused 'is er al' '$agenda' backup soft.db"
for end in -wal -shm -journal; do check "nor a file of SQLite's beside it ($end)" refused 'agenda' "$agenda" backup "$WEGWIJS_AGENDA$end"; done
check "a folder is no target" bash -c "$(declare -f refused); mkdir map; refused 'is er al' '$agenda' backup map"
check "a missing folder is said" refused 'er is geen map voor "nergens/kopie.db"' "$agenda" backup nergens/kopie.db
check "a file where a folder should be" refused 'er is geen map voor "copy0.db/kopie.db"' "$agenda" backup copy0.db/kopie.db
check "a name that is too long" refused 'lukt niet' "$agenda" backup "$(printf 'k%.0s' $(seq 254))"
ln -s nergens/ver.db dangling.db
check "a link to nowhere is no target" refused 'is er al' "$agenda" backup dangling.db
echo "mijn eigen notities" >notes.db.part
check "somebody's own file under the name of the copy under way stays" refused 'notes.db.part' "$agenda" backup notes.db
check "with its words" grep -q "eigen notities" notes.db.part
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then
    mkdir theirs; chmod 555 theirs; chmod 711 .
    mkdir own; cp agenda.db agenda.db.key own; chown -R 65534 own
    as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; }
    check "a folder that may not be written" refused 'daarvoor hebt u het recht niet' as_nobody "$agenda" --agenda own/agenda.db backup theirs/kopie.db
    check "an agenda of somebody else" refused '' as_nobody "$agenda" backup own/kopie.db
else
    number=$((number + 1)); echo "ok $number - a folder that may not be written # SKIP not root"
fi
# put back beside the log of the agenda that was there: SQLite would write that log into it
"$agenda" backup kopie.db >/dev/null
for name in terug.db-wal terug.db-journal; do
    echo "an earlier agenda's last bookings" >$name
    check "no copy is made beside $name" refused "\"$name\" is er al" "$agenda" --agenda kopie.db backup terug.db
    check "nor a new agenda" refused "$name\" is er al" "$agenda" --agenda terug.db init
    check "which stays" grep -q bookings $name
    rm $name
done
check "without it, it is put back" "$agenda" --agenda kopie.db backup terug.db
rm -f kopie.db* terug.db*
check "nothing half is left" test -z "$(find . \( -name '*.part*' -o -name 'kopie.db*' \) ! -name notes.db.part)"

# ---- cut off: kill -9 at its writes and syncs; two at once
stop=$WEGWIJS_BUILD/fault/stop_at.so
if [ -f "$stop" ]; then
    rm -f steps; STOP_NAME=wegwijs-agenda STOP_AT=0 STOP_COUNT=$folder/steps LD_PRELOAD=$stop "$agenda" backup counted.db >/dev/null
    steps=$(stat -c %s steps)
    killed() {
        local n said=0
        for n in 1 2 3 $((steps / 2)) $((steps - 12)) $((steps - 8)) $((steps - 5)) $((steps - 4)) $((steps - 3)) $((steps - 2)) $((steps - 1)) "$steps"; do
            STOP_NAME=wegwijs-agenda STOP_AT=$n LD_PRELOAD=$stop "$agenda" backup cut.db >/dev/null 2>&1 && continue
            said=$((said + 1))
            if [ -e cut.db ]; then "$agenda" --agenda cut.db check >/dev/null || { echo "step $n: a half copy"; return 1; }; rm -f cut.db
            else "$agenda" backup cut.db || { echo "step $n: no copy afterwards"; return 1; }; "$agenda" --agenda cut.db check >/dev/null || return 1; rm -f cut.db; fi
        done
        [ $said -ge 8 ] || { echo "only $said were killed"; return 1; }
    }
    check "killed on the way ($steps steps): no copy or a whole one, and the next one works" killed
    rm -f cut.db* steps
    STOP_NAME=wegwijs-agenda STOP_AT=0 STOP_COUNT=$folder/steps LD_PRELOAD=$stop "$agenda" --agenda counted-new.db init >/dev/null
    steps=$(stat -c %s steps)
    made() { # an agenda that is there is whole; where there is none, it can be made
        local n said=0
        for n in 1 4 7 8 9 12 $(seq 16 11 $((steps - 9))) $(seq $((steps - 8)) "$steps"); do
            rm -f new.db*
            STOP_NAME=wegwijs-agenda STOP_AT=$n LD_PRELOAD=$stop "$agenda" --agenda new.db init >/dev/null 2>&1 || said=$((said + 1))
            [ -e new.db ] || "$agenda" --agenda new.db init >/dev/null || { echo "step $n: no agenda afterwards"; return 1; }
            "$agenda" --agenda new.db check >/dev/null || { echo "step $n: a half agenda"; return 1; }
            [ -z "$(find . -name 'new.db.part*')" ] || { echo "step $n: something half is left"; return 1; }
        done
        [ $said -ge 12 ] || { echo "only $said were killed"; return 1; }
    }
    check "init killed on the way ($steps steps): no agenda or a whole one, and the next init works" made
    rm -f new.db* counted-new.db*
fi
at_once() {
    local n
    for n in 1 2 3 4 5 6; do "$agenda" backup same.db >"said$n" 2>"why$n" & done
    wait
    [ "$(cat said? | wc -l)" = 1 ] && [ "$(cat why? | wc -l)" = 5 ] && ! grep -vE 'is er al|wordt net gemaakt' why?
}
check "six backups to one name: one makes it, the others say so" at_once
check "it is whole, and alone" bash -c "'$agenda' --agenda same.db check && test \"\$(ls same.db*)\" = same.db"

# ---- a full and a read-only disk
mkdir disk
if mount -t tmpfs -o size=2m tmpfs "$folder/disk" 2>/dev/null; then
    check "a disk that is too small is said" refused 'vol' "$agenda" backup disk/kopie.db
    check "nothing is left on it" test -z "$(ls -A disk)"
    dd if=/dev/zero of=disk/filler bs=4096 2>/dev/null
    check "a disk that is full is said" refused 'schijf is vol' "$agenda" backup disk/kopie.db
    check "nothing is left there either" test "$(ls -A disk)" = filler
    rm disk/filler; mount -o remount,ro "$folder/disk"
    check "a disk that is read-only is said" refused 'laat niet schrijven' "$agenda" backup disk/kopie.db
    umount "$folder/disk"
    mount -t tmpfs -o size=40m tmpfs "$folder/disk"; cp agenda.db agenda.db.key disk
    dd if=/dev/zero of=disk/filler bs=4096 2>/dev/null
    check "with a full disk under the agenda itself it is said too" refused 'schijf is vol' "$agenda" --agenda disk/agenda.db backup saved.db
    rm disk/filler
    check "with room again it is copied" "$agenda" --agenda disk/agenda.db backup saved.db
    check "and that copy is sound" "$agenda" --agenda saved.db check
    umount "$folder/disk"
else
    number=$((number + 1)); echo "ok $number - a full and a read-only disk # SKIP no mount here"
fi
check "the agenda is as it was" bash -c "'$agenda' check && test \"\$(sqlite3 agenda.db 'SELECT group_concat(id || state) FROM booking')\" = \"\$(sqlite3 before.db 'SELECT group_concat(id || state) FROM booking')\""
