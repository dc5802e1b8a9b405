#!/bin/bash
# Injects every fault and prints the table: run.sh BUILD [full|short]. Exit 1 when a promise was lost or doubled,
# or a visitor could be read. `short` tries every seventh step and fewer rounds, for `make test`.
build=${1:-build} form=${2:-full}
cd "$(dirname "$0")/../.." || exit 2
step=1 rounds=200 kiosks=50 seeds=3
[ "$form" = short ] && step=7 rounds=40 kiosks=10 seeds=1
errors=$(mktemp) failed=0
trap 'rm -f "$errors"' EXIT
format='%-68s %6s %10s %6s %8s %9s\n'
show() { # show COMMAND…: its line of the table, and what went wrong
    local out what times confirmed lost doubled readable
    out=$("$@" 2>"$errors") || { failed=1; printf '%s\n' "FAILED: $*"; grep -v ' \(warning\|error\|info\): ' "$errors" | tail -5; return; }
    IFS='|' read -r what times confirmed lost doubled readable <<<"$out"
    printf "$format" "$what" "$times" "$confirmed" "$lost" "$doubled" "$readable"
    if [ "$lost/$doubled/$readable" != 0/0/0 ] || [ "${confirmed:-0}" -eq 0 ]; then failed=1; tail -5 "$errors"; fi
}
race() {
    local bin=${WEGWIJS_STAGE:-$PWD/$build/stage}/usr/local/bin fault=$PWD/$build/fault work; work=$(mktemp -d)
    . tests/fault/lib.sh
    make_agenda "$work/agenda.db" && "$fault/race" "$work" "$work/agenda.db" "$rounds" >"$work/said" || return 1
    local once; once=$(grep -c '^winners 1$' "$work/said")
    read -r _ c _ l _ d _ r < <(judge "$work/agenda.db" "$work/said" "$work"/kiosk-*)
    [ "$once" = "$rounds" ] || { echo "exactly one winner in $once of $rounds rounds" >&2; d=$((d + rounds - once)); }
    echo "two kiosks and a guide for one slot ($(sed -n 's/^won //p' "$work/said"))|$rounds|$c|$l|$d|$r"
    rm -rf "$work"
}
many() {
    local bin=${WEGWIJS_STAGE:-$PWD/$build/stage}/usr/local/bin fault=$PWD/$build/fault work; work=$(mktemp -d)
    . tests/fault/lib.sh
    make_agenda "$work/agenda.db" && "$fault/many" "$work" "$work/agenda.db" "$kiosks" 5 >"$work/said" || return 1
    read -r _ c _ l _ d _ r < <(judge "$work/agenda.db" "$work/said" "$work"/many-*)
    read -r _ _ _ booked _ _ _ refused _ p50 _ p95 _ most _ delivered < <(grep '^kiosks' "$work/said")
    [ "$refused" = 0 ] && [ "$booked" = "$delivered" ] || { echo "refused $refused, delivered $delivered of $booked" >&2; return 1; }
    echo "$kiosks kiosks at once (confirmation: half in $p50 ms, 95 % in $p95, all in $most)|$booked|$c|$l|$d|$r"
    rm -rf "$work"
}
printf "$format" fault times confirmed lost doubled readable
show tests/fault/kill.sh "$build" kiosk $step
show tests/fault/kill.sh "$build" kiosk $step half
show tests/fault/kill.sh "$build" server $step
show tests/fault/kill.sh "$build" server $step half
for target in store agenda; do
    for mode in once full broken power; do
        [ "$form" = short ] && [ $mode != power ] && [ $mode != full ] && continue
        show tests/fault/power.sh "$build" $target $mode $seeds
    done
done
for scene in missing same clock summer month restored stolen damaged lost-store next-protocol bad-input; do
    show tests/fault/scenes.sh "$build" $scene
done
for what in low paper cover cutter broken hot offline close silent; do
    bytes=$([ $what = silent ] && echo 5 || echo 1) # silence costs its time-out
    [ "$form" = short ] && bytes=$((bytes * 4))
    show tests/fault/printer.sh "$build" $what $bytes
done
show race
show many
exit $failed
