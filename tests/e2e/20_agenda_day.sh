#!/bin/bash
# The guide's day by the command line alone: set-up, hours, booking, the day in every format, states, refusals.
agenda=$WEGWIJS_STAGE/usr/local/bin/wegwijs-agenda
config=$WEGWIJS_STAGE/usr/local/share/wegwijs/kiosk-config
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_CLOCK=2026-11-23T08:00 WEGWIJS_GUIDE=els
number=0
check() { # check WHAT COMMAND…: it must succeed
    number=$((number + 1))
    local what=$1; shift
    if "$@" >"$folder/out" 2>"$folder/err"; then echo "ok $number - $what"
    else echo "not ok $number - $what"; sed 's/^/# /' "$folder/out" "$folder/err"; fi
}
status_is() { # status_is STATUS COMMAND…: this status, and one line on standard error when it is not 0
    local want=$1; shift
    "$@" >status.out 2>status.err; local got=$?
    cat status.out status.err
    [ $got -eq "$want" ] && { [ "$want" -ne 1 ] || [ "$(wc -l <status.err)" -eq 1 ]; }
}
has() { grep -qF -- "$2" "$1" || { echo "no \"$2\" in:"; cat "$1"; return 1; }; }
code_of() { grep -oE '[2-9A-Z]{3} [2-9A-Z]{3}' "$1" | head -n 1 | tr -d ' '; }
json() { python3 -c "import json,sys; d=json.load(open(sys.argv[1])); assert $2, d" "$1"; }

check "no agenda yet is said" status_is 1 "$agenda" today
check "init" status_is 0 "$agenda" init
check "the agenda and its key are private" test "$(stat -c %a agenda.db agenda.db.key | sort -u)" = 600
check "init again is refused" status_is 1 "$agenda" init
check "hours are shown without being done" status_is 0 "$agenda" hours "$config/hours.yaml" --dry-run
check "nothing was done" test "$(sqlite3 agenda.db 'SELECT count(*) FROM slot')" = 0
check "hours" status_is 0 "$agenda" hours "$config/hours.yaml"
"$agenda" hours "$config/hours.yaml" >again
check "the same hours again change nothing" has again "0 nieuw, 0 weg"
check "a Belgian holiday has no slots" test -z "$(sqlite3 agenda.db "SELECT 1 FROM slot WHERE start LIKE '2026-12-25%'")"

"$agenda" book --slot els@2026-11-24T09:30 --first Proef --last Persoon --phone '0470/12.34.56' --language ro \
    --topic dutch --topic work --answer interpreter=arrange --answer dutch=none --answer children=yes \
    --referred counter --channel letter >booked
code=$(code_of booked)
check "a booking gets a code" test ${#code} -eq 6
"$agenda" today --date 2026-11-24 --format json >day.json
check "json tells the booking" json day.json \
    'd["date"]=="2026-11-24" and [(b["start"],b["end"],b["slots"],b["guide"],b["guide_name"],b["first_name"],b["phone"],b["language"],b["indicators"]["dutch"],b["topics"],b["referred"],b["channel"],b["state"]) for b in d["bookings"]]==[("2026-11-24T09:30","2026-11-24T10:30",2,"els","Els","Proef","+32470123456","ro","none",["dutch","work"],"counter","letter","booked")]'
"$agenda" today --date morgen >day.txt
check "text names the visitor" has day.txt "Proef Persoon"
check "text reads the phone in groups" has day.txt "0470 12 34 56"
check "text marks what is new" has day.txt "nieuw"
check "text fits 100 columns" python3 -c 'import sys; assert max(len(l.rstrip("\n")) for l in open("day.txt")) <= 100'
check "columns line up below wide and combining letters" python3 - <<'P'
import os, re, subprocess, unicodedata
agenda = os.environ["WEGWIJS_STAGE"] + "/usr/local/bin/wegwijs-agenda"
def run(*arguments): return subprocess.run([agenda, *arguments], capture_output=True, check=True).stdout.decode()
def width(text): return sum(0 if unicodedata.combining(c) or c == "\u200d" else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
names = [("Ñandú", "Sørensen"), ("王小明", "欧阳"), ("e\u0302\u0301lie", "a\u0308bc"), ("ጸጋይ", "ግርማ"), ("Constantinescu-Alexandropoulos", "van der Meulen-Vanderstraeten"), ("محمد", "علي"), ("x", "w" * 60)]
codes = [re.search(r"[2-9A-Z]{3} [2-9A-Z]{3}", run("book", "--slot", f"karim@2026-11-27T{9 + i // 2:02}:{30 * (i % 2):02}", "--first", f, "--last", l, "--phone", "0470000000",
         *["--topic", "dutch", "--topic", "papers", "--topic", "work", "--topic", "leisure", "--topic", "environment"][:10], "--slots", "1")).group(0)
         for i, (f, l) in enumerate(names[:6])]
text = run("today", "--date", "2026-11-27")
lines = text.splitlines()
rows = [line for line in lines for code in codes if code in line]
assert len(rows) == 6, text
assert len({width(row[:row.index(code)]) for row, code in zip(rows, codes)}) == 1, text
assert len({width(row[:row.index("0470 00 00 00")]) for row in rows}) == 1, text
assert max(map(width, lines)) <= 100, text
assert "Constantinescu-Alexandropoulos van der Meulen-Vanderstraeten" in text, text
for code in codes:
    run("cancel", code)
P
check "csv: nothing that a spreadsheet runs" python3 - <<'P'
import csv, io, os, re, subprocess
agenda = os.environ["WEGWIJS_STAGE"] + "/usr/local/bin/wegwijs-agenda"
def run(*arguments): return subprocess.run([agenda, *arguments], capture_output=True, check=True).stdout.decode()
done = run("book", "--callback", "--first", "=1+1", "--last", "@SUM(A1)", "--phone", "+40721123456")
rows = list(csv.reader(io.StringIO(run("today", "--format", "csv").lstrip("\ufeff")), delimiter=";"))
assert any(row[4:7] == ["'=1+1", "'@SUM(A1)", "0040 721 123 456"] and "terug te bellen" in row for row in rows), rows
# nothing that it takes for a number and writes otherwise: a code like 234E56
assert all(re.fullmatch("[2-9A-Z]{3} [2-9A-Z]{3}", row[rows[0].index("code")]) for row in rows[1:]), rows
assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for row in rows for cell in row if cell), rows
run("cancel", re.search(r"[2-9A-Z]{3} [2-9A-Z]{3}", done).group(0))
P
"$agenda" today --date morgen >day2.txt
check "seen once it is not new" bash -c '! grep -q nieuw day2.txt'
"$agenda" today --date 2026-11-24 --format csv >day.csv
check "csv: mark, semicolons, line ends, a column for each question" python3 - <<'P'
import csv
raw = open("day.csv", "rb").read()
assert raw.startswith(b"\xef\xbb\xbf") and raw.endswith(b"\r\n")
rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
assert len(rows) == 1 and None not in rows[0] and None not in rows[0].values(), rows
wanted = {"voornaam": "Proef", "naam": "Persoon", "telefoon": "0470 12 34 56", "tolk": "te regelen", "Nederlands": "nee", "werk": "",
          "kinderen": "ja", "geboekt op": "2026-11-23", "toestand": "afgesproken", "code": open("booked").read()[9:16]}
assert {k: rows[0][k] for k in wanted} == wanted, rows
P
"$agenda" today --date 2026-11-24 --format html >day.html
check "html is well formed and whole" python3 - <<'P'
from html.parser import HTMLParser
text = open("day.html").read()
assert "Proef Persoon" in text and "http" not in text.replace("http-equiv", "")
HTMLParser().feed(text)
P
"$agenda" today --date 2026-11-24 --format html --no-names >plain.html
check "html without private columns" bash -c '! grep -qE "Proef|0470" plain.html'
"$agenda" today --date 2026-11-24 --format ics --no-names >plain.ics
check "ics without names" bash -c '! grep -qE "Proef|0470|Roemeens" plain.ics'

check "two slots are gone for others" status_is 1 "$agenda" book --slot els@2026-11-24T10:00 --first Ander --last Mens
check "not a slot is said" status_is 1 "$agenda" book --slot els@2026-11-24T20:00 --first Ander --last Mens
check "not a topic of the town is said" status_is 1 "$agenda" book --slot els@2026-11-24T11:00 --first A --last B --topic cooking
check "done before the day is refused" status_is 1 "$agenda" 'done' "$code"
export WEGWIJS_CLOCK=2026-11-24T09:35
check "arrived" status_is 0 "$agenda" arrive "${code,,}"
check "done" status_is 0 "$agenda" 'done' "${code:0:3}-${code:3}"
check "arrived after done is refused" status_is 1 "$agenda" arrive "$code"
check "unless forced" status_is 0 "$agenda" arrive "$code" --force
"$agenda" show "$code" >show.txt
check "show tells who did what" has show.txt "els: toestand is er → gesprek klaar"
"$agenda" book --guide els --slot 2026-11-24T11:00 --first Ander --last Mens --phone 0470123456 >second
other=$(code_of second)
check "the same phone number offers to join" has second "wegwijs-agenda join $other $code"
check "move" status_is 0 "$agenda" move "$other" els@2026-11-24T11:30
check "cancel" status_is 0 "$agenda" cancel "$other"
check "cancel twice is refused" status_is 1 "$agenda" cancel "$other"
"$agenda" book --slot els@2026-11-26T10:00 --first Ziek --last Dag --phone 0470999888 >third; third=$(code_of third)
"$agenda" block els 2026-11-26 --reason ziek >sick.txt
check "ill for a day: who must be called, with the number" bash -c "grep -q geblokkeerd sick.txt && grep -q 'Ziek Dag .*0470 99 98 88 .*${third:0:3} ${third:3}' sick.txt"
"$agenda" today >today.txt
check "the day says it until they are moved" bash -c "grep -q 'TE BELLEN' today.txt && grep -q 'Ziek Dag' today.txt"
check "moved to the other guide" status_is 0 "$agenda" move "$third" karim@2026-11-27T10:00
"$agenda" today >today.txt
check "then no more" bash -c "! grep -q 'TE BELLEN' today.txt"
"$agenda" slots --from 2026-11-26 --days 1 --format json >slots.json
check "what came free is not given away on a sick day" json slots.json 'not [s for s in d if s["guide"]=="els"]'
check "well again" status_is 0 "$agenda" unblock els 2026-11-26
"$agenda" slots --from 2026-11-26 --days 1 --format json >slots.json
check "then it is" json slots.json 'any(s["guide"]=="els" and s["start"]=="2026-11-26T10:00" for s in d)'
sed '/guide: karim.*vrijdag/d' "$config/hours.yaml" >less.yaml
"$agenda" hours less.yaml --dry-run >dry.txt
check "hours show beforehand who would be outside" grep -q "Ziek Dag .*0470 99 98 88" dry.txt
"$agenda" hours less.yaml >done.txt
check "and keep the booking" bash -c "grep -q 'Ziek Dag .*0470 99 98 88' done.txt && '$agenda' show $third | grep -q '10:00–10:30  Ziek Dag'"
"$agenda" hours "$config/hours.yaml" >/dev/null

# the same person once more
"$agenda" book --slot els@2026-12-01T09:00 --join "$third" >fourth; fourth=$(code_of fourth)
"$agenda" show "$fourth" >show4.txt
check "one more talk of a person by code: name, number and path" bash -c "grep -q 'Ziek Dag .*0470 99 98 88' show4.txt && grep -q 'traject: 2026-11-27T10:00 ${third:0:3} ${third:3}' show4.txt"
"$agenda" book --slot els@2026-12-01T10:00 --first Ziek --phone 0470999888 --no-join >fifth; fifth=$(code_of fifth)
check "the same number, not asked, stays apart" bash -c "! grep -q join fifth && ! '$agenda' show $fifth | grep -q traject"
check "show and arrive still offer it" bash -c "'$agenda' show $fifth | grep -q 'wegwijs-agenda join $fifth'"
check "at a terminal it is asked, and no means no" bash -c "script -qec '$agenda book --slot els@2026-12-01T10:30 --first Ziek --phone 0470999888' /dev/null <<<n | grep -q '\[j/N\]'"
check "nothing was joined" test "$(sqlite3 agenda.db "SELECT count(DISTINCT person) FROM booking WHERE start LIKE '2026-12-01%'")" = 3
check "and yes means yes" bash -c "script -qec '$agenda book --slot els@2026-12-01T11:00 --first Ziek --phone 0470999888' /dev/null <<<j >/dev/null; test \$(sqlite3 agenda.db \"SELECT count(DISTINCT person) FROM booking WHERE start LIKE '2026-12-01%'\") = 3"
"$agenda" book --now --first Loopt --last Binnen >now1; "$agenda" book --now --first Ook --last Een >now2
check "who walks in is there at once" bash -c "test \"\$(sqlite3 agenda.db \"SELECT group_concat(state || channel) FROM booking WHERE channel = 'walk-in'\")\" = arrivedwalk-in,arrivedwalk-in"
for c in "$fourth" "$fifth"; do "$agenda" cancel "$c" >/dev/null; done
for how in phone letter counter partner; do "$agenda" book --slot 2026-12-03T09:00 --first Via --last $how --channel $how >via; "$agenda" cancel "$(code_of via)" >/dev/null; done
check "every way of coming is kept" test "$(sqlite3 agenda.db "SELECT count(DISTINCT channel) FROM booking WHERE start LIKE '2026-12-03%'")" = 4
cat >two.yaml <<'Y'
slot-minutes: 30
guides:
  - { id: anna, name: Anna, languages: [nl, fr] }
  - { id: zoe, name: Zoë, languages: [nl, so] }
hours:
  - { guide: anna, day: dinsdag, from: "09:00", to: "10:00" }
  - { guide: zoe, day: dinsdag, from: "09:00", to: "10:00" }
Y
( export WEGWIJS_AGENDA=$folder/two.db; "$agenda" init >/dev/null; "$agenda" hours two.yaml >/dev/null
  "$agenda" book --slot 2026-12-08T09:00 --first A --language so >so; "$agenda" book --slot 2026-12-08T09:00 --first B --language so >other )
check "without a guide, first who speaks the language, then who is free" bash -c "grep -q 'bij zoe' so && grep -q 'bij anna' other"
check "an unknown code is refused" status_is 1 "$agenda" show 222222
check "not a code is wrong use" status_is 2 "$agenda" show 22222
check "an unknown command is wrong use" status_is 2 "$agenda" frobnicate
check "an unknown option is wrong use" status_is 2 "$agenda" today --frobnicate
check "an unknown format is wrong use" status_is 2 "$agenda" today --format docx
check "no command is wrong use" status_is 2 "$agenda"
check "help is not" status_is 0 "$agenda" help
check "English on request" bash -c "'$agenda' --lang en today --date 2026-12-20 | grep -q 'no bookings'"

# bad files: one sentence, status 1, nothing changed on disk
before=$(sha256sum <"$WEGWIJS_AGENDA"; sqlite3 agenda.db 'SELECT count(*) FROM slot')
printf 'slot-minutes: thirty\n' >bad.yaml
check "a broken hours file is named with its line" bash -c "! '$agenda' hours bad.yaml 2>e && grep -q 'bad.yaml:1' e && test \$(wc -l <e) -eq 1"
{ printf 'slot-minutes: 5\nguides:\n'; for g in $(seq 8); do printf '  - { id: gids-%s, name: Gids, languages: [nl] }\n' "$g"; done
  printf 'hours:\n'; for g in $(seq 8); do printf '  - { guide: gids-%s, day: dinsdag, from: "08:00", to: "20:00" }\n' "$g"; done; } >many.yaml
check "more slots on a day than are read again" bash -c "! '$agenda' hours many.yaml 2>e && grep -q 'meer dan 1024 momenten op één dag' e && test \$(wc -l <e) -eq 1"
check "hours of a file that is not there" status_is 1 "$agenda" hours none.yaml
check "nothing changed" test "$before" = "$(sha256sum <"$WEGWIJS_AGENDA"; sqlite3 agenda.db 'SELECT count(*) FROM slot')"
head -c 5000 /dev/urandom >noise.db; cp noise.db noise.was
check "a file that is no agenda" status_is 1 "$agenda" --agenda noise.db today
check "and it stays as it was" cmp noise.db noise.was
cp agenda.db newer.db; cp agenda.db.key newer.db.key; sqlite3 newer.db 'PRAGMA user_version = 99'; cp newer.db newer.was
check "an agenda of a newer version" status_is 1 "$agenda" --agenda newer.db today
check "and it stays as it was too" cmp newer.db newer.was
chmod 644 newer.db.key
check "a key that others may read" bash -c "! '$agenda' --agenda newer.db serve --kiosk lobby-1 </dev/null 2>e && test \$(wc -l <e) -eq 1"
check "backup" status_is 0 "$agenda" backup copy.db
check "the copy holds the same day" bash -c "diff <('$agenda' --agenda copy.db today --format json) <('$agenda' today --format json)"
check "check finds nothing" status_is 0 "$agenda" check

# both summer-time nights, read by a library that is not ours
python=python3
$python -c 'import icalendar' 2>/dev/null || python=/usr/bin/python3 # Debian's own knows Debian's packages
if ! $python -c 'import icalendar' 2>/dev/null; then
    number=$((number + 1)); echo "ok $number - ics read by another library # SKIP no python3-icalendar"
    exit
fi
cat >night.yaml <<'Y'
slot-minutes: 30
public-holidays: nee
guides:
  - { id: els, name: Els, languages: [nl] }
hours:
  - { guide: els, day: zondag, from: "01:00", to: "05:00" }
Y
for clock in 2027-03-20 2027-10-20; do
    export WEGWIJS_CLOCK=${clock}T08:00
    "$agenda" hours night.yaml >/dev/null
    night=2027-03-28; [ $clock = 2027-10-20 ] && night=2027-10-31
    "$agenda" book --slot els@${night}T01:30 --first A --last B >/dev/null
    "$agenda" book --slot els@${night}T03:30 --first C --last 'D, "E"; \F' >/dev/null
    "$agenda" today --date $night --format ics >night-$night.ics
done
check "ics: both nights, names with commas" $python - <<'P'
import icalendar, datetime
from zoneinfo import ZoneInfo
seen = {}
for night in ("2027-03-28", "2027-10-31"):
    raw = open(f"night-{night}.ics", "rb").read()
    assert b"\r\n" in raw and all(len(line) <= 75 for line in raw.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    starts = sorted(e["DTSTART"].dt.astimezone(ZoneInfo("Europe/Brussels")).strftime("%Y-%m-%dT%H:%M") for e in events)
    assert starts == [night + "T01:30", night + "T03:30"], starts
    assert all(e["DTEND"].dt - e["DTSTART"].dt == datetime.timedelta(minutes=30) for e in events)
    assert any('D, "E"; \\F' in str(e["SUMMARY"]) for e in events), [str(e["SUMMARY"]) for e in events]
P
"$agenda" today --date 2027-10-31 --format ics >one.ics
moved=$("$agenda" today --date 2027-10-31 --format json | python3 -c 'import json,sys; print(json.load(sys.stdin)["bookings"][0]["code"])')
"$agenda" move "$moved" els@2027-11-07T04:00 >/dev/null; "$agenda" today --date 2027-11-07 --format ics >two.ics
"$agenda" cancel "$moved" >/dev/null; "$agenda" today --date 2027-11-07 --format ics >three.ics
check "ics: a change keeps the UID and counts, a cancellation says so" $python - <<'P'
import icalendar
read = lambda name: {str(e["UID"]): e for e in icalendar.Calendar.from_ical(open(name, "rb").read()).walk("VEVENT")}
one, two, three = read("one.ics"), read("two.ics"), read("three.ics")
(uid,) = set(two)
assert uid in one and set(three) == {uid}
assert int(one[uid]["SEQUENCE"]) < int(two[uid]["SEQUENCE"]) < int(three[uid]["SEQUENCE"])
assert str(three[uid]["STATUS"]) == "CANCELLED" and str(two[uid]["STATUS"]) == "CONFIRMED"
P
