#!/bin/bash
# A guide's mornings, with two kiosks, a sick day, people who come again, call-backs, a promise made twice: what stands
# in each list, in each form, and what is said when something cannot be. Nothing wider than 100 columns, no line that
# ends in a space, no English.
python3 -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("sodium"))' || { echo "ok 1 - mornings # SKIP no libsodium"; exit 0; }
tests=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_GUIDE=els PYTHONPATH=$tests PYTHONDONTWRITEBYTECODE=1 TREE=$tests/..
python3 - <<'P'
import csv, datetime, glob, io, json, os, re, sqlite3, subprocess, sys, unicodedata
from html.parser import HTMLParser
from kiosk_end import AGENDA, Kiosk
tree, number, said = os.environ["TREE"], 0, []

def clock(text):
    os.environ["WEGWIJS_CLOCK"] = text

def run(*words, status=0):
    result = subprocess.run([AGENDA, *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert result.returncode == status, (words, result.returncode, result.stdout, result.stderr)
    if not {"csv", "html", "json", "ics"} & set(words):
        said.append((words, result.stdout, result.stderr))
    return result.stdout if status == 0 else result.stderr

def book(*words):
    return re.search(r"[2-9A-Z]{3} [2-9A-Z]{3}", run("book", *words)).group(0).replace(" ", "")

def grouped(code):
    return code[:3] + " " + code[3:]

def check(what, good, shown=""):
    global number
    number += 1
    print("ok" if good else "not ok", number, "-", what)
    if not good:
        print("# " + str(shown).replace("\n", "\n# "))
    sys.stdout.flush()

def made(text):
    return int(datetime.datetime.fromisoformat(text + "+01:00").timestamp())

hours = """slot-minutes: 30
public-holidays: ja
guides:
  - { id: els, name: Els Vandermeulen, languages: [nl, ro] }
  - { id: karim, name: Karim, languages: [nl, ar] }
  - { id: nadia, name: Nadia, languages: [nl, tr] }
hours:
  - { guide: els, day: dinsdag, from: "09:00", to: "12:00" }
  - { guide: els, day: donderdag, from: "09:00", to: "12:00" }
  - { guide: karim, day: dinsdag, from: "09:00", to: "16:00" }
  - { guide: nadia, day: dinsdag, from: "09:00", to: "12:00" }
  - { guide: nadia, day: donderdag, from: "09:00", to: "12:00" }
closures:
  - { first: 2026-12-24, from: "12:00", to: "24:00", reason: kerstavond }
"""
open("hours.yaml", "w").write(hours)
clock("2026-11-16T08:00")
run("init"); run("hours", "hours.yaml")
first = book("--slot", "els@2026-11-17T09:00", "--first", "Andreea", "--last", "Popescu", "--phone", "0470112233", "--language", "ro",
             "--topic", "dutch", "--topic", "work", "--answer", "dutch=none", "--answer", "interpreter=none")
excused = book("--slot", "els@2026-11-17T10:00", "--first", "Constantinescu-Alexandropoulos", "--last", "van der Meulen", "--phone", "+40721123456",
               "--language", "ary")
clock("2026-11-17T09:40")
run("arrive", first); run("done", first); run("excused", excused)
run("refer", first, "ligo", "--due", "2026-11-23"); run("refer", first, "VDAB", "--due", "2026-11-24"); run("signal", first, "Werk", "--kind", "drempel")
clock("2026-11-20T11:00")
again = book("--slot", "els@2026-11-24T09:30", "--join", first)
arabic = book("--slot", "karim@2026-11-24T09:00", "--first", "محمد", "--last", "العلي", "--phone", "0470999888", "--language", "ar", "--topic", "papers",
              "--answer", "interpreter=arrange", "--referred", "school", "--channel", "counter")
to_call = book("--callback", "--first", "Yusuf", "--last", "Demir", "--phone", "0499112233", "--language", "tr")
sick = book("--slot", "nadia@2026-11-26T09:00", "--first", "Ayşe", "--last", "Yılmaz", "--phone", "0474222222", "--language", "tr")
clock("2026-11-22T10:00")
one = Kiosk("lobby-1")
one.sync(leases=4, days=2, status={"version": "0.1.0", "printer": "no-paper", "queue": "3", "printer-says": "-"})
other = Kiosk("lobby-2")
lease = other.lease("2026-11-24T11:30")
run("revoke", "lobby-2", "--yes")
book("--slot", "els@2026-11-24T11:30", "--first", "Rosa", "--last", "Silva", "--no-join")
assert other.send(other.booking(lease, first_name="Dubbel", last_name="Beloofd", phone="+32472000000", made=made("2026-11-22T10:00"))) == ["kept"]
one.stop(); other.stop()
twice = sqlite3.connect("agenda.db").execute("SELECT code FROM booking WHERE attention = 'taken'").fetchone()[0]
clock("2026-11-23T08:00")
out = run("block", "nadia", "2026-11-26", "--reason", "ziek")
check("ill: who must be called", "5 momenten van nadia geblokkeerd" in out and "0474 22 22 22" in out and grouped(sick) in out, out)

# ---- the morning
clock("2026-11-24T08:05")
today = run("today")
week = run("week")
blocks = [b for b in today.split("\n\n") if b.strip()]
entry = lambda code: [b for b in blocks if grouped(code) in b]
check("a promise made twice is marked above and in the day", len(entry(twice)) == 2 and all("! moment is van iemand anders" in b for b in entry(twice)), today)
check("who comes again: the how manieth talk", "2e gesprek" in entry(again)[0] and "gesprek" not in entry(arabic)[0], today)
check("a call-back has its day", entry(to_call)[0].startswith("sinds 20/11  Yusuf Demir") and "nieuw" in entry(to_call)[0], today)
second = run("today")
check("and is new once", "nieuw" not in second and re.search(r"Yusuf Demir .*terug te bellen\n", second), second)
check("who must be called on the sick day", "TE BELLEN" in today and grouped(sick) in today, today)
check("what is to be followed up", "2 doorverwijzingen op te volgen" in today, today)
check("no two empty lines", "\n\n\n" not in today + week, today)
check("a week without talks, and who to call", "geen afspraken in deze dagen\n\nTerugbellen" in run("week", "--date", "2026-12-05", "--days", "2"))
check("an excused visitor's line fits", re.search(r"\+40 721 123 456 .*verontschuldigd\n", run("today", "--date", "2026-11-17")) is not None)

# ---- the printed page
class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.open, self.text, self.rows, self.fault = [], "", [], None
        self.feed(text)
        if self.open:
            self.fault = self.open
    def handle_starttag(self, tag, attributes):
        if tag in ("br", "meta"): return
        if tag == "html" or tag not in ("!doctype",): self.open.append(tag)
        if tag == "tr": self.rows.append("")
    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag: self.fault = self.fault or tag
    def handle_data(self, data):
        if "style" in self.open: return
        self.text += data
        if self.rows: self.rows[-1] += data + " "
html = run("today", "--format", "html")
page = Page(html)
row = lambda code: [r for r in page.rows if grouped(code) in r]
check("html: every tag is closed", page.fault is None, page.fault)
check("html: hour, guide, phone, language, topics, answers, way, code", all(w in row(arabic)[0] for w in
      ("09:00", "10:00", "met Karim", "0470 99 98 88", "Arabisch", "Papieren", "tolk: te regelen", "gestuurd door: De school", "loket")), row(arabic))
check("html: a name of another script keeps its direction to itself", "<bdi>محمد العلي</bdi>" in html)
check("html: a promise made twice is marked in both places", len(row(twice)) == 2 and all("moment is van iemand anders" in r for r in row(twice)), row(twice))
check("html: the sick day and who to call back", grouped(sick) in page.text and "26/11" in row(sick)[0] and "sinds 20/11" in row(to_call)[0], page.text)
plain = run("today", "--format", "html", "--no-names")
check("html: without private columns", not re.search(r"Popescu|0470|Ayşe|Yusuf|العلي|Beloofd", plain) and grouped(sick) in plain and "Arabisch" in plain)
page = Page(run("week", "--format", "html"))
check("html: a week has its days", "dinsdag 24 november 2026 – maandag 30 november 2026" in page.text and "donderdag 26 november 2026" in page.text and page.fault is None, page.text)
check("html: an empty day says so", "geen afspraken" in run("today", "--date", "2026-12-05", "--format", "html"))

# ---- other programs
rows = list(csv.DictReader(io.StringIO(run("week", "--format", "csv").lstrip("\ufeff")), delimiter=";"))
find = lambda code: [r for r in rows if r["code"] == grouped(code)][0]
check("csv: a column for each question, the day it was booked, what is wrong", find(arabic)["tolk"] == "te regelen" and find(arabic)["geboekt op"] == "2026-11-20"
      and find(twice)["aandacht"] == "moment is van iemand anders" and find(to_call)["toestand"] == "terug te bellen", rows)
ics = run("ics").replace("\r\n ", "").replace("\n ", "")
check("ics: with whom, and what is wrong", "met Karim" in ics and "! moment is van iemand anders" in ics, ics)

# ---- one booking, its history in Dutch
run("person", "show", first); run("person", "export", first)
show = run("show", first)
check("show: the path, the referrals, the history", all(w in show for w in (f"traject: 2026-11-17T09:00 {grouped(first)} gesprek klaar", f"traject: 2026-11-24T09:30 {grouped(again)}",
      "els: doorverwezen Ligo", "els: signaal Werk", "els: gegevens getoond", "els: gegevens uitgevoerd", "toestand is er → gesprek klaar")), show)
check("show: a joined talk names the other by its code", f"samengebracht {grouped(first)}" in run("show", again))
check("show: a call-back is no empty day", "geen afspraken" not in run("show", to_call) and "afspraak gemaakt" in run("show", to_call))
po = open(tree + "/lang/agenda-nl.po").read()
events = set()
for path in glob.glob(tree + "/src/agenda/*.c") + glob.glob(tree + "/src/cli/*.c"):
    source = open(path).read()
    for call in re.findall(r'agenda_(?:event|note_shown)\(([^;]*);', source):
        events |= set(re.findall(r'"([a-z][a-z\' ]+[a-z])"', call.split("error)")[0])) - {"day", "hour", "without lease"}
missing = sorted(e for e in events if f'"cli.event.{e}"' not in po)
check(f"each of {len(events)} events has its Dutch name", len(events) > 25 and not missing, missing or events)

# ---- following up
late = run("follow-up").splitlines()
check("follow-up: what is late first, columns under each other", late[0].startswith(f"! 2026-11-23  {grouped(first)}  Andreea Popescu") and late[2].startswith("  2026-11-24")
      and late[0].index("0470") == late[2].index("0470") and late[0].endswith("Ligo") and "Nederlands leren" in late[1], late)
check("an outcome in the guide's words", "Ligo: gestart" in run("refer", first, "Ligo", "--outcome", "gestart"))
check("another word is none, and which there are", "wachtlijst" in run("refer", first, "vdab", "--outcome", "gelukt", status=2))
check("a partner that is none: which there are", '"vdab"' in run("refer", first, "kapper", status=1))
os.mkdir("town")
for path in glob.glob(os.environ["WEGWIJS_STAGE"] + "/usr/local/share/wegwijs/kiosk-config/*.yaml"):
    open("town/" + os.path.basename(path), "w").write("".join(l for l in open(path) if "id: vdab," not in l))
check("a partner who has left town.yaml can still be closed", "niet bereikt" in run("--config", "town", "refer", first, "vdab", "--outcome", "niet bereikt"))
check("nothing is due then", "niets op te volgen" in run("follow-up"))
check("one that comes due after the data may be gone is said", "purge" in run("refer", first, "ligo", "--due", "2027-06-01") and "purge" not in run("refer", first, "agii"))

check("the same referral twice is not counted twice", "is al doorverwezen naar Ligo" in run("refer", first, "ligo", status=1) and "doorverwezen naar Ligo (Werk)" in run("refer", first, "ligo", "--topic", "work"))

# ---- why not
taken = lambda *words: run(*words, status=1)
check("a moment with somebody's booking: whose", f"daar staat afspraak {grouped(arabic)} al" in taken("book", "--slot", "karim@2026-11-24T09:30", "--first", "A"))
held = sqlite3.connect("agenda.db").execute("SELECT s.guide || '@' || s.start FROM lease l JOIN slot s ON s.id = l.slot WHERE l.kiosk = 'lobby-1' ORDER BY s.start LIMIT 1").fetchone()[0]
check("a moment that a kiosk holds: which", "de kiosk lobby-1 houdt dat moment vast" in taken("book", "--slot", held, "--first", "A"))
check("a moment that is kept: for what", "dat moment is bezet (ziek)" in taken("move", again, "nadia@2026-11-26T10:00"))
check("no moment at all", "geen moment in de uren" in taken("move", again, "nadia@2026-11-26T13:00"))
check("a long talk: the part that does not fit", "2026-11-24T16:00 bij karim gaat niet" in taken("book", "--slot", "karim@2026-11-24T15:30", "--slots", "2", "--first", "A"))
check("too early, with the day", f"{sick} is pas op 2026-11-26T09:00" in taken("arrive", sick))
check("too late, with the state in Dutch", f'{first} is al "gesprek klaar"' in taken("no-show", first))
check("moving what is over", '"gesprek klaar"' in taken("move", first, "els@2026-12-01T09:00"))
warning = taken("join", again, arabic)
check("two persons who differ are not joined without a question", "Andreea Popescu" in warning and "العلي" in warning and "--yes" in warning, warning)
check("nothing was joined", len(json.loads(run("person", "export", again))) == 2)
run("join", to_call, sick, "--yes")
check("with --yes they are", len(json.loads(run("person", "export", sick))) == 2)
check("a moment in the past is booked, and said", "al voorbij" in run("book", "--slot", "els@2026-11-17T11:00", "--first", "Gisteren"))
check("the weekday stands by a booking", "(donderdag)" in run("book", "--slot", "els@2026-12-03T09:00", "--first", "Donderdag"))
check("one moment is one", "1 moment van els geblokkeerd" in run("block", "els", "2026-12-03T09:30") and "1 moment van els weer vrij" in run("unblock", "els", "2026-12-03T09:30"))
check("a reason is no story", "te lang als reden" in run("block", "els", "2026-12-03", "--reason", "een heel verhaal over wie er komt en waarom", status=2))
check("a kiosk that is none", 'geen kiosk heet "lobby-9"' in taken("revoke", "lobby-9"))

# ---- moments, kiosks, hours
slots = run("slots", "--days", "3")
check("slots: the first free one is today's", re.search(r"eerste vrije moment: 2026-11-24T09:00 bij els, vandaag", slots) is not None and grouped(arabic) in slots, slots)
check("slots: tomorrow, and later", "over 1 dag" in run("slots", "--from", "2026-11-25", "--days", "1") or "over 2 dagen" in run("slots", "--from", "2026-11-25", "--days", "2"))
check("slots: none", "geen momenten in deze dagen" in run("slots", "--from", "2026-11-28", "--days", "1"))
kiosks = run("kiosks")
check("kiosks: how long ago, the printer, the queue, in Dutch", all(w in kiosks for w in ("(46 uur geleden)", "printer: geen papier", "nog te versturen: 3")) and "printer-says" not in kiosks, kiosks)
open("new.yaml", "w").write(hours.replace("slot-minutes: 30", "slot-minutes: 20").replace("holidays: ja", "holidays: nee").replace("[nl, tr]", "[nl, tr, uk]")
                            .replace("kerstavond", "kerst") + "  - { guide: els, first: 2027-01-11, last: 2027-01-15, reason: verlof }\n")
dry = run("hours", "new.yaml", "--dry-run")
check("hours: what changes, also languages, length, holidays", all(w in dry for w in ("± toeleider Nadia (nl tr uk)", "± een moment duurt 20 minuten", "± feestdagen: open",
      "- gesloten 2026-12-24 12:00–24:00 (kerstavond)", "+ gesloten 2027-01-11 – 2027-01-15 els (verlof)", "er is nog niets veranderd")), dry)
check("hours: and nothing did", run("hours", "hours.yaml", "--dry-run").startswith("momenten tot"))
check("help is within the columns", "--outcome started|waiting" in run("refer", "--help") and run("book", "--help"))

# ---- all that was said
def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
wide = [(words, line) for words, out, _ in said for line in out.splitlines() if width(line) > 100 and words[0] in ("today", "week", "slots", "show", "person", "follow-up", "kiosks", "hours", "block")]
check("no line of a list is wider than 100 columns", not wide, wide[:3])
tails = [(words, line) for words, out, err in said for line in (out + err).splitlines() if line != line.rstrip()]
check("no line ends in a space", not tails, tails[:3])
english = re.compile(r"\b(the|and|with|shown|exported|stored|booked|cancelled|arrived|minutes|ago|taken|slot|guide|nobody)\b")
words = [(w, line) for w, out, err in said for line in (out + err).splitlines() if "--help" not in w and english.search(re.sub(r'"[^"]*"|--[a-z]+ \S+|wegwijs-agenda \S+', "", line))]
check("no English", not words, words[:5])
check("and the agenda is sound", subprocess.run([AGENDA, "check"], stdout=subprocess.DEVNULL).returncode == 0)
P
