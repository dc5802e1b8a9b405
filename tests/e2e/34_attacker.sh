#!/bin/bash
# The attacker in the lobby, with a real X server: no key combination, mouse button, long press, keyboard mash or
# scanner text leaves the application, ends it, starts another one, or confirms a visit. (Ctrl+Alt+F1 to F12 are
# pressed here too, but a virtual X server has no terminals to switch to: in the lobby cage runs without `-s`, and
# so never switches. Many fingers at once: test_window.c, where SDL's own finger events can be given.)
. "$(dirname "$0")/lib_kiosk.sh"
for program in Xvfb xdotool import; do
    command -v $program >/dev/null || { echo "ok 1 - the attacker # SKIP no $program"; exit 0; }
done
export TMPDIR=$folder/tmp HOME=$folder/home
mkdir -p "$TMPDIR" "$HOME"
new_agenda
sed -i 's/^production: nee.*/production: ja/; s/fullscreen: nee/fullscreen: ja/' config/kiosk.yaml
Xvfb -displayfd 3 -screen 0 1080x1920x24 -nolisten tcp 3>display >xvfb.log 2>&1 &
server=$!
kiosk_pid=
trap 'kill $kiosk_pid $server 2>/dev/null; rm -rf "$folder"' EXIT
for _ in $(seq 600); do [ -s display ] && break; sleep 0.1; done
[ -s display ] || { echo "ok 1 - the attacker # SKIP no X server here"; exit 0; }
export DISPLAY=:$(cat display)
export SDL_VIDEODRIVER=x11
wegwijs-kiosk --config config --data data >kiosk.out 2>>kiosk.log &
kiosk_pid=$!
for _ in $(seq 600); do window=$(xdotool search --onlyvisible --name Wegwijs 2>/dev/null) && break; sleep 0.1; done
check "the kiosk shows itself" test -n "$window"
for _ in $(seq 600); do [ "$(sqlite3 data/store.db 'SELECT count(*) FROM lease' 2>/dev/null || echo 0)" -gt 0 ] && break; sleep 0.1; done

picture() { import -window root -depth 8 "$1" 2>/dev/null; }
colours() { identify -format %k "$1"; }
stays() { # the same process and window, over the whole screen, alone; nothing started but the agenda's command
    kill -0 $kiosk_pid || return 1
    [ "$(xdotool search --onlyvisible --name . 2>/dev/null | sort -u)" = "$window" ] || return 1
    xdotool getwindowgeometry "$window" | grep -q 'Geometry: 1080x1920' || return 1
    [ -z "$(pgrep -l -P $kiosk_pid | grep -v wegwijs-agenda)" ] || { pgrep -l -P $kiosk_pid; return 1; }
    picture now.png && [ "$(colours now.png)" -gt 20 ]
}
reacts() { # it still answers to the keypad's four keys: the picture changes
    for _ in $(seq 5); do xdotool key Escape; done
    picture before.png; xdotool key Down
    for _ in $(seq 40); do
        sleep 0.1; picture after.png
        cmp -s before.png after.png || return 0
        xdotool key Down
    done
    return 1
}
no_visit() { [ "$(sqlite3 agenda.db 'SELECT count(*) FROM booking')$(sqlite3 data/store.db 'SELECT count(*) FROM receipt')" = 00 ]; }
for _ in $(seq 600); do picture start.png; [ "$(colours start.png)" -gt 20 ] && break; sleep 0.1; done
check "it draws" test "$(colours start.png)" -gt 20

keys=(alt+F4 ctrl+c ctrl+d ctrl+z ctrl+q ctrl+w ctrl+alt+Delete ctrl+alt+BackSpace ctrl+shift+Escape ctrl+Escape alt+Tab
    alt+shift+Tab alt+space alt+Escape alt+F1 alt+F2 super Super_L super+d super+l super+r super+Tab Menu F1 F5 F10 F11 F12
    ctrl+n ctrl+o ctrl+p ctrl+s ctrl+t ctrl+f ctrl+v ctrl+shift+i ctrl+plus ctrl+minus Print alt+Print ctrl+Print Pause
    Scroll_Lock Num_Lock Caps_Lock Insert Home End Page_Up Page_Down XF86PowerOff XF86Sleep XF86HomePage XF86Back
    XF86Search XF86Calculator XF86AudioMute XF86Eject shift+Insert shift+F10)
for n in $(seq 12); do keys+=("ctrl+alt+F$n"); done
for key in "${keys[@]}"; do
    xdotool key "$key" 2>/dev/null
    kill -0 $kiosk_pid || { echo "# ended by $key"; break; }
done
check "${#keys[@]} key combinations leave it as it is" stays
check "and confirm nothing" no_visit
xdotool windowquit "$window" 2>/dev/null # what a window manager sends for its close button
xdotool windowminimize "$window" 2>/dev/null
sleep 0.3
check "nor does the window's close button" stays

RANDOM=7
for button in 2 3 4 5 6 7 8 9; do # middle, right, wheels, back and forward
    for _ in 1 2 3 4 5; do xdotool mousemove $((RANDOM % 1080)) $((RANDOM % 1920)) click $button; done
done
xdotool mousemove 540 960 click --repeat 20 --delay 5 3 keydown ctrl click 1 keyup ctrl keydown alt click 1 keyup alt \
    keydown shift click 3 keyup shift mousemove 1 1 click 1 mousemove 1079 1 click 1 mousemove 1 1919 click 1 mousemove 1079 1919 click 1
check "right, middle and other buttons, corners, modifiers" stays
xdotool mousemove 540 900 mousedown 1; sleep 2.5
check "a long press" stays
xdotool mouseup 1
for edge in "0 960 1079 960" "1079 960 0 960" "540 0 540 1919" "540 1919 540 0"; do # from each edge across the screen
    read -r x y to_x to_y <<<"$edge"
    xdotool mousemove "$x" "$y" mousedown 1
    for step in 1 2 3 4 5 6 7 8; do xdotool mousemove $((x + (to_x - x) * step / 8)) $((y + (to_y - y) * step / 8)); done
    xdotool mouseup 1
done
check "swipes from every edge" stays
check "none of it confirms a visit" no_visit

# a keyboard plugged in, and somebody lying on it: anything, with any modifier
names=(a b z 1 9 comma semicolon slash Return Tab space BackSpace Delete Up Down Left Right Escape F3 F4 F7 KP_Enter KP_5 quoteleft)
modifiers=("" "" "" shift+ ctrl+ alt+ super+ ctrl+alt+)
mash=(); for _ in $(seq 1500); do mash+=("${modifiers[RANDOM % 8]}${names[RANDOM % 24]}"); done
printf '%s\n' "${mash[@]}" | xargs -n 100 xdotool key --delay 1
check "1500 keys at random" stays
check "confirm nothing" no_visit

# what a scanner types: control characters, shell, SQL and format strings, 60 kB in one go, half a code
check "scanner texts are typed" bash -c '
    xdotool type --delay 1 "'"'"'; DROP TABLE lease; -- \$(reboot) %n%n%s ../../etc/passwd"; xdotool key Return
    xdotool key ctrl+at ctrl+g ctrl+bracketleft ctrl+j ctrl+m ctrl+x ctrl+u; xdotool key Return
    xdotool type --delay 1 "BEGIN:VCALENDAR UID:K7M4Q"; xdotool key Return
    xdotool type --delay 1 "éàüßłşџ漢字🙂"; xdotool key Return'
check "they do nothing" stays
head -c 61440 /dev/zero | tr '\0' 7 >long.txt
xdotool type --delay 0 --file long.txt; xdotool key Return
check "60 kB from a scanner" stays
check "confirm nothing either" no_visit
check "and the kiosk still answers" reacts
check "its memory stays small" test "$(awk '/VmRSS/ { print $2 }' /proc/$kiosk_pid/status)" -lt 200000
check "it made no file but its own" test -z "$(find "$TMPDIR" "$HOME" -type f)"
check "and no core" bash -c '! ls core* data/core* 2>/dev/null'
check "nothing typed stands in the log" bash -c '! grep -qE "DROP TABLE|reboot|7777777777" kiosk.log kiosk.out'
kill -TERM $kiosk_pid; wait $kiosk_pid
check "only the supervisor ends it" test $? = 0
