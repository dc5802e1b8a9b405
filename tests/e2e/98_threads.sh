#!/bin/bash
# Data races: both programs built with ThreadSanitizer. A kiosk goes through bookings, slips, syncs, the voice, the
# staff page, a printer and a link that fail, a storm of signals and changes of its configuration; an agenda opens
# many sealed bookings at once; several kiosks book at one agenda. Not one report may come of it: what is no fault of
# ours is named in tsan.supp. Libraries are not built so: what they do among themselves is not seen.
if [ -z "${ADDRESSES:-}" ] && setarch -R true 2>/dev/null; then # the sanitizer stops where a kernel scatters addresses widely
    ADDRESSES=steady exec setarch -R bash "${BASH_SOURCE[0]}"
fi
source_tree=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$(dirname "${BASH_SOURCE[0]}")/lib_kiosk.sh"
skip() { number=$((number + 1)); echo "ok $number - $1 # SKIP $2"; }
flags="-O1 -g -fsanitize=thread"
export TSAN_OPTIONS="suppressions=$source_tree/tests/tsan.supp log_path=$folder/race exitcode=0 second_deadlock_stack=1"

# ---- a compiler whose sanitizer runs here
cat >race.c <<'C'
#include <pthread.h>
static int both;
static void *add(void *unused)
{
    both++;
    return unused;
}
int main(void)
{
    pthread_t one, two;
    pthread_create(&one, NULL, add, NULL);
    pthread_create(&two, NULL, add, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    return 0;
}
C
reports() { find "$folder" -maxdepth 1 -name 'race.[0-9]*'; }
sees_a_race() { # sees_a_race COMPILER: the race of a program that it builds is reported
    # shellcheck disable=SC2086
    "$1" $flags -o race race.c -lpthread && ./race && test -n "$(reports)"
    local result=$?
    rm -f race race.[0-9]*
    return $result
}
sanitizer=
for compiler in gcc clang; do
    [ -z "$sanitizer" ] && sees_a_race $compiler >probe.txt 2>&1 && sanitizer=$compiler
done
if [ -z "$sanitizer" ]; then
    skip "no data race" "ThreadSanitizer does not run here: $(tail -n 1 probe.txt)"
    exit 0
fi
check "a race made on purpose is seen" sees_a_race "$sanitizer"

# ---- the programs, and two that drive the kiosk's link without a screen
tsan=$WEGWIJS_BUILD/tsan
built() {
    env -u MAKEFLAGS -u MAKELEVEL make -s -C "$source_tree" -j"$(nproc)" CC="$sanitizer" O="$tsan" X="$tsan/fault" \
        HARDEN=-fPIE CFLAGS="$flags" "$tsan/wegwijs-kiosk" "$tsan/wegwijs-agenda" "$tsan/fault/visitor" "$tsan/fault/many"
}
check "both programs are built with it" built
[ -x "$tsan/wegwijs-kiosk" ] && [ -x "$tsan/wegwijs-agenda" ] || exit 1
export WEGWIJS_SHARE=$folder/share PATH=$tsan:$tsan/fault:$PATH
cp -r "$share" "$folder/share"
no_race() { # none was reported since the last time it was asked
    [ -z "$(reports)" ] && return
    cat race.[0-9]* | grep -E '^(WARNING|SUMMARY)|^    #[0-3] ' | head -n 60
    rm -f race.[0-9]*
    return 1
}
said() { # said TEXT: within 30 s, after the mark
    for _ in $(seq 300); do tail -n "+$((mark + 1))" kiosk.log 2>/dev/null | grep -qF -- "$1" && return; sleep 0.1; done
    echo "not said: $1"; tail -n 5 kiosk.log; return 1
}
here() { mark=$(wc -l <kiosk.log); }
bookings() { sqlite3 "$1" "SELECT count(*) FROM booking"; }

# ---- a kiosk's day
new_agenda
echo 2468 | wegwijs-kiosk --pin >pin
set_kiosk staff-pin "$(cat pin)"
start() { # start INPUT [OPTIONS…]
    local input=$1; shift
    here
    wegwijs-kiosk --config "$folder/config" --data "$folder/data" --window 1080x1920 "$@" <"$input" >out 2>>kiosk.log & pid=$!
}
ended() { # the kiosk, within 30 s: well, or at once where it has not come so far that it hears the signal
    for _ in $(seq 300); do kill -0 "$pid" 2>/dev/null || break; sleep 0.1; done
    kill -9 "$pid" 2>/dev/null && echo "it did not end"
    wait "$pid"; local result=$?
    [ $result = 0 ] || [ $result = $((128 + $(kill -l TERM))) ]
}
storm() { for _ in $(seq 50); do kill -HUP "$pid" || return 1; done; }
touch kiosk.log
mkfifo script
start script --last-good --script -
exec 9>script
echo "wait start.begin" >&9
check "a kiosk starts" said "the agenda answers"
{ echo "wait bar.speak 20"; echo "tap bar.speak"; to_moments Mihaela Dragoș 0470123456 indicator.dutch.some indicator.interpreter.brings; } >&9
{ echo "wait slot.2026-11-24T09:00"; echo "tap slot.2026-11-24T09:00"; echo "wait check.confirm"; } >&9
said "screen: check"
here
sed -i 's/^name: .*/name: Proefgem/' config/town.yaml
storm
said "changed and good"
{ echo "tap check.confirm"; echo "wait slip.problem 20"; echo "tap slip.done"; echo "wait goodbye.done"; echo "tap goodbye.done"; } >&9
check "a visit is read aloud, confirmed and printed; at its end a changed configuration is taken over" said "configuration: taken over"
held() { sqlite3 data/store.db "SELECT start FROM lease WHERE state = 0 ORDER BY start LIMIT 1"; }
for _ in $(seq 600); do [ -n "$(held)" ] && break; sleep 0.1; done
moment=$(held)
{
    echo "wait start.begin"
    for _ in 1 2 3 4 5; do echo "tap bar.town"; done
    printf '%s\n' "expect pin" "type 2468" "tap pin.open" "wait staff.status 20" "tap staff.status" "wait fact.agenda" "tap status.back" \
        "tap staff.test" "wait second.staff.printed 20" "tap staff.close" "wait start.begin"
    echo "fault link-cut"
    echo "fault printer-no-paper"
    to_moments Ana Pop 0470123457
    printf '%s\n' "wait slot.$moment" "tap slot.$moment" "wait check.confirm" "tap check.confirm" "wait slip.code 20" \
        "fault printer-ok" "fault link-ok" "tap slip.done" "wait goodbye.done" "tap goodbye.done" "wait start.begin"
} >&9
exec 9>&-
check "the staff page, and a visit without link and printer" ended
check "both bookings are delivered" test "$(bookings agenda.db)" = 2
check "no data race in the kiosk, nor in the agenda that answered it" no_race

# ---- without a script more is done beside the screen; signals until its end
start /dev/null
check "a kiosk without a script" said "the agenda answers"
storm
sed -i 's/^name: .*/name: Anderdorp/' config/town.yaml
check "takes a configuration over" said "configuration: taken over"
storm
kill -TERM "$pid"
for _ in $(seq 100); do kill -HUP "$pid" 2>/dev/null || break; done
check "ends when it is told to" ended
check "no data race" no_race

# ---- many sealed bookings in one delivery
bin=$tsan
. "$source_tree/tests/fault/lib.sh"
check "an agenda with many moments" make_agenda many.db
queue() { tail -n 1 visitors.txt | grep -qx "queue $1"; }
visitors() { # visitors COUNT: at a kiosk that holds sixty moments
    LEASES=60 visitor held foyer-1 "$(serve_of "$folder/many.db" foyer-1)" "$1" 20000 >visitors.txt 2>errors.txt
    local result=$?; cat errors.txt; return $result
}
check "a kiosk holds moments" visitors 0
LEASES=60 visitor held foyer-1 /nonexistent/agenda 50 100 held >visitors.txt 2>errors.txt
check "fifty book while the agenda is away" queue 50
check "all are delivered" visitors 0
check "and opened, on all processors" test "$(bookings many.db)" = 50
check "no data race in the agenda, nor in the kiosk's link" no_race

# ---- several kiosks, all at once
check "three kiosks book at one agenda" many "$folder/many" "$folder/many.db" 3 6
check "no data race" no_race
