#!/bin/bash
# The installed unit's own command line, without a screen: cage on wlroots' headless backend shows the real kiosk, as a
# user without rights, in the unit's environment. What grim photographs of the compositor must be the kiosk's own picture
# of its start screen. The compositor is turned by -r here as in a lobby (a drop-in of the unit); not turned, cage
# would hand the window straight to the output, where no photograph reaches it.
source_tree=$(cd "$(dirname "$0")/../.." && pwd)
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
bad() { n=$((n + 1)); echo "not ok $n - $1"; }
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
check() { # check WHAT COMMAND…
    local what=$1; shift
    if "$@" >"$work/check.out" 2>&1; then ok "$what"; else bad "$what"; sed 's/^/# /' "$work/check.out"; fi
}
for program in cage grim Xwayland xdotool compare; do
    command -v $program >/dev/null || { skip "the unit's command in cage" "$program is not installed"; exit 0; }
done
work=$(mktemp -d) || exit 2
script=
runner=
stop() { # ends what the last `start` began
    [ -n "$runner" ] && kill -- -"$runner" 2>/dev/null && wait "$runner" 2>/dev/null
    runner=
}
trap 'stop; rm -rf "$work"' EXIT
root=$work/root
make -s -C "$source_tree" install-system DESTDIR="$root" BUILD="$WEGWIJS_BUILD" >"$work/install.log" 2>&1 ||
    { bad "make install-system: $(tail -1 "$work/install.log")"; exit 1; }
unit=$root/etc/systemd/system/wegwijs-kiosk.service
directive() { sed -n "s/^$1=//p" "$unit"; }
here() { sed "s|/usr/local|$root/usr/local|g; s|/etc/wegwijs|$root/etc/wegwijs|g; s|/var/lib/wegwijs|$work/state|g; s|/run/wegwijs|$work/run|g"; }

# the user of the unit: without rights. The unit's folders, as systemd would make them
as=()
mkdir -m 755 "$work/state" "$work/run" "$work/own"
if [ "$(id -u)" = 0 ]; then
    as=(setpriv --reuid nobody --regid nogroup --clear-groups --no-new-privs)
    chown -R nobody:nogroup "$work/state" "$work/run" "$work/own"
fi
chmod "$(directive StateDirectoryMode)" "$work/state"
chmod "$(directive RuntimeDirectoryMode)" "$work/run"
chmod 755 "$work"
umask 022
kiosk_yaml=$root/etc/wegwijs/kiosk.yaml
sed -i "s/^production: nee.*/production: ja/; s/^motion: ja/motion: nee/; s/pointer: ja /pointer: nee/" "$kiosk_yaml"
echo "agenda: $root/usr/local/bin/wegwijs-agenda --agenda $work/state/agenda.db serve --kiosk lobby-1" >>"$kiosk_yaml"
echo "SDL_AUDIODRIVER=dummy" >>"$root/etc/wegwijs/kiosk.env"
"${as[@]}" "$root/usr/local/bin/wegwijs-agenda" --agenda "$work/state/agenda.db" init >/dev/null
"${as[@]}" "$root/usr/local/bin/wegwijs-agenda" --agenda "$work/state/agenda.db" hours "$root/etc/wegwijs/hours.yaml" >/dev/null

# what systemd hears from the unit
cat >"$work/listen.py" <<'P'
import os, socket, sys
heard = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
heard.bind(sys.argv[1])
os.chmod(sys.argv[1], 0o666)
print("listening", flush=True)
while True:
    for line in heard.recv(4096).decode().splitlines():
        print(line, flush=True)
P
start() { # start TURNS [NAME=VALUE…]: the unit's command, turned so; waits for READY=1
    local turns=$1 line variables=()
    shift
    stop
    rm -rf "$work"/run/* "$work/notify"
    : >"$work/said"
    mapfile -t variables < <({ directive Environment | tr ' ' '\n'; grep -E '^[A-Z_]+=' "$root/etc/wegwijs/kiosk.env"; } | here)
    line=$(directive ExecStart | here)
    line="${line/cage -d/cage -d$turns}"
    cat >"$work/unit.sh" <<UNIT
python3 "$work/listen.py" "$work/notify" >"$work/said" &
until grep -q listening "$work/said"; do sleep 0.05; done
umask $(directive UMask)
cd /
exec ${as[*]} env -i PATH="$PATH" ${variables[*]} $* WLR_BACKENDS=headless NOTIFY_SOCKET="$work/notify" WATCHDOG_USEC=1000000 $line $script
UNIT
    setsid bash "$work/unit.sh" >"$work/log" 2>&1 &
    runner=$!
    for _ in $(seq 600); do grep -q '^READY=1' "$work/said" && return; kill -0 $runner 2>/dev/null || break; sleep 0.1; done
    cat "$work/log"; return 1
}
painted() { # painted SIZE SCRIPT: the kiosk without a compositor, in the same configuration
    cp -r "$root/etc/wegwijs" "$work/own/config"
    sed -i 's/^production: ja/production: nee/' "$work/own/config/kiosk.yaml"
    (cd "$work/own" && "${as[@]}" env SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy WEGWIJS_SHARE="$root/usr/local/share/wegwijs" \
        "$root/usr/local/bin/wegwijs-kiosk" --config config --data "$work/state" --window "$1" --script "$2")
    local got=$?
    rm -rf "$work/own/config"
    return $got
}
own() { # own SIZE: its own picture of its start screen
    printf 'wait start\nwait bar.speak\nshot %s\n' "$work/own/$1.png" >"$work/own/script"
    painted "$1" script
}
photograph() { "${as[@]}" env XDG_RUNTIME_DIR="$work/run" WAYLAND_DISPLAY=wayland-0 grim - >"$work/$1.png"; }
differ() { compare -metric AE -fuzz 3% "$1" "$2" null: 2>&1 | grep -oE '^[0-9]+' || echo 999999999; }
shows() { # shows NAME OWN: soon the photograph is that picture, but for a handful of points
    for _ in $(seq 40); do
        photograph "$1" 2>/dev/null && [ "$(differ "$work/$1.png" "$2")" -le 200 ] && return
        sleep 0.2
    done
    identify "$work/$1.png" "$2"; differ "$work/$1.png" "$2"; tail -5 "$work/log"
    return 1
}
export WEGWIJS_SHARE=$root/usr/local/share/wegwijs
share="WEGWIJS_SHARE=$WEGWIJS_SHARE"
check "the kiosk makes its own picture, upright" own 720x1280
check "and lying" own 1280x720

check "the unit's command starts and says so to the service manager, upright" start " -r" "$share"
check "the compositor shows the start screen, upright" shows upright "$work/own/720x1280.png"
check "straight from the kiosk, without an X server" test -z "$(pgrep -g "$runner" Xwayland)"
fed() { for _ in $(seq 600); do grep -q '^WATCHDOG=1' "$work/said" && return; sleep 0.1; done; return 1; }
check "the watchdog is fed through the compositor" fed
visible() { [ "$(stat -c %a "$work/state/store.db")" = 600 ] && [ -z "$(find "$work/state" -type f -perm /077)" ]; }
check "what it writes only its user reads" visible
ended() { kill -9 "$(pgrep -n -g "$runner" wegwijs-kiosk)" || return 1; for _ in $(seq 600); do kill -0 "$runner" 2>/dev/null || return 0; sleep 0.1; done; return 1; }
check "a killed kiosk ends the unit's process: Restart=always has work" ended

# under Xwayland, as kiosk.env may ask, a test can touch too
check "over Xwayland it starts too" start " -r" "$share" SDL_VIDEODRIVER=x11
check "and shows the same picture" shows xwayland "$work/own/720x1280.png"
display=$(tr '\0' '\n' <"/proc/$(pgrep -n -g "$runner" Xwayland)/cmdline" | sed -n 2p)
touch_begin() { "${as[@]}" env DISPLAY="$display" xdotool mousemove 360 880 click 1; }
check "a finger reaches the kiosk" touch_begin
left() { for _ in $(seq 600); do photograph after && [ "$(differ "$work/after.png" "$work/own/720x1280.png")" -gt 100000 ] && return; sleep 0.1; done; return 1; }
check "and leads to the next screen" left

check "half a turn: lying" start " -r -r" "$share"
check "the start screen is laid out anew" shows lying "$work/own/1280x720.png"
sed -i 's/rotate: 0/rotate: 90/' "$kiosk_yaml"
convert "$work/own/720x1280.png" -rotate 90 "$work/own/turned.png"
check "turned by the kiosk's own configuration" start " -r -r" "$share"
check "the picture stands on its side for a panel that hangs so" shows turned "$work/own/turned.png"
# a script's visit through the same window: every screen that cage shows is what the kiosk paints without it
sed -i 's/rotate: 90/rotate: 0/' "$kiosk_yaml"
steps="start.begin language.ro explanation.go indicator.dutch.well indicator.work.no indicator.children.no
    topic.dutch topic.work bar.contrast topic.leisure topics.next"
alone() {
    { echo "wait bar.speak"; for step in $steps; do printf 'wait %s\nshot %s.png\ntap %s\n' "$step" "$step" "$step"; done; } >"$work/own/steps"
    painted 720x1280 steps
}
screens() {
    local step
    mkfifo -m 666 "$work/script"
    exec 7<>"$work/script"
    script="--script $work/script" start " -r" "$share" || return 1
    for step in $steps; do
        echo "wait $step" >&7
        shows "$step" "$work/own/$step.png" || { echo "at $step"; return 1; }
        echo "tap $step" >&7
    done
}
check "a visit's screens, without a compositor" alone
sed -i 's/^production: ja/production: nee/' "$kiosk_yaml"
check "cage shows the same, screen by screen and touch by touch" screens
exec 7>&-
[ -n "$WEGWIJS_KEEP" ] && cp "$work"/*.png "$WEGWIJS_KEEP"
exit 0
