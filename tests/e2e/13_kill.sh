#!/bin/bash
# kill -9 at random moments of visits and deliveries, of the kiosk and of its agenda: no confirmed booking is lost,
# none is there twice. A slip is printed only after the booking is durable, so every slip is a promise to check.
. "$(dirname "$0")/lib_kiosk.sh"
kills=${KILLS:-200}

new_agenda
set_kiosk limits "limits: { hour: 0, day: 0 }"
wegwijs-agenda limits --hour 0 --day 0 >/dev/null
mapfile -t moments < <(free_moments)
RANDOM=${SEED:-$$}
echo "# seed $RANDOM" >&2
began=$SECONDS done=0 next=0
# a minute, on a busy machine longer until half of them are done
while [ $done -lt "$kills" ] && { [ $((SECONDS - began)) -lt 60 ] || [ $done -lt $((kills / 2)) ]; } && [ $((SECONDS - began)) -lt 300 ]; do
    { to_moments Ana Pop 0470123456; confirm "${moments[$next]}"; } >visit.script
    kiosk --script visit.script &
    pid=$!
    sleep "0.$(printf '%03d' $((RANDOM % 420 + 20)))"
    if [ $((RANDOM % 3)) = 0 ]; then # the agenda's end first
        child=$(pgrep -P "$pid" 2>/dev/null | head -n 1)
        [ -n "$child" ] && kill -9 "$child" 2>/dev/null
    fi
    kill -9 "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    done=$((done + 1))
    # whoever was printed or stored has used its moment: the next visitor takes the next one
    [ "$(find data/slips -name '*.png' 2>/dev/null | wc -l)" -gt "$next" ] && next=$((next + 1))
    [ -e data/store.db ] && used=$(sqlite3 data/store.db 'SELECT count(*) FROM used_slot' 2>/dev/null) && [ "${used:-0}" -gt "$next" ] && next=$used
done
echo "# $done kills in $((SECONDS - began)) s, $next moments used" >&2
check "killed often enough" test $done -ge $((kills / 2))
echo "wait start" >idle.script
check "the kiosk starts and delivers what waits" kiosk --script idle.script
check "nothing waits any more" sh -c 'test "$(sqlite3 data/store.db "SELECT count(*) FROM outbox")" = 0'
ls data/slips 2>/dev/null | sed -n 's/\.png$//p' | sort >slips.txt
sqlite3 agenda.db 'SELECT code FROM booking' | sort >booked.txt
check "some visits were confirmed" test -s slips.txt
check "every slip's booking is in the agenda" sh -c 'test -z "$(comm -23 slips.txt booked.txt)"'
check "none is there twice" sh -c 'test -z "$(uniq -d booked.txt)"'
check "no slot has two owners" sh -c 'test -z "$(sqlite3 agenda.db "SELECT slot FROM booking_slot GROUP BY slot HAVING count(*) > 1")"'
check "both files are sound" sh -c 'test "$(sqlite3 agenda.db "PRAGMA integrity_check")$(sqlite3 data/store.db "PRAGMA integrity_check")" = okok'
check "the agenda's own check agrees" wegwijs-agenda check

# a compositor that is ending waits for the kiosk and answers nothing any more; so does this one
mkdir -m 700 run
python3 - run/wayland-9 >called <<'P' &
import socket, sys, time
compositor = socket.socket(socket.AF_UNIX)
compositor.bind(sys.argv[1])
compositor.listen()
kiosk = compositor.accept()[0]
print(len(kiosk.recv(64)), flush=True)
time.sleep(600)
P
silent=$!
until [ -S run/wayland-9 ]; do sleep 0.05; done
XDG_RUNTIME_DIR=$folder/run WAYLAND_DISPLAY=wayland-9 SDL_VIDEODRIVER=wayland wegwijs-kiosk --config config --data data --window 1080x1920 2>>kiosk.log &
pid=$!
called() { for _ in $(seq 600); do [ -s called ] && return; sleep 0.05; done; cat kiosk.log; return 1; }
check "the kiosk calls the compositor" called
ended() {
    kill -TERM $pid
    for _ in $(seq 300); do kill -0 $pid 2>/dev/null || return 0; sleep 0.1; done
    kill -9 $pid; return 1
}
check "and ends when it is told, though it hears nothing" ended
kill $silent
echo "1..$number"
