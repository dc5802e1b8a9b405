#!/usr/bin/env python3
"""The agenda's commands at a million bookings against an empty agenda with the same guides and hours.

    agenda.py RELEASE_FOLDER    prints a JSON line a command: name, unit, ours, reference (samples in ms)
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
COMMANDS = {"today": ["today"], "slots": ["slots", "--days", "14"], "report of 10 years": ["report", "--from", "2016-11"]}


def once(database, words):
    begin = time.perf_counter()
    subprocess.run([AGENDA, "--agenda", database, *words], stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begin) * 1e3


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
        samples = [(once(million, words), once(empty, words)) for _ in range(15)]
        print(json.dumps({"name": name + ", a million bookings", "unit": "ms", "ours": [ours for ours, _ in samples],
                          "reference": [reference for _, reference in samples]}))
