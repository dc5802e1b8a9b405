#!/bin/bash
# Faults of the disk under the kiosk's store and under the agenda: power.sh BUILD store|agenda MODE SEEDS
build=$1
bin=${WEGWIJS_STAGE:-$PWD/$build/stage}/usr/local/bin fault=$PWD/$build/fault
. tests/fault/lib.sh
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
make_agenda "$work/fresh/agenda.db" || exit 2
"$fault/visitor" "$work/fresh/store" lobby-1 "$(serve_of "$work/fresh/agenda.db" lobby-1)" 0 10000 >/dev/null || exit 1
sqlite3 "$work/fresh/agenda.db" "DELETE FROM slot WHERE start > date('now', '+20 days') AND id NOT IN (SELECT slot FROM lease)"
sqlite3 "$work/fresh/agenda.db" "UPDATE setting SET value = '20' WHERE name = 'horizon_days'" 
"$fault/power" "$work/fresh" "$work/run" "$2" "$3" "$4"
