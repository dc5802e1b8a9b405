#!/bin/bash
# A simulated month, with the seed's numbers of May 2016 (99 people) and with ten times that: soak.sh BUILD
# Exit 1 when memory or handles grow from the tenth day to the last, or a promise is lost or doubled.
build=${1:-build}
cd "$(dirname "$0")/../.." || exit 2
bin=${WEGWIJS_STAGE:-$PWD/$build/stage}/usr/local/bin fault=$PWD/$build/fault
. tests/fault/lib.sh
failed=0
for visits in 5 58; do # of ten, one walks away; some come while nothing is held
    work=$(mktemp -d)
    WEGWIJS_CLOCK=2027-05-03T07:00 make_agenda "$work/agenda.db" || exit 2
    seconds=$SECONDS
    "$fault/soak" "$work" "$work/agenda.db" $visits $RANDOM 2027-05-03 >"$work/said" 2>"$work/errors" || { tail -3 "$work/errors"; failed=1; }
    read -r memory_then handles_then < <(awk '$1 == "day" && $2 == 10 { print $4, $6 }' "$work/said")
    read -r memory handles queue < <(awk '$1 == "day" && $2 == 30 { print $4, $6, $8 }' "$work/said")
    verdict=$(judge "$work/agenda.db" "$work/said" "$work"/kiosk-*)
    echo "month of $visits visits a day ($((SECONDS - seconds)) s): $verdict queue ${queue:-?}," \
        "memory ${memory_then:-?} kB on day 10 and ${memory:-?} kB on day 30, handles ${handles_then:-?} and ${handles:-?}"
    read -r _ c _ l _ d _ r <<<"$verdict"
    [ "$l$d$r${queue:-1}" = 0000 ] && [ "$c" -gt 0 ] || failed=1
    [ "${handles:-99}" -le "${handles_then:-0}" ] || { echo "handles grow"; failed=1; }
    [ "${memory:-99999}" -le $((${memory_then:-0} + 512)) ] || { echo "memory grows"; failed=1; }
    rm -rf "$work"
done
exit $failed
