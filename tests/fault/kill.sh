#!/bin/bash
# kill -9 at every write and sync of one booking, of the kiosk's side or of the server's:
#   kill.sh BUILD kiosk|server STEP [half]
# STEP: every how manieth step is tried (1: all). Prints the table's line.
build=$1 whom=$2 step=$3 half=${4:-}
bin=${WEGWIJS_STAGE:-$PWD/$build/stage}/usr/local/bin fault=$PWD/$build/fault
. tests/fault/lib.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
name=visitor; [ "$whom" = server ] && name=wegwijs-agenda
make_agenda "$work/fresh/agenda.db" || exit 2

# a kiosk that has met its agenda and holds its leases
sync_once() { "$fault/visitor" "$1/data" lobby-1 "$(serve_of "$1/agenda.db" lobby-1)" "$2" "${3:-10000}" >>"$1/said" 2>>"$1/errors"; }
sync_once "$work/fresh" 0
# one booking with a fault, then the same kiosk without
one() { # one FOLDER STOP_AT
    (
        export STOP_NAME=$name STOP_AT=$2 LD_PRELOAD=$fault/stop_at.so
        [ "$whom" = kiosk ] && export STOP_SPARE_OUTPUT=1
        [ -n "$half" ] && export STOP_HALF=1
        [ "$2" = 0 ] && export STOP_COUNT=$1/steps
        sync_once "$1" 1 400
    ) 2>/dev/null
}
cp -r "$work/fresh" "$work/count"; one "$work/count" 0
steps=$(stat -c %s "$work/count/steps" 2>/dev/null || echo 0)
[ "$steps" -gt 0 ] || { echo "no step was counted" >&2; exit 1; }
total=0 confirmed=0 lost=0 doubled=0 readable=0
for ((n = 1; n <= steps; n += step)); do
    run=$work/run; rm -rf "$run"; cp -r "$work/fresh" "$run"; : >"$run/said"
    one "$run" "$n"
    sync_once "$run" 1 # another visitor, on the same machine started again; then everything is delivered
    read -r _ c _ l _ d _ r < <(judge "$run/agenda.db" "$run/said" "$run/data")
    grep -q '^queue 0$' "$run/said" || { echo "step $n: not delivered: $(tail -1 "$run/errors")" >&2; l=$((l + 1)); }
    [ "$l$d$r" = 000 ] || { echo "step $n: lost $l doubled $d readable $r" >&2; }
    total=$((total + 1)) confirmed=$((confirmed + c)) lost=$((lost + l)) doubled=$((doubled + d)) readable=$((readable + r))
done
echo "kill -9 of the $whom at step 1 to $steps${half:+, half written}|$total|$confirmed|$lost|$doubled|$readable"
