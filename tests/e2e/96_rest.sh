#!/bin/bash
# At rest: while nothing happens and nothing moves, no thread of the kiosk or of a program that it started wakes,
# on no screen. Only the exchange with the agenda, once a minute, comes between.
. "$(dirname "$0")/lib_kiosk.sh"
for program in Xvfb xdotool; do
    command -v $program >/dev/null || { echo "ok 1 - at rest # SKIP no $program"; exit 0; }
done
new_agenda
set_kiosk motion "motion: nee"
set_kiosk idle "idle: { seconds: 600, countdown: 20 }"
Xvfb -displayfd 3 -noreset -screen 0 1080x1920x24 -nolisten tcp 3>display >xvfb.log 2>&1 &
server=$!
kiosk_pid=
trap 'kill $kiosk_pid $server 2>/dev/null; rm -rf "$folder"' EXIT
until [ -s display ]; do kill -0 $server || exit 1; sleep 0.1; done
DISPLAY=:$(cat display)
export DISPLAY SDL_VIDEODRIVER=x11
wegwijs-kiosk --config config --data data --window 1080x1920 2>>kiosk.log &
kiosk_pid=$!

woken() { # how often all threads of the kiosk and its children have slept and woken so far
    local pids="$kiosk_pid $(pgrep -P $kiosk_pid | tr '\n' ' ')"
    for pid in $pids; do cat /proc/$pid/task/*/status; done | awk '/^voluntary_ctxt_switches/ { n += $2 } END { print n }'
}
rests() { # 20 s in which nobody wakes: longer than anything may ask again, shorter than the agenda's interval
    local before now quiet=0
    before=$(woken)
    for _ in $(seq 150); do
        sleep 1
        kill -0 $kiosk_pid || return 1
        now=$(woken)
        if [ "$now" = "$before" ]; then quiet=$((quiet + 1)); else quiet=0; echo "$((now - before)) times"; fi
        [ $quiet -ge 20 ] && return 0
        before=$now
    done
    return 1
}
until xdotool search --onlyvisible --name Wegwijs >window 2>/dev/null; do kill -0 $kiosk_pid || exit 1; sleep 0.1; done
check "the start screen without motion rests" rests
xdotool mousemove 540 1320 click 1
for _ in $(seq 600); do grep -q 'screen: language' kiosk.log && break; sleep 0.1; done
check "a touch leads on" grep -q 'screen: language' kiosk.log
check "another screen rests" rests
xdotool mousemove 500 1850 click 1 # Luister
check "and rests again when the voice has ended" rests
echo "1..$number"
