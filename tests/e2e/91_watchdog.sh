#!/bin/bash
# The unit: systemd finds it sound and little exposed, and a real service manager (a private `systemd --user`
# in its own mount namespace) restarts a kiosk whose screen is frozen.
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
bad() { n=$((n + 1)); echo "not ok $n - $1"; }
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
source_unit=$PWD/kiosk-config/wegwijs-kiosk.service
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
chmod 700 "$work"
command -v systemd-analyze >/dev/null || { skip "unit is sound" "systemd is not installed"; exit 0; }

# verify wants the programs to exist: the staged tree stands in for the root
sed "s|/usr/bin/wegwijs|$WEGWIJS_STAGE/usr/local/bin/wegwijs|; s|/usr/bin/cage|/bin/true|; /^Documentation/d" \
    "$source_unit" >"$work/wegwijs-kiosk.service"
if systemd-analyze verify "$work/wegwijs-kiosk.service" 2>"$work/verify"; then ok "systemd-analyze verify is content"; else
    bad "systemd-analyze verify: $(head -1 "$work/verify")"; fi
# a device that is named by its path must be there when the unit starts, or it is never allowed
if grep '^DeviceAllow=/' "$source_unit" | grep -qv '/dev/tty1 '; then bad "allows a device by a path that may come later"; else
    ok "devices that come later are allowed by their kind"; fi
exposure=$(systemd-analyze security --offline=true "$source_unit" 2>/dev/null | sed -n 's/.*exposure level for .*: \([0-9.]*\) .*/\1/p')
if awk -v e="${exposure:-10}" 'BEGIN { exit !(e <= 2.5) }'; then ok "exposure $exposure is at most 2.5"; else bad "exposure is ${exposure:-unknown}"; fi

if ! unshare --mount --pid --fork --mount-proc true 2>/dev/null || ! command -v dbus-daemon >/dev/null; then
    skip "a frozen screen comes back" "no mount namespaces or no dbus-daemon here"; exit 0
fi
if ! grep -q cgroup /proc/self/mounts; then
    skip "a frozen screen comes back" "no control groups here: no service manager can run"; exit 0
fi
agenda=$work/agenda.db bin=$WEGWIJS_STAGE/usr/local/bin
"$bin/wegwijs-agenda" --agenda "$agenda" init >/dev/null || bad "an agenda can be made"
mkdir -p "$work/cfg/systemd/user"
cat >"$work/cfg/systemd/user/kiosk.service" <<UNIT
[Service]
Type=notify
NotifyAccess=all
WatchdogSec=3
Restart=always
RestartSec=100ms
Environment=SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
ExecStart=$bin/wegwijs-kiosk --data $work/data --window 1080x1920
UNIT
cat >"$work/inside.sh" <<'INSIDE'
mount -t tmpfs tmpfs /run && mkdir -p /run/systemd/system || exit 1
export XDG_RUNTIME_DIR=$1 XDG_CONFIG_HOME=$1/cfg XDG_DATA_HOME=$1
dbus-daemon --session --address=unix:path=$1/bus --nofork --nopidfile 2>/dev/null & bus=$!
/lib/systemd/systemd --user >"$1/manager.log" 2>&1 & manager=$!
for i in $(seq 600); do systemctl --user show-environment >/dev/null 2>&1 && break; sleep 0.1; done
show() { systemctl --user show kiosk.service -p "$1" --value; }
systemctl --user start kiosk.service && echo started
sleep 5
echo "calm $(show NRestarts) $(show ActiveState)"
kill -STOP "$(show MainPID)"
for i in $(seq 300); do [ "$(show NRestarts)" -ge 1 ] && [ "$(show ActiveState)" = active ] && break; sleep 0.1; done
echo "after $(show NRestarts) $(show ActiveState)"
systemctl --user stop kiosk.service
kill $manager $bus 2>/dev/null; wait 2>/dev/null
INSIDE
timeout -k 5 180 unshare --mount --pid --fork --kill-child --mount-proc bash "$work/inside.sh" "$work" >"$work/out" 2>"$work/err"
if grep -q '^started' "$work/out"; then ok "the manager is told when the first screen is complete"; else
    bad "the kiosk never said it was ready: $(tail -1 "$work/err")"; fi
if grep -q '^calm 0 active' "$work/out"; then ok "a living screen feeds the watchdog"; else bad "calm: $(grep calm "$work/out")"; fi
if grep -q '^after [1-9][0-9]* active' "$work/out"; then ok "a frozen screen comes back by itself"; else bad "frozen: $(grep after "$work/out")"; fi
