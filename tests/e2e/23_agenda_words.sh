#!/bin/bash
# What the agenda's command line says: Dutch to the last word, aligned in columns, one sentence for bad input,
# the same commands in help, manual and completion; who did it; the calendar to subscribe to; the load of a week.
agenda=$WEGWIJS_STAGE/usr/local/bin/wegwijs-agenda
config=$WEGWIJS_STAGE/usr/local/share/wegwijs/kiosk-config
tree=$PWD
folder=$(mktemp -d) || exit 1
trap 'chmod -R u+rwx "$folder"; rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_CLOCK=2026-11-23T08:00 WEGWIJS_GUIDE=els
number=0
check() { # check WHAT COMMAND…: it must succeed
    number=$((number + 1))
    local what=$1; shift
    if "$@" >"$folder/out" 2>"$folder/err"; then echo "ok $number - $what"
    else echo "not ok $number - $what"; sed 's/^/# /' "$folder/out" "$folder/err"; fi
}
code_of() { grep -oE '[2-9A-Z]{3} [2-9A-Z]{3}' "$1" | head -n 1 | tr -d ' '; }
book() { "$agenda" book "$@" >booked; code_of booked; }

"$agenda" init >/dev/null
"$agenda" hours "$config/hours.yaml" >/dev/null
one=$(book --slot els@2026-11-24T09:30 --first "王" --last "小明" --phone 0470000001 --language ro --topic dutch --topic work \
    --topic housing --topic childcare-school --topic papers --answer interpreter=arrange --answer dutch=none --answer work=no \
    --answer children=yes --referred counter)
two=$(book --slot els@2026-11-24T11:00 --first "Ăna" --last "Proef" --phone 0470000002 --language ar)
book --callback --first Kees --last Proef --phone 0470000003 >/dev/null

"$agenda" today --date morgen >day.txt
check "columns stand under each other, whatever the letters" python3 - day.txt <<'P'
import re, sys, unicodedata
def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
rows = [line for line in open(sys.argv[1]) if re.search(r"0470 00 00 0\d", line)]
places = {width(line[:line.index("0470")]) for line in rows}
assert len(rows) == 3 and len(places) == 1, (rows, places)
P
check "no line ends in a space or is longer than 100" bash -c '! grep -nE " $" day.txt && awk "{ if (length(\$0) > 104) exit 1 }" day.txt'
check "a call-back's line begins with a word" bash -c '! grep -nE "^ +·" day.txt'
check "the day tells how full it is" grep -qE "^[0-9]+ van [0-9]+ momenten geboekt" day.txt
check "and how long was waited" grep -qF "wacht 1 dag" day.txt

"$agenda" arrive "$two" --force --by an >/dev/null
"$agenda" show "$two" >show.txt
check "the history says who and when, in Dutch and local time" grep -qE "2026-11-23T08:00  an: toestand afgesproken → " show.txt
check "without --by the environment says who" grep -qE "  els: afspraak gemaakt" show.txt

# ---- every error text of the house has its Dutch form
check "every error text has its Dutch form" python3 - "$tree" <<'P'
import glob, os, re, sys
tree = sys.argv[1]
po = open(tree + "/lang/agenda-nl.po").read()
known = set(re.findall(r'^msgid "cli\.detail\.(.*)"$', po, re.M))
# in programs that the guide never starts, or between programs
leave = {"booking.c", "vevent.c", "process.c", "cups_library.c", "agenda.c", "serve.c", "catalog.c", "config.c", "library.c"}
inside = ("a sealed booking", "the public key", "no file layer", "no statement of", "raster for", "an empty slip")
def pattern(text):
    out, count, at = "", 0, 0
    while at < len(text):
        match = re.match(r'"[^"]*"(?:, "[^"]*")*', text[at:])
        if not match and (at == 0 or not re.match(r"[A-Za-z0-9_-]", text[at - 1])):
            match = re.match(r"[0-9]+(?![A-Za-z0-9_-])", text[at:])
        if match:
            count += 1
            out += "{%d}" % count
            at += match.end()
        else:
            out += text[at]
            at += 1
    return out
def said(text):
    if pattern(text) in known: return True
    parts = re.split(r': (?=(?:[^"]*"[^"]*")*[^"]*$)', text)
    return all(pattern(part) in known or part in ("FILE", "CAUSE") for part in parts)
faults = []
for folder in ("agenda", "cli", "booking", "base", "slip"):
    for path in glob.glob(f"{tree}/src/{folder}/*.c"):
        if os.path.basename(path) in leave: continue
        source = open(path).read()
        for call in re.finditer(r'\b(?:error_set|fault)\((?:[^";]*?),\s*((?:"(?:[^"\\\\]|\\\\.)*"\s*)+)', source):
            text = "".join(re.findall(r'"((?:[^"\\\\]|\\\\.)*)"', call.group(1))).replace('\\"', '"')
            text = re.sub(r"^%s(:%u)*: ", "FILE: ", text)
            text = re.sub(r": %s$", ": CAUSE", text)
            text = re.sub(r'"%[^"]*"', '"x"', text)
            text = re.sub(r"%0?3?z?[dui o]?o?", "7", text) if re.search(r"%0?3?z?[duio]", text) else text
            if text in ("", "%s", "FILE: CAUSE") or text.startswith(inside): continue
            if "%" in text or not said(text): faults.append((os.path.basename(path), text)) # a value without quotes is no name
assert not faults, faults
P

# ---- bad input: status 1 or 2, one or two lines, Dutch, nothing changed
long=$(printf 'a%.0s' $(seq 10000))
printf 'els' >els.txt
printf '\xff\xfem\0o\0n\0t\0h\0' >utf16.csv
head -c 65536 /dev/urandom >noise
mkdir map
printf 'guides:\n  - { id: els, name: Els, languages: [nl] }\nhours:\n  - { guide: els, day: maandag, from: "09:00", to: "12:00" }\nclosures:\n  - { first: 2027-05-02, last: 2027-05-01, reason: brug }\n' >closed.yaml
printf 'month,what,channel,count\r\n2016-13,reached,kiosk,1\r\n' >month.csv
printf 'month,what,channel,count\n2016-01,reached,kiosk,-4\n' >minus.csv
count() { sqlite3 agenda.db "SELECT (SELECT count(*) FROM booking), (SELECT count(*) FROM event), (SELECT group_concat(state) FROM booking)"; }
before=$(count)
bad() { # bad ARGUMENTS…: refused in one clear sentence
    timeout 20 "$agenda" "$@" >bad.out 2>bad.err; local got=$?
    if [ $got -ne 1 ] && [ $got -ne 2 ]; then echo "status $got: $(echo "$*" | cut -c1-90)"; return 1; fi
    if [ "$(wc -L <bad.err)" -gt 400 ]; then echo "too long: $(echo "$*" | cut -c1-90)"; return 1; fi
    local lines; lines=$(grep -c '' bad.err)
    if [ "$lines" -lt 1 ] || [ "$lines" -gt 2 ]; then echo "$lines lines: $(echo "$*" | cut -c1-90)"; cut -c1-200 bad.err; return 1; fi
    if grep -qP '[\x00-\x08\x0b-\x1f\x7f]' bad.err; then echo "control letters: $(echo "$*" | cut -c1-90)"; return 1; fi
    if grep -qE ' (are|the|cannot|found|expected|taken|there|not|later|entry|were) ' bad.err; then echo "English: $(echo "$*" | cut -c1-90)"; cut -c1-200 bad.err; return 1; fi
}
sweep() {
    local fault=0
    while IFS= read -r line; do
        eval "set -- $line"
        bad "$@" || fault=1
    done <<'S'
today --date 2027-02-30
today --date gisteren
today --date ''
today --date "$long"
today --days 0
today --days -3
today --days 99999999999999999999
today --days twee
today --days 3x
today --format pdf
today --format
today --guide
today extra
week --days 5000
nonsense
"$long"
show
show K7M4
show ZZZZZZ
show 'K7M 4QX; DROP TABLE booking'
show "$one" "$two"
arrive
done "$one"
move "$one"
move "$one" 2026-11-24T25:61
move "$one" els@2026-11-24T03:00
move "$one" nobody@2026-11-24T09:00
move "$one" 2026-02-30T09:00
join "$one" "$one"
join "$one"
book --slot els@2026-11-24T09:30 --first Ander --last Mens
book --slot els@2026-11-24T12:15 --first Ander --last Mens
book --slot els@2026-11-24T11:30 --first "$long" --last Mens
book --slot els@2026-11-25T09:30 --first A --last B --topic koken
book --slot els@2026-11-25T09:30 --first A --last B --answer dutch=soms
book --slot els@2026-11-25T09:30 --first A --last B --answer dutch
book --slot els@2026-11-25T09:30 --first A --last B --language klingon
book --slot els@2026-11-25T09:30 --first A --last B --referred maan
book --slot els@2026-11-25T09:30 --first A --last B --channel duif
book --slot els@2026-11-25T09:30 --first A --last B --slots 0
book --slot els@2026-11-25T09:30 --first A --last B --slots 99
book --slot els@2026-11-25T09:30 --first A --last B --phone 12
book --first A --last B
hours closed.yaml
block nobody morgen
block els 2027-02-30
unblock els gisteren
settle "$one"
slip
slip ZZZZZZ
slip "$one" --printer fax
slip "$one" --printer cups --to ''
refer "$one" niemand
refer "$one" agii --due gisteren
refer "$one" agii --topic koken
signal "$one" koken
signal "$one" housing --kind ramp
follow-up --until nooit
report --from 2016-13
report --from 2016-07 --to 2016-01
report --from 2016
report --format pdf
import
import nergens.csv
import map
import utf16.csv
import noise
import els.txt
import month.csv
import minus.csv
hours nergens.yaml
hours map
hours els.txt
hours noise
limits --hour -1
limits --hour veel
revoke
revoke niemand
backup
backup map
backup nergens/kopie.db
backup agenda.db
purge --days -1
purge --days x
person show 0499999999
person show
person erase "$one"
person correct "$one" --first "$long"
person dans "$one"
--agenda noise today
--agenda map today
--agenda nergens.db today
--agenda els.txt check
--agenda
--lang
serve
serve --kiosk '../weg'
ics --to map
ics --to nergens/k.ics
ics --guide
S
    return $fault
}
check "bad input is refused in a Dutch sentence" sweep
check "and changed nothing" test "$(count)" = "$before"

# ---- help, manual and completion name the same commands and options
check "help, manual and completion agree with the commands" python3 - "$agenda" "$tree" <<'P'
import re, subprocess, sys
agenda, tree = sys.argv[1:]
manual = open(tree + "/src/cli/wegwijs-agenda.1").read().replace("\\-", "-")
def run(*words): return subprocess.run([agenda, *words], capture_output=True, text=True).stdout
commands = re.findall(r"^  ([a-z][a-z-]*) ", run("help"), re.M)
assert len(commands) > 30, commands
table = re.findall(r'^    \{"([a-z-]+)", cli_', open(tree + "/src/cli/main.c").read(), re.M)
assert table == commands, (table, commands)
missing = []
for command in commands:
    if not re.search(r"\\fB%s\\fR|^\.B %s\b|^\.BR %s\b" % ((re.escape(command),) * 3), manual, re.M): missing.append(command)
    for option in re.findall(r"--[a-z-]+", run(command, "--help")):
        if option not in manual: missing.append(command + " " + option)
for option in ("--agenda", "--config", "--lang", "--by"):
    assert option in run("help") and option in manual
assert not missing, missing
complete = subprocess.run(["bash", "-c", 'PATH=%s:$PATH; . %s; COMP_WORDS=(wegwijs-agenda ""); COMP_CWORD=1; _wegwijs_agenda; echo "${COMPREPLY[@]}"'
    % (agenda.rsplit("/", 1)[0], tree + "/src/cli/wegwijs-agenda.bash")], capture_output=True, text=True).stdout.split()
assert set(commands) <= set(complete), set(commands) - set(complete)
P

complete() { # complete WORD…: what stands behind the last of them
    PATH=$(dirname "$agenda"):$PATH bash -c '. "$1"; shift; COMP_WORDS=(wegwijs-agenda "$@"); COMP_CWORD=$#; _wegwijs_agenda; echo "${COMPREPLY[*]}"' _ \
        "$tree/src/cli/wegwijs-agenda.bash" "$@"
}
check "completion: an option's values" test "$(complete refer "$one" --outcome ''; complete report --format ''; complete slip "$one" --paper '')" = \
    "started waiting refused unreachable done
text csv html
80 58 a5 a4"
WEGWIJS_CLOCK=2026-11-24T08:00 complete arrive "${one:0:2}" >codes
check "completion: today's codes" grep -qw "$one" codes

# ---- the calendar to subscribe to
"$agenda" ics --to all.ics
check "the calendar is its owner's alone" test "$(stat -c %a all.ics)" = 600
"$agenda" ics --no-names >plain.ics
check "without names it has none" bash -c '! grep -qE "Proef|0470|王" plain.ics'
check "folded lines keep their letters whole, at most 75 bytes" python3 - <<'P'
raw = open("all.ics", "rb").read()
assert b"X-WR-CALNAME" in raw and raw.count(b"BEGIN:VEVENT") == 2
for line in raw.split(b"\n"):
    line = line.rstrip(b"\r")
    assert len(line) <= 75, line
    line.decode("utf-8")
P
"$agenda" cancel "$one" >/dev/null
"$agenda" ics >later.ics
check "a cancelled talk stays as cancelled, with its UID and a higher SEQUENCE" python3 - "$tree" <<'P'
import re
def events(path):
    text = open(path, newline="").read().replace("\r\n ", "").replace("\n ", "")
    return {re.search(r"UID:(\S+)", e)[1]: (int(re.search(r"SEQUENCE:(\d+)", e)[1]), re.search(r"STATUS:(\w+)", e)[1]) for e in text.split("BEGIN:VEVENT")[1:]}
before, after = events("all.ics"), events("later.ics")
assert before.keys() == after.keys()
changed = [u for u in before if before[u] != after[u]]
assert len(changed) == 1 and after[changed[0]][1] == "CANCELLED" and after[changed[0]][0] > before[changed[0]][0], (before, after)
P

# ---- names as they are typed, and as they come out of another program
says() { # says STATUS TEXT COMMAND…
    local status=$1 text=$2 got; shift 2
    "$agenda" "$@" >said 2>&1; got=$?
    cat said; [ $got -eq "$status" ] && grep -qF -- "$text" said && [ "$(wc -l <said)" = 1 ]
}
check "a name of blanks is none" says 2 "is geen naam" book --slot els@2026-11-26T09:00 --first " " --last $'\u00a0'
check "nor are two lines" says 2 "is geen naam" book --slot els@2026-11-26T09:00 --first $'Ana\nMaria'
check "a name that is too long is said" says 1 "die naam is te lang" book --slot els@2026-11-26T09:00 --first "$(printf 'é%.0s' $(seq 41))"
pasted=$(book --slot els@2026-11-26T09:00 --first $' \u202eOmar ' --last $'\u200fعلي\u00a0')
check "blanks around a name and marks of direction do not stay" test "$(sqlite3 agenda.db "SELECT first_name || '|' || last_name FROM person ORDER BY id DESC LIMIT 1")" = "Omar|علي"
check "a month that is none is said" says 2 '"2026-13" is geen maand' report --from 2026-13
check "so are months in the wrong order" says 2 "komt na de laatste" report --from 2026-05 --to 2026-01
check "a person keeps a name" says 1 "een persoon heeft een naam" person correct "$pasted" --first " " --last ""
check "a correction is read in the same way" says 2 "is geen naam" person correct "$pasted" --first $'a\tb'
echo "1..$number"
