#!/usr/bin/env python3
"""The agenda's commands at a million bookings against an empty agenda with the same guides and hours.

    agenda.py RELEASE_FOLDER    prints a JSON line a command: name, unit, ours, reference (samples in ms)

"lease" and "sync" are requests to an open `serve`: one slot, and all that a kiosk asks for in one sync.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

AGENDA = os.path.abspath(sys.argv[1]) + "/wegwijs-agenda"
HERE = os.path.dirname(os.path.abspath(__file__))
os.environ.update(WEGWIJS_CLOCK="2026-11-24T08:00", WEGWIJS_SHARE=HERE + "/../..")
COMMANDS = {"today": ["today"], "slots": ["slots", "--days", "14"], "report": ["report", "--from", "2016-11"]}


def once(database, words):
    begin = time.perf_counter()
    subprocess.run([AGENDA, "--agenda", database, *words], stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begin) * 1e3


class Serve:
    """The kiosk's other end, spoken to as a kiosk does."""

    def __init__(self, database):
        self.process = subprocess.Popen([AGENDA, "--agenda", database, "serve", "--kiosk", "bench"], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE)
        self.ask({"request": "hello", "protocol": 1, "kiosk": "bench", "version": "bench"})
        self.free = self.sync()[1]["free"]

    def ask(self, request):
        begin = time.perf_counter()
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        took = (time.perf_counter() - begin) * 1e3
        answer = json.loads(line)
        assert answer["answer"] != "error", answer
        return took, answer

    def sync(self):
        return self.ask({"request": "sync", "want": {"leases": 12, "codes": 4, "days": 14}})

    def lease(self):
        slot = self.free.pop()
        took, answer = self.ask({"request": "lease", "slots": [{"guide": slot["guide"], "start": slot["start"]}]})
        assert answer["answer"] == "lease", answer
        return took

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)


def show(name, samples):
    print(json.dumps({"name": name, "unit": "ms", "ours": [ours for ours, _ in samples], "reference": [bare for _, bare in samples]}))


with tempfile.TemporaryDirectory(prefix="wegwijs-bench-") as folder:
    with open(folder + "/hours.yaml", "w") as hours:
        hours.write("slot-minutes: 30\nguides:\n")
        for guide in range(24):
            hours.write(f"  - {{ id: guide-{guide:02d}, name: Gids {guide:02d}, languages: [nl, fr] }}\n")
        hours.write("hours:\n")
        for guide in range(24):
            for day in ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag"):
                hours.write(f'  - {{ guide: guide-{guide:02d}, day: {day}, from: "09:00", to: "17:00" }}\n')
    empty, million = folder + "/empty.db", folder + "/million.db"
    for database in (empty, million):
        once(database, ["init"])
        once(database, ["hours", folder + "/hours.yaml"])
    subprocess.run(["sqlite3", million], stdin=open(HERE + "/million.sql"), stdout=subprocess.DEVNULL, check=True)
    for name, words in COMMANDS.items():
        show(name, [(once(million, words), once(empty, words)) for _ in range(21)])
    many, none = Serve(million), Serve(empty)
    show("sync", [(many.sync()[0], none.sync()[0]) for _ in range(101)][1:])
    show("lease", [(many.lease(), none.lease()) for _ in range(101)][1:])
    many.end(), none.end()
