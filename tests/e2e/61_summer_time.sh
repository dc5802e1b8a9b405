#!/bin/bash
# The two nights of summer time, through the installed agenda: 28 March 2027 has no hour from 2 to 3, 31 October
# has it twice. A talk stays at its hour on the wall.
command -v python3 >/dev/null || { echo "ok 1 - summer time # SKIP no python3"; exit 0; }
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
unset WEGWIJS_AGENDA
agenda() { "$WEGWIJS_STAGE/usr/local/bin/wegwijs-agenda" --agenda "$folder/agenda.db" "$@"; }
number=0
check() { # check WHAT FOUND EXPECTED
    number=$((number + 1))
    if [ "$2" = "$3" ]; then echo "ok $number - $1"; else echo "not ok $number - $1: found \"$2\", expected \"$3\""; fi
}
starts() { # starts DAY: the hours of the day's free slots
    agenda slots --from "$1" --days 1 --format json | python3 -c '
import json, sys
print(*[slot["start"][11:] for slot in json.load(sys.stdin) if slot["start"].startswith(sys.argv[1])])' "$1"
}
instants() { agenda today --date "$1" --format ics | tr -d '\r' | sed -n 's/^DT\(START\|END\):/\1 /p' | tr '\n' ' ' | sed 's/ $//'; }

cat >"$folder/hours.yaml" <<'EOF'
slot-minutes: 30
guides:
  - { id: els, name: Els }
hours:
  - { guide: els, day: zondag, from: "01:30", to: "04:00" }
  - { guide: els, day: maandag, from: "09:30", to: "10:00" }
EOF
agenda init >/dev/null || exit 1
export WEGWIJS_CLOCK=2027-03-26T10:00
agenda hours "$folder/hours.yaml" >/dev/null || exit 1
check "the spring night offers no hour that it skips" "$(starts 2027-03-28)" "01:30 03:00 03:30"
check "the night a week later offers it" "$(starts 2027-04-04)" "01:30 02:00 02:30 03:00 03:30"
agenda book --slot 2027-03-28T02:30 --first Test --last Een >/dev/null 2>&1
check "nobody can be booked into the hour that is not there" "$?" 1
agenda book --slot 2027-03-28T03:00 --first Test --last Twee >/dev/null
agenda book --slot 2027-03-29T09:30 --first Test --last Drie >/dev/null
check "3 o'clock of the spring night is 1 o'clock in Greenwich" "$(instants 2027-03-28)" "START 20270328T010000Z END 20270328T013000Z"
check "half past nine the morning after is half past seven" "$(instants 2027-03-29)" "START 20270329T073000Z END 20270329T080000Z"

export WEGWIJS_CLOCK=2027-10-28T10:00
agenda hours "$folder/hours.yaml" >/dev/null || exit 1
check "the autumn night offers each hour once" "$(starts 2027-10-31)" "01:30 02:00 02:30 03:00 03:30"
agenda book --slot 2027-10-31T02:30 --first Test --last Vier >/dev/null
agenda book --slot 2027-11-01T09:30 --first Test --last Vijf >/dev/null
check "half past two of the autumn night is the first of the two" "$(instants 2027-10-31)" "START 20271031T003000Z END 20271031T010000Z"
check "half past nine the morning after is half past eight" "$(instants 2027-11-01)" "START 20271101T083000Z END 20271101T090000Z"
check "the day list still says half past nine" \
    "$(agenda today --date 2027-11-01 --format json | python3 -c 'import json, sys; print(json.load(sys.stdin)["bookings"][0]["start"])')" "2027-11-01T09:30"
