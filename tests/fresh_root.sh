#!/bin/bash
# What an administrator does on a new machine, in a fresh Debian root (debootstrap, from the machine's own apt sources):
#   fresh_root.sh BUILD, with the package of `make deb` in BUILD/deb.
# The package is installed in an older version, used, upgraded, removed and purged; then the same from the sources with
# `make install-kiosk` and `make uninstall`, and `make run` without a display. TAP; the root is thrown away.
build=${1:-build}
source_tree=$(cd "$(dirname "$0")/.." && pwd)
cd "$source_tree" || exit 2
n=0
[ -n "$FRESH_INSIDE" ] || {
    [ "$(id -u)" = 0 ] || { echo "ok 1 - a fresh Debian # SKIP only root can make one"; exit 0; }
    command -v debootstrap >/dev/null || { echo "ok 1 - a fresh Debian # SKIP debootstrap is not installed"; exit 0; }
    work=$(mktemp -d) || exit 2
    # mounts live and die with this namespace, so that nothing of the machine is in the folder when it is removed
    FRESH_INSIDE=$work unshare --mount --pid --fork --kill-child --propagation private bash "$0" "$build"
    status=$?
    rm -rf --one-file-system "$work"
    exit $status
}
work=$FRESH_INSIDE root=$FRESH_INSIDE/root failed=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
bad() { n=$((n + 1)); failed=1; echo "not ok $n - $1"; }
check() { # check WHAT COMMAND…; what it said is in check.out, what the one before said in last.out
    local what=$1; shift
    mv "$work/check.out" "$work/last.out" 2>/dev/null
    if "$@" >"$work/check.out" 2>&1; then ok "$what"; else bad "$what"; grep -v '^ok ' "$work/check.out" | tail -n 15 | sed 's/^/# /'; fi
}
inside() { # inside COMMAND…: as root of the new machine; standard input is nobody's
    env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb DEBIAN_FRONTEND=noninteractive SDL_VIDEODRIVER=dummy \
        SDL_AUDIODRIVER=dummy chroot "$root" "$@" </dev/null
}
sh_inside() { inside sh -c "$1"; }
as_kiosk() { inside setpriv --reuid wegwijs --regid wegwijs --init-groups env HOME=/var/lib/wegwijs "$@"; }
apt() { inside apt-get -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 "$@"; }

# ---- the machine
. /etc/os-release
mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME) $(COMPONENT) $(LABEL)' 'Created-By: Packages' |
    awk -v c="$VERSION_CODENAME" '$2 == c && $3 == "main" && $4 == "Debian" { print $1; exit }')
seconds=$SECONDS
if [ -z "$mirror" ] || ! debootstrap --variant=minbase "$VERSION_CODENAME" "$root" "$mirror" >"$work/debootstrap.log" 2>&1; then
    echo "ok 1 - a fresh Debian # SKIP no Debian mirror is reachable: $(tail -n 1 "$work/debootstrap.log" 2>/dev/null)"; exit 0
fi
cp -r /etc/apt/apt.conf.d /etc/apt/sources.list /etc/apt/sources.list.d "$root/etc/apt/" 2>/dev/null
rm -f "$root"/etc/apt/apt.conf.d/*docker* # keep what was downloaded until the end
find "$root/etc/apt/sources.list.d" -type f ! -name 'debian*' -delete
cp /etc/resolv.conf "$root/etc/" 2>/dev/null
mount -t proc proc "$root/proc" && mount --rbind /sys "$root/sys" && mount --rbind /dev "$root/dev" || exit 2
sh_inside 'apt-get update -qq' >"$work/update.log" 2>&1 || { echo "ok 1 - a fresh Debian # SKIP apt-get update: $(tail -n 1 "$work/update.log")"; exit 0; }
ok "a fresh Debian $VERSION_CODENAME ($((SECONDS - seconds)) s)"

# ---- the package: an older one first. It is the new one with another number and other defaults.
deb=$(ls "$build"/deb/*.deb)
version=$(dpkg-deb -f "$deb" Version)
dpkg-deb -R "$deb" "$work/old"
sed -i 's/^Version: .*/Version: 0.0.1/' "$work/old/DEBIAN/control"
echo "# an older default" >>"$work/old/etc/wegwijs/hours.yaml"
sed -i "s|  etc/wegwijs/hours.yaml|  etc/wegwijs/hours.yaml|; s|^[0-9a-f]*  etc/wegwijs/hours.yaml|$(md5sum <"$work/old/etc/wegwijs/hours.yaml" | cut -d' ' -f1)  etc/wegwijs/hours.yaml|" "$work/old/DEBIAN/md5sums"
dpkg-deb --root-owner-group --build "$work/old" "$root/root/old.deb" >/dev/null
cp "$deb" "$root/root/new.deb"
seconds=$SECONDS
check "the package installs with what it names, and no more" apt install /root/old.deb
echo "# installed in $((SECONDS - seconds)) s"
check "nothing is broken" sh_inside 'test -z "$(dpkg --audit)"'
no_root() { ! sh_inside 'ldd /usr/bin/wegwijs-kiosk /usr/bin/wegwijs-agenda /usr/libexec/wegwijs/wegwijs-slip' | grep 'not found'; }
check "every library is there" no_root
check "the kiosk's user has no shell" sh_inside 'getent passwd wegwijs | grep -q ":/usr/sbin/nologin$"'
check "its folder is its own" sh_inside 'test "$(stat -c "%a %U %G" /var/lib/wegwijs)" = "700 wegwijs wegwijs"'
check "nothing starts by itself" sh_inside '! ls /etc/systemd/system/*.wants/wegwijs-kiosk.service 2>/dev/null | grep .'

as_written() { # the lines of the README that an administrator types as the kiosk's user
    local line
    sed -n '/^### A kiosk in half an hour/,/^`--check`/s/^    sudo -u wegwijs //p' README.md | sed 's/ *#.*//' >"$work/lines"
    [ "$(wc -l <"$work/lines")" = 3 ] || return 1
    while read -r line; do as_kiosk $line || return 1; done <"$work/lines"
}
check "the README's own lines lead to a kiosk that is content" as_written
agenda="agenda: wegwijs-agenda --agenda /var/lib/wegwijs/agenda.db serve --kiosk lobby-1"
sed -i "s|^name: lobby-1|name: lobby-1\n$agenda|" "$root/etc/wegwijs/kiosk.yaml"
agenda() { as_kiosk wegwijs-agenda --agenda /var/lib/wegwijs/agenda.db "$@"; }
check "an agenda is made" agenda init
check "and gets its hours" agenda hours /etc/wegwijs/hours.yaml
kiosk() { as_kiosk wegwijs-kiosk --config /etc/wegwijs --data /var/lib/wegwijs "$@"; }
check "wegwijs-kiosk --check is content" kiosk --check
bookings() { sqlite3 "$root/var/lib/wegwijs/agenda.db" 'SELECT count(*) FROM booking'; }
visit() { # visit NUMBER: a whole one, by script, to the slip
    cat >"$root/tmp/look.script" <<S
tap start.begin
tap language.ro
tap explanation.go
tap indicator.dutch.well
tap indicator.work.no
tap indicator.children.no
tap topic.dutch
tap topics.next
tap referred.counter
tap privacy.go
type Testvoornaam
tap name.next
type Testachternaam
tap name.next
type 047012345$1
tap phone.next
wait slot.more
S
    chmod 755 "$root/tmp/look.script"
    cp -p "$root/tmp/look.script" "$root/tmp/visit.script"
    install -m 666 /dev/null "$root/tmp/slots.json"
    echo "dump /tmp/slots.json" >>"$root/tmp/look.script"
    kiosk --window 1080x1920 --script /tmp/look.script || return 1
    local slot
    slot=$(grep -o 'slot\.20[0-9T:-]*' "$root/tmp/slots.json" | head -n 1)
    printf '%s\n' "tap $slot" "wait check.confirm" "tap check.confirm" "wait slip.problem" "tap slip.done" "tap goodbye.done" "wait start" \
        >>"$root/tmp/visit.script"
    kiosk --window 1080x1920 --script /tmp/visit.script || return 1
    [ "$(bookings)" = "$1" ] && [ "$(ls "$root/var/lib/wegwijs/slips" | wc -l)" -ge "$1" ]
}
check "a visit by script ends with a booking and a slip" visit 1

sed -i 's/^voice: ja/voice: nee/' "$root/etc/wegwijs/kiosk.yaml"
kept=$(sha256sum <"$root/etc/wegwijs/kiosk.yaml")
check "the newer package takes its place" apt -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold install /root/new.deb
check "it is version $version" sh_inside "wegwijs-kiosk --version | grep -q ' $version\$'"
check "what the town changed stays" test "$(sha256sum <"$root/etc/wegwijs/kiosk.yaml")" = "$kept"
check "what it left alone is the newer default" cmp "$root/etc/wegwijs/hours.yaml" kiosk-config/hours.yaml
check "no leftovers lie beside them" sh_inside '! ls /etc/wegwijs | grep dpkg'
check "store and agenda go on: a second visit" visit 2

data() { (cd "$root/var/lib/wegwijs" && find . -type f ! -name 'status.*' ! -name '*-wal' ! -name '*-shm' | sort && sqlite3 agenda.db 'SELECT code, state FROM booking ORDER BY code'); }
data >"$work/before"
check "the package can be removed" apt remove wegwijs
check "the programs are gone" sh_inside '! ls /usr/bin/wegwijs-* /usr/share/wegwijs 2>/dev/null | grep .'
check "its configuration stays" test "$(sha256sum <"$root/etc/wegwijs/kiosk.yaml")" = "$kept"
check "and purged" apt purge wegwijs
check "which says where the data are" grep -q 'data stay in /var/lib/wegwijs' "$work/last.out"
check "its configuration is gone" test ! -e "$root/etc/wegwijs/kiosk.yaml"
data >"$work/after"
check "every booking and file is still there" cmp "$work/before" "$work/after"

# ---- from the sources
mkdir "$root/root/wegwijs"
{ git ls-files -z 2>/dev/null || find . -path "./${build#./}" -prune -o -type f -print0; } | tar -c --null -T - | tar -x -C "$root/root/wegwijs"
apt install make ca-certificates >/dev/null 2>&1
seconds=$SECONDS
check "make install-kiosk" sh_inside 'cd /root/wegwijs && make install-kiosk'
echo "# installed from the sources in $((SECONDS - seconds)) s"
unit=/etc/systemd/system/wegwijs-kiosk.service
check "the unit is there and enabled" sh_inside "test -f $unit && systemctl is-enabled wegwijs-kiosk.service"
check "and sound" sh_inside "systemd-analyze verify --man=no $unit"
check "what it starts is there" sh_inside "for p in \$(sed -n 's/^ExecStart=//p' $unit | grep -o '/[a-z/]*bin/[a-z-]*'); do test -x \$p || exit 1; done"
check "and what cage needs for it" sh_inside 'command -v Xwayland'
check "its groups exist or come with the system's own" sh_inside "for g in \$(sed -n 's/^SupplementaryGroups=//p' $unit); do getent group \$g >/dev/null || exit 1; done"
check "the state folder is 0700, as before" sh_inside 'test "$(stat -c "%a %U" /var/lib/wegwijs)" = "700 wegwijs"'
check "nobody but root writes in /etc/wegwijs" sh_inside 'test -z "$(find /etc/wegwijs -perm /022 -o ! -user root)"'
sed -i "s|^name: lobby-1|name: lobby-1\n$agenda|; s/^voice: ja/voice: nee/" "$root/etc/wegwijs/kiosk.yaml"
check "this kiosk is content too" kiosk --check
kept=$(find "$root/etc" "$root/usr/local" -type f ! -name '*cache*' -exec sha256sum {} + | sort | sha256sum)
check "a second make install-kiosk" sh_inside 'cd /root/wegwijs && make install-kiosk'
check "changes nothing, and keeps a changed kiosk.yaml" test "$(find "$root/etc" "$root/usr/local" -type f ! -name '*cache*' -exec sha256sum {} + | sort | sha256sum)" = "$kept"
check "the agenda of before is served: a third visit" visit 3

# the unit's command as it stands there, by its user; systemd's place is taken by a socket
sed -i 's/^production: nee/production: ja/' "$root/etc/wegwijs/kiosk.yaml"
unit_runs() {
    local line variables pid got=1
    line=$(sed -n 's/^ExecStart=//p' "$root$unit")
    variables=$(sed -n 's/^Environment=//p' "$root$unit")
    sh_inside 'mkdir -p /run/wegwijs && chown wegwijs: /run/wegwijs && chmod 700 /run/wegwijs'
    python3 -c 'import os, socket, sys
s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM); s.bind(sys.argv[1]); os.chmod(sys.argv[1], 0o666); s.settimeout(30)
while b"READY=1" not in s.recv(4096): pass' "$root/run/notify" & pid=$!
    until [ -S "$root/run/notify" ]; do sleep 0.05; done
    as_kiosk env $variables WLR_BACKENDS=headless NOTIFY_SOCKET=/run/notify timeout -k 3 40 $line &
    wait $pid && got=0
    kill $! 2>/dev/null
    sh_inside 'pkill -u wegwijs'
    wait
    return $got
}
sh_inside 'command -v pkill' >/dev/null || apt install procps >/dev/null 2>&1
check "the unit's own command shows the kiosk in cage" unit_runs

rm -rf "$root/root/wegwijs/build/demo"
check "make run, where there is no display" sh_inside 'cd /root/wegwijs && unset SDL_VIDEODRIVER SDL_AUDIODRIVER; make run'
check "says so in a sentence, and where the pictures are" sh -c "grep -q 'there is no display: one visit by script' $work/last.out && grep -q '^pictures of every screen: ' $work/last.out"
check "and leaves them" test "$(ls "$root"/root/wegwijs/build/demo/*.png 2>/dev/null | wc -l)" -ge 14

data >"$work/before"
check "make uninstall" sh_inside 'cd /root/wegwijs && make uninstall'
check "says where the data are" grep -q 'the data stay where they are: .*/etc/wegwijs.*/var/lib/wegwijs' "$work/last.out"
check "programs, unit and links are gone" sh_inside "! find / -xdev -path /root -prune -o \\( -name 'wegwijs-*' -o -name 'wegwijs.conf' \\) -not -path '/var/lib/wegwijs*' -print 2>/dev/null | grep ."
check "configuration stays" grep -q '^voice: nee' "$root/etc/wegwijs/kiosk.yaml"
data >"$work/after"
check "and every booking" cmp "$work/before" "$work/after"
exit $failed
