#!/bin/bash
# Whatever stands behind a command: the agenda answers in one clear Dutch sentence, with its documented status, and
# nothing is lost: every command with what is missing, double, empty, endless, impossible, or not what it seems.
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_CLOCK=2026-11-23T08:00 WEGWIJS_GUIDE=els
python3 - <<'P'
import hashlib, os, re, sqlite3, subprocess, sys
stage = os.environ["WEGWIJS_STAGE"]
agenda = stage + "/usr/local/bin/wegwijs-agenda"
config = stage + "/usr/local/share/wegwijs/kiosk-config"
number = 0
ENGLISH = set("""the there this that not cannot no such has have with file directory denied and can could be been read made taken
already booking slot missing expected wanted must key unknown column error failed found invalid open write written only guide day hour
an at it from to empty end line list person code: topic language word larger than too long""".split()) - {"open", "code:"}
DUTCH_TOO = {"is", "of", "week", "in", "word", "list"}

def run(*arguments, env=None, **more):
    return subprocess.run([agenda, *arguments], capture_output=True, stdin=subprocess.DEVNULL, timeout=60,
                          env={**os.environ, **(env or {})}, **more)

def tell(what, fault):
    global number
    number += 1
    print(("not ok" if fault else "ok"), number, "-", what)
    if fault:
        print("# " + str(fault).replace("\n", "\n# "))
    sys.stdout.flush()

def state(): # all that people promised each other, and what a report counts
    database = sqlite3.connect("agenda.db")
    out = [database.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in
           ("booking", "booking_slot", "slot", "person", "block", "lease", "referral", "signal", "count", "presence", "closure")]
    database.close()
    return out

def fault_of(result, statuses):
    if result.returncode not in statuses:
        return f"status {result.returncode}, not {statuses}: {result.stderr.decode('utf-8', 'replace')[:600]}"
    try:
        said = result.stderr.decode()
        result.stdout.decode()
    except UnicodeDecodeError as e:
        return f"not UTF-8: {e}"
    lines = said.splitlines()
    if result.returncode == 0:
        return None
    if not lines or not lines[0].strip() or len(lines) > (1 if result.returncode == 1 else 2):
        return f"{len(lines)} lines for status {result.returncode}: {said[:600]}"
    if any(ord(c) < 32 and c != "\n" for c in said):
        return f"control characters: {said[:300]!r}"
    if len(lines[0]) > 600 and "gebruik:" not in lines[0] and "wegwijs-agenda [--agenda" not in lines[0]:
        return f"{len(lines[0])} characters"
    words = set(re.findall(r"[a-z]+", re.sub(r'"[^"]*"', "", lines[0].replace("wegwijs-agenda", "")).lower()))
    words -= DUTCH_TOO
    if "month, what, channel" in lines[0] or "month,what,channel" in lines[0]: # the heading of a file
        words -= {"month", "what", "channel", "count"}
    if result.returncode == 2 and lines[0].startswith("gebruik:"):
        return None
    return f"English ({', '.join(sorted(words & ENGLISH))}): {lines[0]}" if words & ENGLISH else None

assert run("init").returncode == 0 and run("hours", config + "/hours.yaml").returncode == 0
booked = run("book", "--slot", "els@2026-11-24T09:30", "--first", "Proef", "--last", "Persoon", "--phone", "0470123456")
code = re.search(r"([2-9A-Z]{3}) ([2-9A-Z]{3})", booked.stdout.decode()).group(0).replace(" ", "")
slot = ("book", "--slot", "els@2026-11-24T11:00", "--first", "A", "--last", "B")
open("utf16.csv", "wb").write("month,what,channel,count\n2016-01,reached,,3\n".encode("utf-16"))
open("zero.csv", "wb").write(b"month,what,channel,count\n2016-01,reached,,3\0\n")
open("negative.csv", "w").write("month,what,channel,count\n2016-01,reached,,-3\n")
open("huge.csv", "w").write("month,what,channel,count\n2016-01,reached,,99999999999999999999\n")
open("month.csv", "w").write("month,what,channel,count\n2016-13,reached,,3\n")
open("few.csv", "w").write("month,what,channel,count\n2016-01,reached\n")
open("leeg", "w").close()
open("noise", "wb").write(os.urandom(4000))
open("text.db", "w").write("dit is geen agenda, maar een brief\n" * 100)
os.mkdir("folder")
yaml = "slot-minutes: 30\npublic-holidays: nee\nguides:\n  - { id: els, name: Els, languages: [nl] }\nhours:\n"
hours = {"night": yaml + '  - { guide: els, day: maandag, from: "25:61", to: "12:00" }\n',
         "backwards": yaml + '  - { guide: els, day: maandag, from: "12:00", to: "09:00" }\n',
         "weekday": yaml + '  - { guide: els, day: monday, from: "09:00", to: "12:00" }\n',
         "nobody": yaml + '  - { guide: jan, day: maandag, from: "09:00", to: "12:00" }\n',
         "overlap": yaml + '  - { guide: els, day: maandag, from: "09:00", to: "12:00" }\n' * 2,
         "february": yaml + '  - { guide: els, day: maandag, from: "09:00", to: "12:00", first: 2027-02-30 }\n',
         "koffie": yaml + '  - { guide: els, day: maandag, from: "09:00", to: "12:00", koffie: ja }\n',
         "zonder": yaml + '  - { guide: els, from: "09:00", to: "12:00" }\n',
         "minutes": yaml.replace("30", "3") + '  - { guide: els, day: maandag, from: "09:00", to: "12:00" }\n',
         "words": yaml.replace("30", "dertig"), "noyaml": "a: [\n", "twice": yaml.replace("hours:", "  - { id: els, name: Els }\nhours:")}
for name, text in hours.items():
    open(name + ".yaml", "w").write(text)
long = "x" * 10000
commands = re.findall(r"^  ([a-z][a-z-]*) ", run("help").stdout.decode(), re.M)
tell("the commands are known", None if len(commands) > 25 else commands)
LONELY = {"init": (1,), "today": (0,), "week": (0,), "slots": (0,), "follow-up": (0,), "report": (0,), "kiosks": (0,), "limits": (0,),
          "check": (0,), "purge": (0,), "ics": (0,), "serve": (2,)}
cases = {}
for command in commands:
    cases[command] = [((command,), LONELY.get(command, (2,)))]
    cases[command] += [((command, *rest), (1, 2)) for rest in (
        ("",) * 9, (long,), ("a", "b", "c", "d", "e"), ("--nonsense",), ("--nonsense=1",), ("--",) + ("-",) * 9, ("\x1b[31m\n\t",) * 5,
        ("--date",), ("--format", "docx"), ("--days", "-1"), ("ÿþ\ufeff",) * 5)]
    cases[command].append(((command, "--help", "x"), (0, 1, 2)))
def more(command, *rests, statuses=(1, 2)):
    cases[command] += [((command, *rest), statuses) for rest in rests]
DAYS = ("2027-02-30", "2026-13-01", "2026-11-24T09:30", "gisteren", "", "0", "99999-01-01", "2026-1-1", " 2026-11-24", "-1")
for command in ("today", "week"):
    more(command, *[("--date", day) for day in DAYS], ("--days", "0"), ("--days", "7x"), ("--days", ""), ("--days", "99999999999999999999"),
         ("--guide", "niemand"), ("--guide", long), ("--date", "morgen", "--date", "morgen"), ("--format", ""), ("--no-names=ja",), ("--date", long))
more("slots", *[("--from", day) for day in DAYS], ("--days", "-1"), ("--days", "1e9"), ("--days", "801"))
for command in ("show", "arrive", "no-show", "excused", "done", "cancel", "settle", "slip"):
    more(command, ("222222",), ("22222",), ("OOOOOO",), (code[:5] + "0",), (code[:5] + "O",), (code + "2",), (code, code), ("٢٢٢٢٢٢",))
more("arrive", (code,)); more("done", (code,)); more("no-show", (code,))
for moment in ("2027-02-30T09:30", "2026-11-24T25:61", "2026-11-24", "T", "els@", "@2026-11-24T09:30", "els@2026-11-24T9:30", "jan@2026-11-24T09:30",
               long, "els@els@2026-11-24T09:30", "els@2026-11-24T09:30", "2026-12-25T09:30", "els@2026-11-24T09:31"):
    more("move", (code, moment), *([] if moment == "els@2026-11-24T09:30" else [("222222", moment)]))
    more("book", ("--slot", moment, "--first", "A", "--last", "B"))
cases["move"] = [c for c in cases["move"] if c[0] != ("move", code, "els@2026-11-24T09:30")]
more("move", (code, "els@2026-11-24T11:00", "--slots", "0"), (code, "els@2026-11-24T11:00", "--slots", "17"), (code, "els@2026-11-24T11:30", "--slots", "3"))
more("book", slot[1:] + ("--phone", "geen nummer"), statuses=(0, 1, 2))
for extra in (("--topic", "cooking"), ("--topic",), ("--topic", long), ("--answer", "dutch"), ("--answer", "dutch=perfect"), ("--answer", "=",), ("--language", "xx"),
              ("--language", long), ("--referred", "buurvrouw"), ("--channel", "duif"), ("--slots", "-1"), ("--slots", "99"), ("--slots", "2,5"),
              ("--callback",), ("--first", "B"), ("--phone", "1", "--phone", "2"), *[("--topic", "work")] * 1 + [("--topic", "work", "--topic", "dutch") * 6]):
    more("book", slot[1:] + extra)
for name in (long, "a\nb", "a\tb", "\x1b[2Jwis", "", "\u202eomgekeerd", "x" * 200):
    more("book", ("--slot", "els@2026-11-24T11:00", "--first", name, "--last", "B"), ("--slot", "els@2026-11-24T11:00", "--first", "A", "--last", name + "\n"))
more("join", (code, code), (code, "222222"), ("222222", code), (code,))
for command in ("block", "unblock"):
    more(command, ("niemand", "today"), ("els", "2027-02-30"), ("els", "2026-11-26", "2026-11-25"), ("els", "2026-11-26T10:00", "2026-11-26T09:00"),
         ("els",), ("", "today"), ("els", "2026-11-26T25:00"))
more("refer", (code, "bakker"), ("222222", "ligo"), (code, "ligo", "--due", "2027-02-30"), (code, "ligo", "--topic", "koken"), (code, "ligo", "--outcome", "Een Zin"),
     (code, "vdab", "--outcome", "started"), (code, "ligo", "--due", ""))
more("signal", (code, "koken"), ("222222", "work"), (code, "work", "--kind", "wens"), (code, "work", "--label", "Mevrouw Peeters zei"), (code, "work", "--label", long))
more("follow-up", *[("--until", day) for day in DAYS])
more("report", ("--from", "2026-13"), ("--from", "2026"), ("--from", "2026-05", "--to", "2026-01"), ("--to", ""), ("--format", "ics"), ("--from", "x" * 300))
more("import", ("none.csv",), ("utf16.csv",), ("zero.csv",), ("negative.csv",), ("huge.csv",), ("month.csv",), ("few.csv",), ("leeg",), ("noise",), ("folder",), ("/dev/null",))
more("hours", ("none.yaml",), ("folder",), ("leeg",), ("noise",), ("utf16.csv",), *[(name + ".yaml",) for name in hours])
more("limits", ("--hour", "-1"), ("--hour", "veel"), ("--day", "1000000"), ("--hour", "1", "--hour", "2"), ("--day", ""))
more("revoke", ("lobby-9",), ("lobby-9", "--yes"), ("", "--yes"))
more("backup", ("folder",), ("none/copy.db",), ("agenda.db",), ("/proc/copy.db",), ("",))
more("purge", ("--days", "0"), ("--days", "-1"), ("--days", "9999"), ("--days", "x"))
more("person", ("show", "222222"), ("show", "0499999999"), ("bekijk", code), ("correct", code, "--first", long), ("correct", code, "--first", "a\nb"),
     ("erase", code), ("export", ""), ("correct", code, "--first", "x" * 200))
before = state()
for command in commands:
    faults = []
    for arguments, statuses in cases[command]:
        try:
            result = run(*arguments)
        except (ValueError, OSError) as error:
            faults.append(error)
            continue
        fault = fault_of(result, statuses)
        if fault:
            faults.append(f"{' '.join(a[:60] for a in arguments)!r}: {fault}")
    if command == "book": # the one that may be taken
        for row in sqlite3.connect("agenda.db").execute("SELECT code FROM booking WHERE code <> ?", (code,)).fetchall():
            faults.append(f"booked {row}") if run("cancel", row[0]).returncode else None
    tell(f"{command}: {len(cases[command])} ways to use it wrongly", "\n".join(faults))
after = state()
mine = lambda rows: sorted(repr(row[:16]) for table in rows for row in table if not (len(row) > 10 and row[1] != code)) # a booking: all but when it was seen
people = lambda rows: sorted(repr(row) for row in rows[3])
lost = [row for row in mine(before) if row not in mine(after)]
new = [row for row in mine(after) if row not in mine(before) and row not in people(after)]
tell("nothing was lost and nothing happened", "\n".join(["lost:", *lost, "new:", *new]) if lost or new else None)

bad = ["frobnicate", "", "--nonsense", long, "\x1b[31m", "TODAY"]
tell("commands that are none", "\n".join(filter(None, (fault_of(run(c), (2,)) for c in bad))))
faults = [fault_of(run("today", *rest), statuses) for rest, statuses in (
    (("--agenda",), (2,)), (("--agenda", ""), (2,)), (("--agenda", long), (2,)), (("--agenda", "none.db"), (1,)), (("--agenda", "folder"), (1,)),
    (("--agenda", "leeg"), (1,)), (("--agenda", "noise"), (1,)), (("--agenda", "text.db"), (1,)), (("--by", "x" * 100), (2,)), (("--by", "a\nb"), (2,)), (("--by",), (2,)))]
faults += [fault_of(run("refer", code, "ligo", "--config", c), (1,)) for c in ("none", "folder", "leeg")]
faults += [fault_of(run("init", "--agenda", p), (1,)) for p in ("folder", "leeg", "leeg/x.db", "/proc/x.db")]
tell("agendas and folders that are none", "\n".join(filter(None, faults)))
tell("a file that is no agenda stays as it was", None if open("text.db").read().startswith("dit is") and os.path.getsize("leeg") == 0 else "changed")
if os.path.exists("/dev/full"):
    faults = []
    for arguments in (("today",), ("today", "--format", "csv"), ("week", "--format", "html"), ("slots",), ("help",), ("report",)):
        with open("/dev/full", "w") as full:
            result = subprocess.run([agenda, *arguments], stdout=full, stderr=subprocess.PIPE, timeout=60)
        result.stdout = b""
        faults.append(fault_of(result, (1,)))
    tell("output that nobody can write", "\n".join(filter(None, faults)))
if os.geteuid() == 0:
    os.chmod(".", 0o755)
    os.mkdir("locked", 0o700)
    open("locked/hours.yaml", "w").close()
    def other(*arguments, **more):
        return run(*arguments, preexec_fn=lambda: (os.setgid(65534), os.setuid(65534)), **more)
    subprocess.run(["sh", "-c", "mkdir -m 777 theirs && cp agenda.db theirs/own.db && cp agenda.db.key theirs/own.db.key && chown -R 65534 theirs && cp agenda.db locked/ && chmod 600 agenda.db"])
    own = {"WEGWIJS_AGENDA": os.path.abspath("theirs/own.db")}
    readable = other("help").returncode == 0 # else the stage itself is closed to them
    faults = [fault_of(other("today"), (1,)), fault_of(other("today", env={"WEGWIJS_AGENDA": os.path.abspath("locked/agenda.db")}), (1,)),
              fault_of(other("hours", "locked/hours.yaml", env=own), (1,)), fault_of(other("import", "locked/hours.yaml", env=own), (1,)),
              fault_of(other("backup", "locked/copy.db", env=own), (1,)), fault_of(other("init", "--agenda", "locked/new.db"), (1,))]
    tell("no permission" + ("" if readable else " # SKIP the programs are not for others"), "\n".join(filter(None, faults)) if readable else None)
tell("at the end the agenda is sound", None if run("check").returncode == 0 else run("check").stdout)
print(f"1..{number}")
P
