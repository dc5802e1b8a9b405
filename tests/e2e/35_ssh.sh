#!/bin/bash
# The real link: OpenSSH with a forced, restricted command. First on loopback, then between two network
# namespaces with a slow, lossy line that is cut in the middle and comes back.
n=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
bad() { n=$((n + 1)); echo "not ok $n - $1"; tail -3 "$work/errors" >&2; }
skip() { n=$((n + 1)); echo "ok $n - $1 # SKIP $2"; }
check() { local what=$1; shift; if "$@"; then ok "$what"; else bad "$what"; fi; }
bin=$WEGWIJS_STAGE/usr/local/bin fault=$WEGWIJS_BUILD/fault
. tests/fault/lib.sh
. tests/fault/ssh_lib.sh
work=$(mktemp -d) || exit 2
agenda=$work/agenda.db said=$work/said
: >"$said" >"$work/errors"
own=wegwijs-$$ line_pid=
cleanup() {
    [ -s "$work/ssh/pid" ] && kill "$(cat "$work/ssh/pid")" 2>/dev/null
    [ -n "$line_pid" ] && kill "$line_pid" 2>/dev/null
    ip netns del $own-agenda 2>/dev/null; ip netns del $own-kiosk 2>/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
command -v sshd >/dev/null || [ -x /usr/sbin/sshd ] || { skip "ssh" "no sshd"; exit 0; }
[ "$(id -u)" = 0 ] || { skip "ssh" "only root can start this sshd"; exit 0; }
make_agenda "$agenda" || { bad "an agenda"; exit 1; }

visitors() { "${in[@]}" "$fault/visitor" "$work/data" lobby-1 "${3:-$(ssh_command)}" "$1" "$2" ${4:-} >>"$said" 2>>"$work/errors"; }
delivered() { tail -1 "$said" | grep -q '^queue 0$'; }
promises() { # all there, none twice, none readable
    read -r _ c _ l _ d _ r < <(judge "$agenda" "$said" "$work"/data*)
    [ "$l $d $r" = "0 0 0" ] && [ "$c" -ge "$1" ] || { echo "confirmed $c lost $l doubled $d readable $r" >&2; return 1; }
}
half() { awk '$1 == "took" { print $2 }' "$said" | sort -n | awk '{ t[NR] = $1 } END { printf "half in %d ms, all in %d", t[int((NR + 1) / 2)], t[NR] }'; }

in=()
port=$((20000 + $$ % 20000))
ssh_make 127.0.0.1 $port
/usr/sbin/sshd -f "$work/ssh/sshd_config" -E "$work/ssh/log" || { bad "sshd starts: $(cat "$work/ssh/log")"; exit 1; }
visitors 5 20000
check "bookings over ssh are delivered ($(half))" delivered
check "all of them, once" promises 5
answer=$(ssh -T -F "$work/ssh/config" agenda cat /etc/passwd </dev/null 2>&1)
check "the kiosk's key runs nothing but serve" test -z "$answer"
timeout 20 ssh -N -F "$work/ssh/config" -o ExitOnForwardFailure=yes -L 127.0.0.1:$((port + 1)):127.0.0.1:$port agenda </dev/null >/dev/null 2>"$work/forward" &
forward=$!; sleep 1
timeout 5 bash -c "exec 3<>/dev/tcp/127.0.0.1/$((port + 1)) && head -c 4 <&3" 2>/dev/null | grep -q SSH; refused=$?
kill $forward 2>/dev/null; wait $forward 2>/dev/null
check "it forwards no port" test $refused != 0
visitors 1 1500 "ssh -T -F $work/ssh/config -o IdentityFile=$work/ssh/other -o IdentitiesOnly=yes -i $work/ssh/other agenda" held
sed "s/^IdentityFile.*//; s|IdentityFile .*|IdentityFile $work/ssh/other|" "$work/ssh/config" >"$work/ssh/config-other"
ssh -T -F "$work/ssh/config-other" agenda </dev/null >/dev/null 2>&1
check "another key is not let in" test $? = 255
cp "$work/ssh/known_hosts" "$work/ssh/kept"
echo "[127.0.0.1]:$port $(cut -d' ' -f1,2 "$work/ssh/other.pub")" >"$work/ssh/known_hosts"
before=$(sqlite3 "$agenda" 'SELECT count(*) FROM booking')
visitors 1 1500 "" held
check "another host key: nothing is sent" test "$(sqlite3 "$agenda" 'SELECT count(*) FROM booking')" = "$before"
cp "$work/ssh/kept" "$work/ssh/known_hosts"
visitors 0 20000
check "with the right one it arrives" promises 6
kill "$(cat "$work/ssh/pid")"; rm -f "$work/ssh/pid"

if ! ip netns add $own-agenda 2>/dev/null || ! ip netns add $own-kiosk 2>/dev/null ||
    ! ip netns exec $own-agenda true 2>/dev/null; then
    skip "a slow, lossy and cut line" "no network namespaces here"; exit 0
fi
# the line between them is our own (tests/fault/line.py), so that no kernel module is needed
line() { echo "$*" >"$work/line.new" && mv "$work/line.new" "$work/line"; }
line 0 0 up
tests/fault/line.py $own-agenda $own-kiosk "$work/line" >"$work/line.said" 2>>"$work/errors" &
line_pid=$!
for _ in $(seq 600); do grep -q ready "$work/line.said" && break; sleep 0.1; done
grep -q ready "$work/line.said" || { skip "a slow, lossy and cut line" "no tun device here"; exit 0; }
rm -rf "$work/ssh"; ssh_make 10.77.0.1 2222
ip netns exec $own-agenda /usr/sbin/sshd -f "$work/ssh/sshd_config" -E "$work/ssh/log" || { bad "sshd starts in its namespace"; exit 1; }
in=(ip netns exec $own-kiosk)
: >"$said.all"; cat "$said" >>"$said.all"; : >"$said"
line 100 0 up
visitors 5 30000
check "a line with 200 ms there and back ($(half))" delivered
cat "$said" >>"$said.all"; : >"$said"
line 10 5 up
visitors 5 40000
check "a line that loses 5 % of the packets ($(half))" delivered
line 5 0 up
cat "$said" >>"$said.all"; : >"$said"
# Cut in the middle: bookings go on while the line goes down for 5 seconds and up again, each time at another
# moment after the first of them.
for cut in 0.02 0.1 0.3 0.6; do
    : >"$said"
    (until grep -q took "$said"; do sleep 0.01; done; sleep $cut; line 5 0 cut; sleep 5; line 5 0 up) &
    cutter=$!
    visitors 20 25000
    wait $cutter
    cat "$said" >>"$said.all"
done
visitors 0 25000
check "cut in the middle of it and back, 4 times: delivered ($(half))" delivered
cat "$said.all" >>"$said"
check "nothing lost, nothing twice, nothing readable" promises 40
