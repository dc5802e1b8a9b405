#!/bin/bash
# The council's table: the slides' figures exactly, and a month of three guides worked by the commands alone
# that adds up in every row and column.
agenda=$WEGWIJS_STAGE/usr/local/bin/wegwijs-agenda
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_CLOCK=2026-11-01T08:00 WEGWIJS_GUIDE=els
number=0
check() {
    number=$((number + 1))
    local what=$1; shift
    if "$@" >"$folder/out" 2>"$folder/err"; then echo "ok $number - $what"
    else echo "not ok $number - $what"; sed 's/^/# /' "$folder/out" "$folder/err"; fi
}
"$agenda" init >/dev/null
check "the seed's figures are imported" "$agenda" import "$here/data/counts.csv"
"$agenda" report --from 2016-01 --to 2016-07 >report.txt
sed -n 2,10p report.txt >table.txt
cat >slides.txt <<'T'
                   permanentie       brief       samen
januari 2016                17          15          32
februari 2016               32          11          43
maart 2016                  23           2          25
april 2016                  38          22          60
mei 2016                    83          16          99
juni 2016                   72           0          72
juli 2016                   39           0          39
samen                      304          66         370
T
check "the table is the slides'" diff slides.txt table.txt
check "the same file twice is noticed" bash -c "! '$agenda' import '$here/data/counts.csv' 2>e && test \$(wc -l <e) -eq 1"
sed '9s/,11$/,many/' "$here/data/counts.csv" | sed 1,8s/2016-01/2013-01/ >wrong.csv
check "a wrong line is named" bash -c "! '$agenda' import wrong.csv 2>e && grep -q 'wrong.csv:[0-9]' e"
check "and nothing of it is in" test "$(sqlite3 agenda.db "SELECT count(*) FROM count WHERE month = '2013-01'")" = 0
"$agenda" report --from 2016-01 --to 2016-07 --public >public.txt
sed -n 2,10p public.txt >table.txt
cat >slides.txt <<'T'
                           permanentie       brief       samen
januari 2016                        17          15          32
februari 2016                       32          11          43
maart 2016                           ·           ·          25
april 2016                          38          22          60
mei 2016                            83          16          99
juni 2016                           72           0          72
juli 2016                           39           0          39
samen van wat getoond is           281          64         370
T
check "for the public March hides two, and who came without a letter" diff slides.txt table.txt
check "and says of which quarters the rest is" grep -q '(januari – juni 2016)' public.txt
"$agenda" report --from 2014-11 --to 2014-12 --public >public.txt
check "without a whole quarter it says so" grep -q 'vol kwartaal' public.txt
check "a month that is not over is not public" bash -c "! '$agenda' report --from 2026-10 --to 2026-11 --public >out 2>e && test ! -s out && grep -q '^november 2026' e"
check "more than 20 years are refused" bash -c "! '$agenda' report --from 2006-11 --to 2026-11 >out 2>e && test ! -s out && grep -q 240 e"
check "20 years are not" "$agenda" report --from 2006-12 --to 2026-11

# somebody who collects what is public, and what they work out; then the same with weaker ways to publish
python3 "$here/disclosure.py" "$agenda" 12 >holes.txt 2>holes.err
check "of what is public no hidden count can be worked out" grep -Eq '^public hidden [0-9]{3,} holes 0$' holes.txt
check "while much is shown" grep -Eq '^shown [0-9]{3,}$' holes.txt
for way in true-totals only-small by-range; do
    check "the onlooker finds holes: $way" grep -Eq "^$way hidden [0-9]{3,} holes [1-9]" holes.txt
done
cat holes.err >&2

"$agenda" report --from 2016-01 --to 2016-07 --format html >report.html
check "html has a plot" grep -q '<svg class="plot"' report.html
check "the plot is legible for 1 to 240 months and 1 to 10 channels" python3 "$here/plot.py" "$agenda" "$here/../src/ui/theme.c" "$folder"

# a month of talks: numbers like those of May 2016, three guides, every channel
cat >hours.yaml <<'Y'
slot-minutes: 30
public-holidays: ja
guides:
  - { id: els, name: Els, languages: [nl, ro] }
  - { id: karim, name: Karim, languages: [nl, ar] }
  - { id: mia, name: Mia, languages: [nl, pl] }
hours:
  - { guide: els, day: dinsdag, from: "09:00", to: "16:00" }
  - { guide: karim, day: woensdag, from: "09:00", to: "16:00" }
  - { guide: mia, day: donderdag, from: "09:00", to: "16:00" }
Y
"$agenda" hours hours.yaml >/dev/null
cat >month.py <<'P'
import os, re, subprocess, sys, random, json
random.seed(2016)
agenda = sys.argv[1]
want = {}
def run(*words, clock):
    done = subprocess.run([agenda, *words], env={**os.environ, "WEGWIJS_CLOCK": clock}, capture_output=True, text=True)
    assert done.returncode == 0, (words, done.stderr)
    return done.stdout
days = {"els": (3, 10, 17, 24), "karim": (4, 18, 25), "mia": (5, 12, 19, 26)} # Wednesday 11 November is a holiday
channels = ["walk-in", "kiosk", "letter", "phone", "partner"]
for guide, dates in days.items():
    for day in dates:
        for n in range(9):
            start = f"2026-11-{day:02d}T{9 + n // 2:02d}:{30 * (n % 2):02d}"
            channel, language = random.choice(channels), random.choice(["ro", "ar", "pl", "fr"])
            topics = random.sample(["dutch", "work", "papers", "leisure"], 2)
            text = run("book", "--slot", f"{guide}@{start}", "--first", "Proef", "--last", "Persoon", "--language", language,
                       "--channel", channel, "--topic", topics[0], "--topic", topics[1], "--answer", "dutch=none", clock="2026-11-01T09:00")
            code = re.search(r"([2-9A-Z]{3}) ([2-9A-Z]{3})", text).group(0).replace(" ", "")
            end = random.choice(["done", "done", "done", "no-show", "excused"])
            if end == "done":
                run("arrive", code, clock=start)
            run(end, code, clock=start)
            if end == "done":
                want[("reached", channel)] = want.get(("reached", channel), 0) + 1
                for topic in topics:
                    want[("topic", topic)] = want.get(("topic", topic), 0) + 1
                if "dutch" in topics:
                    run("refer", code, "ligo", "--topic", "dutch", clock=start)
                    want["dutch"] = want.get("dutch", 0) + 1
            want[end] = want.get(end, 0) + 1
rows = run("report", "--from", "2026-11", "--to", "2026-11", "--format", "csv", clock="2026-12-01T09:00").lstrip("\ufeff").splitlines()[1:]
got = {}
for row in rows:
    month, what, item, channel, count = row.split(";")
    got[(what, item, channel)] = int(count)
reached = sum(v for (w, i, c), v in got.items() if w == "reached")
assert reached == want["done"] == sum(v for (w, i, c), v in got.items() if w == "talks"), (reached, want)
assert sum(v for (w, i, c), v in got.items() if w == "language") == reached
assert sum(v for (w, i, c), v in got.items() if w == "answer") == reached
assert sum(v for (w, i, c), v in got.items() if w == "topic") == 2 * reached
assert sum(v for (w, i, c), v in got.items() if w == "no-show") == want["no-show"]
assert sum(v for (w, i, c), v in got.items() if w == "bookings") == 99
for channel in channels:
    assert got.get(("reached", "", channel), 0) == want.get(("reached", channel), 0)
for topic in ("dutch", "work", "papers", "leisure"):
    assert got.get(("topic", topic, ""), 0) == want.get(("topic", topic), 0)
assert got[("dutch", "", "")] == want["dutch"] == got[("referral", "ligo open", "")]
P
check "a month of three guides adds up" python3 month.py "$agenda"
"$agenda" report --from 2026-11 --to 2026-11 >before.txt
WEGWIJS_CLOCK=2027-03-01T08:00 "$agenda" purge >purged.txt
check "the purge took all bookings" grep -q '^99 ' purged.txt
"$agenda" report --from 2026-11 --to 2026-11 >after.txt
check "and the report stays the same" diff before.txt after.txt
check "nobody is left in the file" test "$(sqlite3 agenda.db 'SELECT count(*) FROM person')" = 0
check "check finds nothing" "$agenda" check
