#!/bin/bash
# The kiosk's other end across processes: the last free slot, asked for by two kiosks and the guide at the same
# time; many kiosks; anything on standard input; what a kiosk's key cannot learn.
agenda=$WEGWIJS_STAGE/usr/local/bin/wegwijs-agenda
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export WEGWIJS_AGENDA=$folder/agenda.db WEGWIJS_CLOCK=2026-11-23T08:00 WEGWIJS_GUIDE=els
cat >hours.yaml <<'Y'
slot-minutes: 5
public-holidays: nee
guides:
  - { id: els, name: Els, languages: [nl] }
hours:
  - { guide: els, day: dinsdag, from: "08:00", to: "20:00" }
  - { guide: els, day: woensdag, from: "08:00", to: "20:00" }
Y
"$agenda" init >/dev/null && "$agenda" hours hours.yaml >/dev/null || { echo "not ok 1 - set-up"; exit 1; }
cat >drive.py <<'P'
import json, os, re, subprocess, sys, threading, time
agenda, what = sys.argv[1], sys.argv[2]
class Kiosk:
    def __init__(self, name):
        self.p = subprocess.Popen([agenda, "serve", "--kiosk", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.ask({"request": "hello", "protocol": 1, "kiosk": name, "version": "0"})
    def ask(self, message):
        self.p.stdin.write(json.dumps(message).encode() + b"\n"); self.p.stdin.flush()
        return json.loads(self.p.stdout.readline())
    def lease(self, start, guide="els"):
        return self.ask({"request": "lease", "slots": [{"guide": guide, "start": start}]})
    def stop(self):
        self.p.stdin.close(); assert self.p.wait() == 0
def slots(rounds):
    for n in range(rounds):
        day, m = ("2026-11-24", n) if n < 144 else ("2026-11-25", n - 144)
        yield f"{day}T{8 + m * 5 // 60:02d}:{m * 5 % 60:02d}"
def last_slot():
    kiosks = [Kiosk("lobby-1"), Kiosk("lobby-2")]
    for start in slots(200):
        got = [None, None, None]
        gate = threading.Barrier(3)
        def kiosk(i):
            gate.wait(); got[i] = kiosks[i].lease(start)["answer"] == "lease"
        def guide():
            gate.wait()
            done = subprocess.run([agenda, "book", "--slot", "els@" + start, "--first", "A", "--last", "B"], capture_output=True, text=True)
            assert done.returncode in (0, 1) and (done.returncode == 0 or done.stderr.count("\n") == 1), done
            got[2] = done.returncode == 0
        threads = [threading.Thread(target=kiosk, args=(0,)), threading.Thread(target=kiosk, args=(1,)), threading.Thread(target=guide)]
        [t.start() for t in threads]; [t.join() for t in threads]
        assert sum(got) == 1, (start, got)
    [k.stop() for k in kiosks]
def many():
    kiosks = [Kiosk(f"kiosk-{n}") for n in range(50)]
    starts, wins, faults = list(slots(280))[200:280], [], []
    def work(n):
        for start in starts[n % 5::5]:
            answer = kiosks[n].lease(start)
            if answer["answer"] == "lease": wins.append(start)
            elif answer["answer"] != "taken": faults.append(answer)
    threads = [threading.Thread(target=work, args=(n,)) for n in range(50)]
    [t.start() for t in threads]; [t.join() for t in threads]
    assert not faults, faults[:3]
    assert sorted(wins) == starts, (len(wins), len(set(wins)))
    [k.stop() for k in kiosks]
def learns_nothing():
    subprocess.run([agenda, "book", "--slot", "els@2026-12-01T09:00", "--first", "Zeldzaam", "--last", "Geval", "--phone", "0470987654", "--language", "ti"], check=True, capture_output=True)
    code = [b["code"] for b in json.loads(subprocess.run([agenda, "today", "--date", "2026-12-01", "--format", "json"], capture_output=True, check=True).stdout)["bookings"]][0]
    kiosk = Kiosk("lobby-1")
    answers = [kiosk.ask({"request": "check", "code": code}),
               kiosk.ask({"request": "sync", "bookings": [], "receipts": [], "returned": [], "holds": [], "want": {"leases": 500, "codes": 60, "days": 366}, "status": {}}),
               kiosk.ask({"request": "person", "code": code}), kiosk.ask({"request": "check", "code": "' OR 1=1 --"})]
    assert answers[0]["exists"] and answers[0]["start"] == "2026-12-01T09:00"
    text = json.dumps(answers)
    for word in ("Zeldzaam", "Geval", "470987654", '"ti"'):
        assert word not in text, word
    kiosk.stop()
def limit():
    def limits(*arguments): # prints what counts now
        return subprocess.run([agenda, "limits", *arguments], capture_output=True, text=True, check=True).stdout
    def sync(kiosk):
        return kiosk.ask({"request": "sync", "bookings": [], "want": {"leases": 4, "codes": 60, "days": 90}})
    assert "30" in limits() and "150" in limits()
    wrong = subprocess.run([agenda, "limits", "--hour", "-1"], capture_output=True, text=True)
    assert wrong.returncode == 2, wrong
    kiosk = Kiosk("lobby-9")
    subprocess.run(["sqlite3", os.environ["WEGWIJS_AGENDA"], "UPDATE booking SET kiosk = 'lobby-9'"], check=True)
    bookings = int(subprocess.run(["sqlite3", os.environ["WEGWIJS_AGENDA"], "SELECT count(*) FROM booking"], capture_output=True, text=True).stdout)
    limits("--hour", str(bookings))
    answer = kiosk.lease("2027-01-05T12:00")
    assert answer["answer"] == "error" and answer["code"] == "limit" and "within an hour" in answer["text"], str(answer)[:300]
    answer = sync(kiosk)
    assert answer["answer"] == "sync" and answer["full"] and not answer["codes"], str(answer)[:300]
    # what is promised already comes in all the same
    answer = kiosk.ask({"request": "sync", "bookings": [], "holds": [{"guide": "els", "start": "2027-01-05T12:00"}], "want": {"leases": 0, "codes": 0, "days": 90}})
    assert [l for l in answer["leases"] if l["start"] == "2027-01-05T12:00"], str(answer)[:300]
    limits("--hour", str(bookings + 1))
    assert kiosk.lease("2027-01-05T12:05")["answer"] == "lease"
    assert "full" not in sync(kiosk)
    limits("--day", str(bookings))
    assert "within a day" in kiosk.lease("2027-01-05T12:10")["text"]
    limits("--day", "0") # none
    limits("--hour", "0")
    assert kiosk.lease("2027-01-05T12:10")["answer"] == "lease"
    kiosk.stop()
{"last": last_slot, "many": many, "nothing": learns_nothing, "limit": limit}[what]()
P
number=0
check() {
    number=$((number + 1))
    local what=$1; shift
    if "$@" >"$folder/out" 2>"$folder/err"; then echo "ok $number - $what"
    else echo "not ok $number - $what"; tail -n 12 "$folder/out" "$folder/err" | sed 's/^/# /'; fi
}
check "two kiosks and the guide, 200 times the last slot: one wins" python3 drive.py "$agenda" last
check "no slot has two owners" test "$(sqlite3 agenda.db 'SELECT count(*) FROM lease WHERE slot IN (SELECT slot FROM booking_slot)')" = 0
check "50 kiosks at once: each slot once, no other refusal than taken" python3 drive.py "$agenda" many
check "a kiosk learns when, never who" python3 drive.py "$agenda" nothing
check "beyond the limit nothing is leased" python3 drive.py "$agenda" limit
head -c 300000 /dev/urandom >noise
check "noise on standard input is survived" bash -c "'$agenda' serve --kiosk lobby-1 <noise >answers; test \$? -le 1"
check "a kiosk's name is checked" bash -c "'$agenda' serve --kiosk '../x' </dev/null; test \$? -eq 2"
check "check finds nothing" "$agenda" check
