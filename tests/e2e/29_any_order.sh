#!/bin/bash
# Commands of the guide and of two kiosks in any order, right and wrong, with a clock that jumps ahead: after each of
# them every promise holds (`check`), and one that was refused has changed nothing.
python3 -c 'import ctypes.util, sys; sys.exit(not ctypes.util.find_library("sodium"))' || { echo "ok 1 - any order # SKIP no libsodium"; exit 0; }
tests=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_GUIDE=els PYTHONPATH=$tests PYTHONDONTWRITEBYTECODE=1
cat >walk.py <<'P'
import datetime, os, random, re, sqlite3, subprocess, sys
from kiosk_end import AGENDA, Kiosk
seed, steps = int(sys.argv[1]), int(sys.argv[2])
os.environ["WEGWIJS_AGENDA"] = database = os.path.abspath(f"walk-{seed}.db")
dice = random.Random(seed)
now = datetime.datetime(2026, 11, 23, 8, 0)
kiosks, done = {}, {}

def run(*words):
    os.environ["WEGWIJS_CLOCK"] = now.strftime("%Y-%m-%dT%H:%M")
    result = subprocess.run([AGENDA, *words], capture_output=True, text=True, stdin=subprocess.DEVNULL)
    assert result.returncode in (0, 1, 2) and not re.search("constraint|malformed", result.stderr), (words, result)
    return result

def ask(sql, *values):
    with sqlite3.connect(database) as open_one:
        return [row[0] for row in open_one.execute(sql, values)]

def state():
    with sqlite3.connect(database) as open_one:
        return [open_one.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in
                ("booking", "booking_slot", "block", "lease", "person", "talk", "referral", "signal", "count", "forgotten", "lost", "presence", "closure")]

def some_day():
    return (now + datetime.timedelta(days=dice.randint(0, 12))).strftime("%Y-%m-%d")

def some_slot():
    early = (now - datetime.timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    return dice.choice(ask("SELECT guide || '@' || start FROM slot WHERE start > ? ORDER BY start LIMIT 60", early) or ["els@2026-11-24T09:00"])

def some_code():
    return dice.choice(ask("SELECT code FROM booking ORDER BY code") or ["222222"])

def write_hours():
    third = dice.random() < 0.5
    text = "slot-minutes: %d\npublic-holidays: %s\nguides:\n" % (dice.choice([20, 30, 30, 45]), dice.choice(["ja", "nee"]))
    guides = ["els", "karim"] + ["nadia"] * third
    text += "".join(f"  - {{ id: {guide}, name: {guide.title()}, languages: [nl] }}\n" for guide in guides) + "hours:\n"
    for guide in guides:
        for day in dice.sample(["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"], dice.randint(1, 4)):
            begin = dice.choice([8, 9, 13])
            text += '  - { guide: %s, day: %s, from: "%02d:%s", to: "%02d:00"%s }\n' % (guide, day, begin, dice.choice(["00", "15", "30"]),
                    begin + dice.randint(2, 4), dice.choice(["", ", walk-in: ja", ""]))
    if dice.random() < 0.5:
        text += f"closures:\n  - {{ guide: els, first: {some_day()}, last: 2026-12-20, reason: verlof }}\n"
    open("hours.yaml", "w").write(text)

def kiosk_step():
    name = dice.choice(["lobby-1", "lobby-2"])
    if name not in kiosks:
        os.environ["WEGWIJS_CLOCK"] = now.strftime("%Y-%m-%dT%H:%M")
        kiosks[name] = Kiosk(name, store=dice.choice("abcdef") * 32)
        kiosks[name].held, kiosks[name].codes = [], []
    kiosk = kiosks[name]
    what = dice.choice(["lease", "sync", "book", "book", "return", "callback", "stop", "lost"])
    if "public_key" not in kiosk.greeting or what == "stop": # another one has that name
        kiosks.pop(name).stop()
    elif what == "sync":
        answer = kiosk.sync(leases=dice.randint(0, 8), codes=dice.randint(0, 4))
        kiosk.held, kiosk.codes = answer.get("leases", []), answer.get("codes", [])
    elif what == "lease":
        guide, start = some_slot().split("@")
        kiosk.held += kiosk.ask({"request": "lease", "slots": [{"guide": guide, "start": start}]}).get("leases", [])
    elif what == "book" and kiosk.held:
        kiosk.send(kiosk.booking([kiosk.held.pop(dice.randrange(len(kiosk.held)))]))
    elif what == "return" and kiosk.held:
        lease = kiosk.held.pop()
        kiosk.sync(returned=[{key: lease[key] for key in ("guide", "start", "code")}])
    elif what == "callback" and kiosk.codes:
        kiosk.send(kiosk.booking(code=kiosk.codes.pop()))
    elif what == "lost" and kiosk.codes:
        guide, start = some_slot().split("@")
        kiosk.sync(receipts=[{"id": os.urandom(16).hex(), "code": kiosk.codes.pop(), "guide": guide, "start": start, "slots": dice.randint(1, 2)}])
    return "kiosk " + what

def later():
    global now
    for name in list(kiosks): # their clock is the agenda's
        kiosks.pop(name).stop()
    now += datetime.timedelta(minutes=dice.choice([20, 60, 600, 1440, 4000]))

def hours():
    write_hours()
    return "hours", "hours.yaml"

force = lambda: ["--force"] * (dice.random() < 0.4)
commands = [
    (20, kiosk_step),
    (10, lambda: ("book", "--slot", some_slot(), "--first", "A%d" % dice.randint(0, 9), "--phone", "04701112%02d" % dice.randint(0, 9), "--topic", "dutch",
                  "--slots", str(dice.choice([1, 1, 1, 2, 3])))),
    (3, lambda: ("book", "--callback", "--first", "B")),
    (3, lambda: ("book", "--now", "--guide", dice.choice(["els", "karim"]), "--first", "C")),
    (24, lambda: (dice.choice(["arrive", "done", "no-show", "excused", "cancel"]), some_code(), *force())),
    (8, lambda: ("move", some_code(), some_slot(), *["--slots", str(dice.randint(1, 3))] * (dice.random() < 0.3))),
    (3, lambda: ("join", some_code(), some_code(), "--yes")),
    (3, lambda: ("refer", some_code(), dice.choice(["ligo", "vdab"]), *["--outcome", dice.choice(["started", "wil niet"])] * (dice.random() < 0.4))),
    (2, lambda: ("signal", some_code(), "housing")),
    (4, lambda: (dice.choice(["block", "unblock"]), dice.choice(["els", "karim"]), some_day())),
    (4, lambda: (dice.choice(["block", "unblock"]), dice.choice(["els", "karim"]), some_slot().split("@")[1])),
    (4, hours),
    (2, lambda: ("person", "erase", some_code(), *force())),
    (2, lambda: ("person", "correct", some_code(), "--first", "D", "--phone", dice.choice(["0470111200", "12", "+40721123456", ""]))),
    (1, lambda: ("revoke", dice.choice(["lobby-1", "lobby-2"]), "--yes")),
    (1, lambda: ("purge", "--days", dice.choice(["1", "5", "30"]))),
    (2, lambda: ("settle", dice.choice(ask("SELECT code FROM lost WHERE settled IS NULL") or ["222222"]))),
    (1, lambda: ("today",)),
    (3, later),
]
write_hours()
assert run("init").returncode == 0 and run("hours", "hours.yaml").returncode == 0
for step in range(steps):
    words = dice.choices([c for _, c in commands], [weight for weight, _ in commands])[0]()
    if isinstance(words, tuple):
        before = state()
        result = run(*words)
        done[words[0]] = done.get(words[0], 0) + (result.returncode == 0)
        assert result.returncode == 0 or state() == before, ("refused, yet something changed", words, result.stderr)
    sound = run("check")
    assert sound.returncode == 0, f"step {step} {words}: {sound.stdout}"
for name in list(kiosks):
    kiosks.pop(name).stop()
print("bookings", *ask("SELECT count(*) FROM booking"), "events", *ask("SELECT count(*) FROM event"), "done", done)
assert len(done) > 12 and done.get("move", 0) > 2 and ask("SELECT count(DISTINCT state) FROM booking")[0] > 3
P
number=0
for seed in 1 2 3; do
    number=$((number + 1))
    if python3 walk.py $seed 300 >out 2>err; then echo "ok $number - 300 commands in any order ($seed)"; sed 's/^/# /' out
    else echo "not ok $number - 300 commands in any order ($seed)"; grep -v warning: err | tail -n 12 | sed 's/^/# /'; fi
done
