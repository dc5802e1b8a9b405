#!/bin/bash
# `wegwijs-agenda check` proves what was promised in the data: an agenda that lived through everything the commands do
# is sound; then each promise is broken in a copy, behind the program's back, and check names it and the row, in Dutch,
# without personal data, without touching the file.
python3 -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("sodium"))' || { echo "ok 1 - check # SKIP no libsodium"; exit 0; }
tests=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_GUIDE=els PYTHONPATH=$tests PYTHONDONTWRITEBYTECODE=1
python3 - <<'P'
import datetime, hashlib, json, os, re, shutil, sqlite3, subprocess, sys
from kiosk_end import AGENDA, Kiosk
stage = os.environ["WEGWIJS_STAGE"]
texts = open(stage + "/usr/local/share/wegwijs/lang/agenda-nl.po").read()
texts = {k: t.replace('\\"', '"') for k, t in re.findall(r'^msgid "cli\.check\.(.*)"\nmsgstr "(.*)"', texts, re.M)}
number, used = 0, set()

def tell(what, fault=None):
    global number
    number += 1
    print("not ok" if fault else "ok", number, "-", what)
    if fault:
        print("# " + str(fault).replace("\n", "\n# "))
    sys.stdout.flush()

def clock(text):
    os.environ["WEGWIJS_CLOCK"] = text

def run(*words):
    result = subprocess.run([AGENDA, *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert result.returncode == 0, (words, result.stderr)
    return result.stdout

def book(*words, first="Proef"):
    out = run("book", "--first", first, "--last", "Persoon", *words)
    return re.search(r"[2-9A-Z]{3} [2-9A-Z]{3}", out).group(0).replace(" ", "")

def instant(text): # a kiosk's clock
    return int(datetime.datetime.fromisoformat(text + "+01:00").timestamp())

def check(database):
    result = subprocess.run([AGENDA, "--agenda", database, "check"], capture_output=True, text=True)
    return result.returncode, result.stdout, result.stderr

def bytes_of(database):
    return hashlib.sha256(open(database, "rb").read()).hexdigest(), sorted(n for n in os.listdir(".") if n.startswith(database))

# ---- everything that the commands do
hours = """slot-minutes: 30
public-holidays: ja
guides:
  - { id: els, name: Els, languages: [nl, ro] }
  - { id: karim, name: Karim, languages: [nl, ar] }
%shours:
  - { guide: els, day: dinsdag, from: "09:00", to: "12:00" }
  - { guide: els, day: donderdag, from: "09:00", to: "12:00" }
  - { guide: karim, day: dinsdag, from: "09:00", to: "12:00" }
%sclosures:
  - { first: 2026-12-24, last: 2026-12-31, reason: kerst }
"""
open("hours.yaml", "w").write(hours % ("  - { id: nora, name: Nora, languages: [nl] }\n",
                                       '  - { guide: nora, day: woensdag, from: "09:00", to: "12:00" }\n'))
open("less.yaml", "w").write(hours % ("", ""))
open("counts.csv", "w").write("month,what,channel,count\n2016-01,reached,letter,32\n2016-02,reached,letter,43\n")
clock("2026-10-05T08:00")
run("init"); run("hours", "hours.yaml"); run("import", "counts.csv")
for start, what in (("2026-10-06T09:00", "done"), ("2026-10-06T09:30", "no-show"), ("2026-10-06T10:00", "excused")):
    code = book("--slot", "els@" + start, "--phone", "0470111111", "--topic", "dutch", "--answer", "dutch=none", "--no-join")
    clock("2026-10-06T11:00"); run(what, code)
    if what == "done":
        run("refer", code, "ligo"); run("signal", code, "dutch", "--kind", "gap")
    clock("2026-10-05T08:00")
book("--callback", "--phone", "0470111112")
clock("2026-11-23T08:00")
assert "4 afspraken" in run("purge"), "what is old becomes counts"

forced = book("--slot", "els@2026-11-24T09:00", "--slots", "2", "--phone", "0470333333", "--topic", "work", "--answer", "work=no")
absent = book("--slot", "els@2026-11-24T11:30")
one = Kiosk("lobby-1", "a" * 32)
held = one.sync(leases=8, codes=4, days=3)
leases, made = held["leases"], instant("2026-11-23T08:00")
pair = one.lease("2026-12-01T09:00", "2026-12-01T09:30")
from_kiosk, callback = one.booking(leases[:1], made=made), one.booking(code=held["codes"][0], made=made)
assert one.send(from_kiosk, one.booking(pair, made=made), callback) == ["stored"] * 3
one.sync(returned=[{k: leases[1][k] for k in ("guide", "start", "code")}], leases=8, codes=4, days=3)
# a moment of this kiosk is taken back and given to another: its visitor keeps a booking without a moment
other = Kiosk("lobby-2", "b" * 32)
twice = other.lease("2026-12-01T11:00")
run("revoke", "lobby-2", "--yes")
book("--slot", "els@2026-12-01T11:00", "--no-join")
assert other.send(other.booking(twice, made=made), other.booking(twice, made=made)) == ["kept", "kept"]
other.sync(leases=2, codes=1, days=3)
# one that a restored agenda has lost, dealt with, and one that is still open
def lost(code, start):
    return {"id": hashlib.md5(code.encode()).hexdigest(), "code": code, "guide": "els", "start": start, "slots": 1}
spare = one.sync(codes=4)["codes"]
one.sync(receipts=[lost(spare[-1], "2026-12-03T09:00"), lost(spare[-2], "2026-12-03T09:30")])
run("settle", spare[-1])
one.stop()
clock("2026-11-23T09:00") # another machine under that name; then the first comes back
stranger = Kiosk("lobby-1", "c" * 32)
assert "public_key" in stranger.greeting, stranger.greeting
stranger.stop(); other.stop()
run("revoke", "lobby-1", "--yes")
back = Kiosk("lobby-1", "a" * 32)
back.sync(leases=8, codes=4, days=3)
back.stop()

moved = book("--slot", "els@2026-12-03T10:00", "--phone", "0470222222", "--language", "so", "--topic", "dutch", first="Zeldzaam")
run("move", moved, "karim@2026-12-08T09:00")
clock("2026-11-24T09:05")
run("arrive", forced); run("done", forced); run("arrive", forced, "--force"); run("done", forced)
run("refer", forced, "vdab"); run("refer", forced, "ligo"); run("refer", forced, "vdab", "--outcome", "started")
run("signal", forced, "work", "--kind", "obstacle", "--label", "geen-diploma")
walk_in = book("--now", "--guide", "karim")
book("--now", "--guide", "karim") # at the same hour: outside the slots
clock("2026-11-24T11:00")
run("no-show", absent); run("excused", absent)
cancelled = book("--slot", "els@2026-12-10T09:00")
run("cancel", cancelled); run("excused", cancelled, "--force"); run("cancel", cancelled)
again = book("--slot", "els@2026-12-10T09:00", "--phone", "0470444444")
run("person", "correct", again, "--first", "Juist")
path = book("--slot", "els@2026-12-10T10:00", "--join", again)
run("join", path, moved, "--yes")
erased = book("--slot", "els@2026-12-10T11:00", "--phone", "0470555555", "--language", "ar")
second = book("--slot", "els@2026-12-10T11:30", "--join", erased)
run("cancel", erased); run("cancel", second); run("person", "erase", erased)
book("--slot", "nora@2026-12-02T09:00") # her hours go, the booking stays
sick = book("--slot", "karim@2026-12-15T09:00")
run("block", "karim", "2026-12-15", "--reason", "ziek"); run("move", sick, "els@2026-12-15T09:00")
run("block", "els", "2026-12-17T09:00", "2026-12-17T11:00"); run("unblock", "els", "2026-12-17T10:00", "2026-12-17T11:00")
run("hours", "less.yaml"); run("limits", "--hour", "40")
run("today"); run("week")
attention = sqlite3.connect("agenda.db").execute("SELECT code FROM booking WHERE attention = 'taken' ORDER BY code").fetchall()
assert len(attention) == 2, attention
run("arrive", attention[0][0], "--force") # seen all the same

def sound(when):
    clock(when)
    before = bytes_of("agenda.db")
    status, out, err = check("agenda.db")
    return None if (status, out, err) == (0, texts["good"] + "\n", "") and bytes_of("agenda.db") == before else (status, out, err, before, bytes_of("agenda.db"))
tell("an agenda that lived through everything is sound", sound("2026-11-24T12:00"))
tell("and later, beyond the slots that were made", sound("2027-09-01T09:00"))
tell("and with a clock that went back", sound("2026-10-01T09:00"))
clock("2026-11-24T12:00")
run("backup", "copy.db")
before = bytes_of("copy.db")
status, out, err = check("copy.db")
tell("a copy without its key is sound, and says that the key is not there", None if (status, err) == (0, "") and "copy.db.key" in out
     and out.startswith(texts["good"]) and bytes_of("copy.db") == before else (status, out, err, before, bytes_of("copy.db")))
for end in ("-wal", "-shm"):
    assert not os.path.exists("agenda.db" + end)

# ---- each promise, broken: the rule that must speak, the harm, what it must name (SQL over the healthy agenda, or a text)
B = "SELECT code FROM booking WHERE "
TALK = B + "state = 'done'"
PLAIN = B + "state = 'booked' AND kind = 'slot' AND attention IS NULL AND slots = 1 AND start LIKE '2026-12-08%'"
KIOSK = B + "kind = 'callback' AND state = 'booked'"
LEASE = "SELECT code FROM lease WHERE kiosk = 'lobby-1' ORDER BY code LIMIT 1"
of = lambda q: f"({q.replace('SELECT code', 'SELECT id', 1)})"
harms = [
    ("slot-owners", f"INSERT INTO block (slot, made) SELECT slot, '2026-11-23T07:00:00Z' FROM booking_slot WHERE booking = {of(PLAIN)}", "karim 2026-12-08T09:00"),
    ("slot-owners", f"INSERT INTO booking_slot (slot, booking) SELECT slot, {of(PLAIN)} FROM lease WHERE code = ({LEASE})",
     f"SELECT s.guide || ' ' || s.start FROM lease l JOIN slot s ON s.id = l.slot WHERE l.code = ({LEASE})"),
    ("slot-overlap", "INSERT INTO slot (guide, start, ends, minutes, offered) VALUES ('els', '2026-12-01T09:10', '2026-12-01T09:40', 30, 0)", "els 2026-12-01T09:00, 2026-12-01T09:10"),
    ("slot-time", "UPDATE slot SET ends = '2026-12-22T09:25' WHERE guide = 'els' AND start = '2026-12-22T09:00'", "els 2026-12-22T09:00"),
    ("slot-time", "UPDATE slot SET start = '2026-02-30T09:00', ends = '2026-02-30T09:30' WHERE guide = 'els' AND start = '2026-12-22T09:00'", "els 2026-02-30T09:00"),
    ("slot-missing", "DELETE FROM slot WHERE guide = 'els' AND start = '2026-12-22T09:00'", "els 2026-12-22T09:00"),
    ("slot-outside", "INSERT INTO slot (guide, start, ends, minutes) VALUES ('nora', '2026-12-16T09:00', '2026-12-16T09:30', 30)", "nora 2026-12-16T09:00"),
    ("slot-outside", "UPDATE slot SET offered = 1 WHERE guide = 'nora' AND start = '2026-12-02T09:00'", "nora 2026-12-02T09:00"),
    ("slot-outside", "INSERT INTO slot (guide, start, ends, minutes) VALUES ('els', '2026-12-24T09:00', '2026-12-24T09:30', 30)", "els 2026-12-24T09:00"),
    ("booking-slots", f"DELETE FROM booking_slot WHERE booking = {of(PLAIN)}", PLAIN),
    ("booking-slots", f"UPDATE booking SET guide = 'els' WHERE code = ({PLAIN})", PLAIN),
    ("booking-slots", f"UPDATE booking SET minutes = 45 WHERE code = ({PLAIN})", PLAIN),
    ("booking-slots", "DELETE FROM booking_slot WHERE slot = (SELECT id FROM slot WHERE guide = 'els' AND start = '2026-12-01T09:30')", B + "start = '2026-12-01T09:00'"),
    ("booking-slots", "UPDATE booking_slot SET slot = (SELECT id FROM slot WHERE guide = 'els' AND start = '2026-12-01T10:00') WHERE slot = (SELECT id FROM slot WHERE guide = 'els'"
     " AND start = '2026-12-01T09:30')", B + "start = '2026-12-01T09:00'"), # not one after the other
    ("booking-slots", f"DELETE FROM booking_slot WHERE booking = (SELECT id FROM booking WHERE code = '{forced}')", forced),
    ("booking-start", f"UPDATE booking SET start = '2026-12-08T09:30' WHERE code = ({PLAIN})", PLAIN),
    ("booking-freed", "UPDATE booking_slot SET booking = (SELECT id FROM booking WHERE state = 'cancelled' LIMIT 1) WHERE slot = (SELECT id FROM slot WHERE guide = 'els' AND start ="
     " '2026-12-01T09:30')", B + "state = 'cancelled' LIMIT 1"),
    ("booking-freed", "UPDATE booking_slot SET booking = (SELECT id FROM booking WHERE state = 'excused' LIMIT 1) WHERE slot = (SELECT id FROM slot WHERE guide = 'els' AND start ="
     " '2026-12-01T09:30')", B + "state = 'excused' LIMIT 1"),
    ("booking-freed", f"INSERT INTO booking_slot (slot, booking) SELECT id, {of(KIOSK)} FROM slot WHERE start = '2026-12-22T10:00' AND guide = 'els'", KIOSK),
    ("booking-state", f"UPDATE booking SET state = 'no-show' WHERE code = ({PLAIN})", PLAIN),
    ("booking-state", f"DELETE FROM event WHERE subject = '{sick}' AND what IN ('booking stored', 'moved')", sick),
    ("booking-changes", f"UPDATE booking SET sequence = sequence + 1 WHERE code = ({PLAIN})", PLAIN),
    ("event-order", f"UPDATE event SET detail = 'no-show to done' WHERE subject = '{forced}' AND id = (SELECT max(id) FROM event WHERE subject = '{forced}' AND what = 'state')", forced),
    ("event-order", f"UPDATE event SET id = -1 WHERE subject = '{forced}' AND id = (SELECT max(id) FROM event WHERE subject = '{forced}' AND what = 'state')", forced),
    ("booking-value", f"UPDATE booking SET state = 'weg' WHERE code = ({PLAIN})", PLAIN),
    ("booking-value", f"UPDATE booking SET start = '2026-12-08T25:00' WHERE code = ({PLAIN})", PLAIN),
    ("booking-value", f"UPDATE booking SET id = upper(id) WHERE code = ({KIOSK})", KIOSK),
    ("booking-value", f"UPDATE booking SET attention = 'taken' WHERE code = ({TALK} LIMIT 1)", TALK + " LIMIT 1"),
    ("booking-value", f"UPDATE booking SET minutes = 30 WHERE code = ({KIOSK})", KIOSK),
    ("booking-kiosk", f"UPDATE booking SET kiosk = 'lobby-9' WHERE code = ({KIOSK})", KIOSK),
    ("booking-lines", f"UPDATE booking SET topics = 'leisure' WHERE code = ({PLAIN})", PLAIN),
    ("booking-lines", f"DELETE FROM indicator WHERE booking = {of(KIOSK)}", KIOSK),
    ("talk", f"DELETE FROM talk WHERE booking = {of(B + 'code = ' + repr(forced))}", forced),
    ("talk", f"UPDATE talk SET ended = NULL WHERE booking = {of(B + 'code = ' + repr(forced))}", forced),
    ("talk", f"INSERT INTO talk (booking, guide, began) VALUES ({of(PLAIN)}, 'els', '2026-11-23T07:00:00Z')", PLAIN),
    ("promise", f"DELETE FROM booking_slot WHERE booking = {of(PLAIN)}; DELETE FROM booking_topic WHERE booking = {of(PLAIN)}; DELETE FROM booking WHERE code = ({PLAIN})", PLAIN),
    ("promise", "DELETE FROM lost WHERE settled IS NOT NULL", "SELECT code FROM lost WHERE settled IS NOT NULL"),
    ("promise", "DELETE FROM forgotten WHERE id = (SELECT min(id) FROM forgotten)", "SELECT code FROM forgotten WHERE id = (SELECT min(id) FROM forgotten)"),
    ("lost", f"UPDATE lost SET id = {of(KIOSK)} WHERE settled IS NULL", "SELECT code FROM lost WHERE settled IS NULL"),
    ("lost", "DELETE FROM event WHERE what = 'booking missing after a restore'", "SELECT code FROM lost WHERE settled IS NULL"),
    ("block", "UPDATE lost SET settled = '2026-11-24T07:00:00Z' WHERE settled IS NULL", "els 2026-12-03T09:30"),
    ("code", "UPDATE code SET code = 'AAAAAB' WHERE code = (SELECT code FROM code WHERE kind = 'spare' LIMIT 1)", "AAAAAB"),
    ("code-kind", f"UPDATE code SET kind = 'spare' WHERE code = ({PLAIN})", PLAIN),
    ("lease-code", f"UPDATE lease SET code = ({PLAIN}) WHERE code = ({LEASE})", PLAIN),
    ("lease-code", f"UPDATE code SET kind = 'spare' WHERE code = ({LEASE})", LEASE),
    ("lease-event", f"DELETE FROM event WHERE subject = ({LEASE})", LEASE),
    ("lease-ended", "UPDATE kiosk SET last_contact = '2027-06-01T07:00:00Z' WHERE name = 'lobby-2'",
     "SELECT kiosk || ' ' || start FROM lease l JOIN slot s ON s.id = l.slot WHERE kiosk = 'lobby-2' ORDER BY start LIMIT 1"),
    ("lease-ended", "INSERT INTO event (at, who, what, subject, detail) VALUES ('2026-11-24T07:00:00Z', 'guide els', 'leases revoked', 'lobby-2', '0')",
     "SELECT kiosk || ' ' || start FROM lease l JOIN slot s ON s.id = l.slot WHERE kiosk = 'lobby-2' ORDER BY start LIMIT 1"),
    ("reference", f"UPDATE booking SET guide = 'niemand' WHERE code = ({PLAIN})", f"SELECT 'booking ' || ({PLAIN}) || ' → guide'"),
    ("reference", f"UPDATE booking SET person = 4711 WHERE code = ({PLAIN})", f"SELECT 'booking ' || ({PLAIN}) || ' → person'"),
    ("reference", "UPDATE booking_slot SET booking = 'x' WHERE slot = (SELECT max(slot) FROM booking_slot)", "SELECT 'booking_slot ' || max(slot) || ' → booking' FROM booking_slot"),
    ("reference", "UPDATE lease SET slot = 99999 WHERE slot = (SELECT max(slot) FROM lease)", "lease 99999 → slot"),
    ("reference", "INSERT INTO booking_topic VALUES ('weg', 0, 'dutch')", "booking_topic weg → booking"),
    ("reference", "INSERT INTO indicator VALUES ('weg', 'dutch', 'none')", "indicator weg → booking"),
    ("reference", "INSERT INTO talk VALUES ('weg', 'els', '2026-11-23T07:00:00Z', NULL)", "talk "),
    ("reference", "UPDATE referral SET booking = 'weg' WHERE id = (SELECT max(id) FROM referral)", "SELECT 'referral ' || max(id) || ' → booking' FROM referral"),
    ("reference", "UPDATE presence SET guide = 'weg' WHERE id = (SELECT max(id) FROM presence)", "SELECT 'presence ' || max(id) || ' → guide' FROM presence"),
    ("referral", "UPDATE referral SET due = '2026-02-30'", forced),
    ("referral-event", "DELETE FROM referral WHERE outcome IS NULL", forced),
    ("referral-event", "UPDATE referral SET outcome = 'done' WHERE outcome IS NULL", forced),
    ("signal-event", f"DELETE FROM signal WHERE booking = {of(B + 'code = ' + repr(forced))}", forced),
    ("words", f"UPDATE signal SET label = 'Jan Peeters' WHERE booking = {of(B + 'code = ' + repr(forced))}", "SELECT 'signal ' || max(id) FROM signal"),
    ("words", f"UPDATE booking SET referred = 'De buurvrouw' WHERE code = ({PLAIN})", f"SELECT 'booking ' || ({PLAIN})"),
    ("person", "INSERT INTO person (id, first_name, last_name, phone) VALUES (4711, 'Jan', 'Peeters', '')", "4711"),
    ("person-value", "UPDATE person SET phone = 'bel de buurvrouw' WHERE id = (SELECT max(id) FROM person)", "SELECT max(id) FROM person"),
    ("person-value", "UPDATE person SET first_name = '', last_name = '' WHERE id = (SELECT max(id) FROM person)", "SELECT max(id) FROM person"),
    ("erased", f"UPDATE booking SET person = NULL, language = '' WHERE code = ({PLAIN})", PLAIN),
    ("erased", "UPDATE booking SET language = 'ar' WHERE person IS NULL", B + "person IS NULL ORDER BY code LIMIT 1"),
    ("forgotten", f"INSERT INTO forgotten (id, code) SELECT id, code FROM booking WHERE code = ({PLAIN})", PLAIN),
    ("purged", "UPDATE count SET count = count + 1 WHERE source = 'purge' AND what = 'bookings'", "4 ≠ 5"),
    ("purged", "DELETE FROM count WHERE source = 'purge' AND what = 'callback'", "4 ≠ 3"),
    ("count", "UPDATE count SET count = -1 WHERE source = 'import' AND month = '2016-01'", "2016-01 reached  letter"),
    ("count", "UPDATE count SET month = '2016-13' WHERE source = 'import' AND month = '2016-01'", "2016-13 reached  letter"),
    ("import", "DELETE FROM count WHERE source = 'import' AND month = '2016-01'", "SELECT substr(digest, 1, 8) FROM import"),
    ("import", "DELETE FROM import", "SELECT substr(digest, 1, 8) FROM import"),
    ("import", "INSERT INTO count VALUES ('2016-03', 'reached', '', 'letter', 'import', 25)", "3 > 2"),
    ("event", f"UPDATE event SET detail = '+32470123456' WHERE subject = '{forced}' AND what = 'signal'", f"SELECT id FROM event WHERE subject = '{forced}' AND what = 'signal'"),
    ("event", "UPDATE event SET at = 'gisteren' WHERE id = 3", "3"),
    ("instant", f"UPDATE booking SET made = 'gisteren' WHERE code = ({PLAIN})", f"SELECT 'booking ' || ({PLAIN})"),
    ("instant", "UPDATE kiosk SET last_contact = 'net' WHERE name = 'lobby-2'", "kiosk lobby-2"),
    ("setting", "UPDATE setting SET value = 'dertig' WHERE name = 'slot_minutes'", "slot_minutes"),
    ("setting", "UPDATE setting SET value = '0' WHERE name = 'slot_minutes'", "slot_minutes"),
    ("setting", "UPDATE setting SET value = '2026-02-30' WHERE name = 'slots_until'", "slots_until"),
    ("setting", "UPDATE setting SET value = 'geen' WHERE name = 'limit_hour'", "limit_hour"),
    ("hours", "UPDATE presence SET first_day = 'nooit' WHERE guide = 'karim'", "karim 2"),
    ("hours", "UPDATE closure SET last_day = '2026-12-99'", "2026-12-24 2026-12-99"),
    ("schema", "DROP INDEX booking_person", "index booking_person"),
    ("schema", "TRIGGER lease_owner", "trigger lease_owner"),
    ("schema", "DROP VIEW day", "view day"),
    ("damage", "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, '(person)', '(guide)') WHERE name = 'booking_person'", "booking_person"),
]

healthy = sqlite3.connect("agenda.db")
private = {value for row in healthy.execute("SELECT first_name, last_name, phone FROM person") for value in row if value} | {"Peeters", "buurvrouw", "+32470123456"}

def spoil(harm):
    """Behind the program's back: no foreign keys, no checks, and the triggers away while it happens."""
    shutil.copy("agenda.db", "bad.db"); shutil.copy("agenda.db.key", "bad.db.key")
    for end in ("-wal", "-shm"):
        if os.path.exists("bad.db" + end):
            os.remove("bad.db" + end)
    database = sqlite3.connect("bad.db", isolation_level=None)
    database.execute("PRAGMA ignore_check_constraints = ON")
    triggers = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    gone = harm.split()[1] if harm.startswith("TRIGGER") else None
    if not gone:
        before = database.total_changes
        database.executescript(harm)
        assert database.total_changes > before or harm.startswith(("DROP", "PRAGMA")), "nothing was harmed: " + harm
    for name, sql in triggers:
        if name != gone:
            database.execute(sql)
    database.close()

for rule, harm, subject in harms:
    used.add(rule)
    if subject.startswith("SELECT"):
        row = healthy.execute(subject).fetchone()
        assert row and row[0] is not None, subject
        subject = str(row[0])
    spoil(harm)
    before = bytes_of("bad.db")
    status, out, err = check("bad.db")
    begin, end = texts[rule].split("{subject}")
    found = [line for line in out.splitlines() if line.startswith(begin) and line.endswith(end)]
    named = [line for line in found if (line == begin + subject + end if rule not in ("damage", "reference") else subject in line)]
    fault = None
    if status != 1 or err.count("\n") != 1 or not err.startswith("de agenda klopt niet ("):
        fault = (status, out, err)
    elif not named:
        fault = f"nothing about {subject!r} in:\n{out}"
    elif bytes_of("bad.db") != before:
        fault = (before, bytes_of("bad.db"))
    elif any(word in out + err for word in private):
        fault = "personal data:\n" + out
    tell(f"{rule}: {harm[:70]}", fault)

# ---- the key, many faults, a damaged file
shutil.copy("agenda.db", "bad.db"); shutil.copy("agenda.db.key", "bad.db.key")
def key_is_named(what):
    status, out, err = check("bad.db")
    used.add("key")
    tell(what, None if status == 1 and out == texts["key"].replace("{subject}", "bad.db.key") + "\n" else (status, out, err))
os.chmod("bad.db.key", 0o644)
key_is_named("key: others can read it")
os.chmod("bad.db.key", 0o600)
words = open("bad.db.key").read()
open("bad.db.key", "w").write(words[: len(words) // 2])
key_is_named("key: it is cut off")
spoil("UPDATE booking SET sequence = sequence + 1")
status, out, err = check("bad.db")
many = healthy.execute("SELECT count(*) FROM booking").fetchone()[0]
lines = [line for line in out.splitlines() if line.startswith(texts["booking-changes"].split("{")[0])]
used.add("more")
tell("of one kind ten are named, and how many more", None if len(lines) == 10 and texts["more"].replace("{count}", str(many - 10)) in out.splitlines() and f"({many} fouten)" in err else out + err)
shutil.copy("agenda.db", "bad.db"); shutil.copy("agenda.db.key", "bad.db.key")
size = os.path.getsize("bad.db")
with open("bad.db", "r+b") as file:
    file.seek(size // 2)
    file.write(os.urandom(size // 4))
before = bytes_of("bad.db")
status, out, err = check("bad.db")
tell("a damaged file: said, and left alone", None if status == 1 and err.count("\n") == 1 and "beschadigd" in out + err and bytes_of("bad.db") == before else (status, out, err))
shutil.copy("agenda.db", "bad.db")
with open("bad.db", "r+b") as file: # the last rows of many pages: SQLite tells its findings in one text
    for page in range(60, size // 4096):
        file.seek(4096 * page - 60)
        file.write(b"\xff" * 60)
status, out, err = check("bad.db")
words = texts["damage"].split("{")[0]
found = out
with open("bad.db", "r+b") as file: # the tables' own words
    file.seek(3900)
    file.write(b"\xff" * 196)
status, _, err = check("bad.db")
tell("no words of SQLite's for a schema that is broken", None if status == 1 and err.endswith(": het bestand is beschadigd\n") else err)
out = found
tell("each finding in a line of its own", None if status == 1 and out.count("\n") > 1 and all(line.startswith((words, "…")) for line in out.splitlines()) else (status, out, err))
spoil("UPDATE setting SET value = '0' WHERE name = 'slot_minutes'")
clock("2027-09-01T09:00") # when slots are made anew
result = subprocess.run(["bash", "-c", "ulimit -v 1000000; timeout 20 '%s' --agenda bad.db hours hours.yaml --dry-run" % AGENDA], capture_output=True, text=True)
tell("slots of 0 minutes are not made without end", None if result.returncode == 1 and result.stderr.count("\n") == 1 and "slot_minutes" in result.stderr else result)
clock("2026-11-24T12:00")
# what a killed program left in the log is checked, and stays there
shutil.copy("agenda.db", "bad.db"); shutil.copy("agenda.db.key", "bad.db.key")
subprocess.run([sys.executable, "-c", "import os, sqlite3; d = sqlite3.connect('bad.db', isolation_level=None);"
    " d.execute('PRAGMA journal_mode = WAL'); d.execute(\"UPDATE booking SET sequence = 9 WHERE code = '%s'\"); os._exit(0)" % forced], check=True)
assert os.path.getsize("bad.db-wal") > 0
log = open("bad.db-wal", "rb").read()
before = bytes_of("bad.db")
status, out, err = check("bad.db")
tell("what stands only in the log is checked, and stays there", None if status == 1 and forced in out and bytes_of("bad.db")[0] == before[0] and open("bad.db-wal", "rb").read() == log else (status, out, err))
os.remove("bad.db-wal")
unused = set(texts) - used - {"good", "bad", "bad-one", "no-key"}
tell("each sentence of check has its test", sorted(unused) or None)
english = open(stage + "/usr/local/share/wegwijs/lang/agenda-en.po").read()
tell("and its English", [k for k in texts if f'"cli.check.{k}"' not in english] or None)
P
