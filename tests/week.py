#!/usr/bin/env python3
"""A week of lobby time, with the real kiosk and its agenda: week.py FOLDER [DAYS]. Prints a line of figures a day.

The kiosk is driven by its script: opening hours with visits of every kind, a printer without paper, an agenda that is
away, nights, a weekend, the night in which summer time ends. FOLDER holds config/ and agenda.db; the programs are on
the PATH. Memory and handles are read after the first hour, each evening, and after the last hour, which is like the
first. The agenda's clock is its own: it is called anew, at the kiosk's time, before each visit.
"""
import itertools
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

BRUSSELS = ZoneInfo("Europe/Brussels")
UTC = ZoneInfo("UTC")
BEGIN = datetime(2026, 10, 22, 8, 50, tzinfo=BRUSSELS)  # a Thursday; summer time ends on Sunday 25 October
ANSWERS = ["indicator.dutch.well", "indicator.work.no", "indicator.children.no", "topic.dutch", "topic.work"]


class Kiosk:
    def __init__(self, folder):
        self.folder = folder
        self.slept, self.started = 0.0, time.monotonic()
        self.set_agenda()
        env = dict(os.environ, WEGWIJS_CLOCK=BEGIN.strftime("%Y-%m-%dT%H:%M"), WEGWIJS_AGENDA=f"{folder}/agenda.db")
        self.process = subprocess.Popen(
            ["wegwijs-kiosk", "--config", f"{folder}/config", "--data", f"{folder}/data", "--window", "1080x1920",
             "--script", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True,
            stderr=open(f"{folder}/kiosk.log", "w"))
        self.visits = self.booked = 0

    # ---- the clock
    def now(self):
        passed = timedelta(seconds=self.slept + time.monotonic() - self.started)
        return (BEGIN.astimezone(UTC) + passed).astimezone(BRUSSELS)

    def look_at_clock(self):
        """A script's touches let a little time pass too: the kiosk's log tells how late it is."""
        with open(f"{self.folder}/kiosk.log") as log:
            last = re.findall(r"^(\S+)Z info: screen: start$", log.read(), re.M)[-1]
        self.slept += max(0, (datetime.fromisoformat(last + "+00:00") - self.now()).total_seconds())

    def sleep(self, seconds):
        self.say(f"sleep {round(seconds)}")
        self.slept += round(seconds)

    def until(self, moment):
        """Lets time pass to this moment, on the wall in Brussels, with the agenda away."""
        self.say("fault link-cut")
        while (left := (moment.astimezone(UTC) - self.now().astimezone(UTC)).total_seconds()) > 1:
            self.sleep(min(1200, left))
            self.screen("start")
        self.set_agenda()
        self.say("fault link-ok")
        self.settled()

    def set_agenda(self):
        with open(f"{self.folder}/now", "w") as now:
            now.write(self.now().strftime("%Y-%m-%dT%H:%M"))

    # ---- the script
    def say(self, *lines):
        for line in lines:
            self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def dump(self):
        self.say("dump")
        line = self.process.stdout.readline()
        if not line:
            sys.exit("the kiosk ended: " + open(f"{self.folder}/kiosk.log").read()[-600:])
        return json.loads(line)

    def screen(self, wanted):
        seen = self.dump()["screen"]
        if seen != wanted:
            sys.exit(f"{self.now()}: the screen is {seen}, not {wanted}")

    def settled(self):
        """Waits, in real time, until the agenda has everything."""
        given_up = time.monotonic() + 120 # a busy machine answers late, and then the kiosk pauses before it asks again
        while time.monotonic() < given_up:
            said = subprocess.run(["wegwijs-kiosk", "--config", f"{self.folder}/config", "--data",
                                   f"{self.folder}/data", "--status"], capture_output=True, text=True)
            if said.returncode == 0 and (state := json.loads(said.stdout))["agenda"] == "online" and state["queue"] == 0 \
                    and self.children() == 1:
                return
            time.sleep(0.05)
        sys.exit("the agenda did not get everything: " + said.stdout)

    # ---- visits
    def to_moments(self):
        self.say("tap start.begin", "tap language.ro", "tap explanation.go", *(f"tap {a}" for a in ANSWERS), "tap topics.next",
                 "tap referred.counter", "tap privacy.go", "type Testvoornaam", "tap name.next", "type Testachternaam",
                 "tap name.next", "type 0470123456", "tap phone.next", "wait slot.more")
        slots = [e["id"] for e in self.dump()["elements"] if re.match(r"slot\.20", e["id"])]
        self.say(f"tap {slots[0]}", "wait check.confirm")

    def book(self, came_out="slip.problem"):
        self.to_moments()
        self.say("tap check.confirm", f"wait {came_out}", "tap slip.done", "tap goodbye.done", "wait start")
        self.booked += 1

    def no_paper(self):
        self.say("fault printer-no-paper")
        self.book("slip.code")
        self.say("fault printer-ok")

    def agenda_away(self):
        self.say("fault link-cut")
        self.book()
        self.say("fault link-ok")

    def walk_away(self):
        self.to_moments()
        self.sleep(60)
        self.screen("idle")
        self.sleep(21)

    def stop(self):
        self.say("tap start.begin", "tap language.ro", "tap bar.stop", "tap stop.go")

    def looks(self):
        self.say("tap start.begin", "tap bar.text", "tap bar.contrast", "tap bar.reach", "tap bar.speak", "tap bar.help")
        self.sleep(90)

    def keys(self):
        self.say("key next", "key next", "key previous", "key choose")
        self.sleep(90)

    def check_in(self):
        with sqlite3.connect(f"file:{self.folder}/agenda.db?mode=ro", uri=True) as agenda:
            code = agenda.execute("SELECT code FROM booking ORDER BY made DESC LIMIT 1").fetchone()
        self.say(f"key scan {code[0] if code else 'AAAAAA'}", "wait checkin")
        self.sleep(90)

    def visit(self, kind):
        kind(self)
        self.screen("start")
        self.visits += 1
        self.look_at_clock()
        self.settled()

    # ---- what it costs
    def reading(self):
        """Of the kiosk: PSS, memory of its own (kB), handles, threads; then its children (the agenda's command)."""
        pid = self.process.pid
        with open(f"/proc/{pid}/smaps_rollup") as roll:
            text = roll.read()
        memory = [int(re.search(rf"^{what}:\s+(\d+)", text, re.M).group(1)) for what in ("Pss", "Pss_Anon")]
        return memory + [len(os.listdir(f"/proc/{pid}/{what}")) for what in ("fd", "task")] + [self.children()]

    def children(self):
        return len(subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True).stdout.split())

    def measure(self, name, times=1):
        """Prints the least of several readings: what is just being opened or closed does not count."""
        readings = [self.reading()]
        for _ in range(times - 1):
            time.sleep(0.1)
            readings.append(self.reading())
        pss, own, handles, threads, children = map(min, zip(*readings))
        print(f"{name} clock {self.now():%a-%H:%M} visits {self.visits} pss {pss} own {own} handles {handles} "
              f"threads {threads} children {children}", flush=True)


KINDS = [Kiosk.book, Kiosk.walk_away, Kiosk.stop, Kiosk.no_paper, Kiosk.looks, Kiosk.agenda_away, Kiosk.keys, Kiosk.check_in]


def hour(kiosk, day):
    """A full hour: every kind of visit."""
    kiosk.until(day.replace(hour=9, minute=0))
    for kind in KINDS:
        kiosk.visit(kind)
    kiosk.until(day.replace(hour=10, minute=0))
    kiosk.settled()


def main():
    kiosk, days = Kiosk(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 7
    kiosk.say("wait start")
    kiosk.settled()
    hour(kiosk, BEGIN)
    kiosk.measure("hour", 15)
    kinds = itertools.cycle(KINDS)
    for number in range(days):
        day = BEGIN + timedelta(days=number)
        for half in range(1, 14) if day.weekday() < 5 else []:
            at = day.replace(hour=10, minute=0) + timedelta(minutes=30 * half)
            kiosk.until(at)
            kiosk.visit(next(kinds))
        kiosk.until(day.replace(hour=18, minute=0))
        kiosk.measure(f"day{number + 1}", 5)
    hour(kiosk, BEGIN + timedelta(days=days))
    kiosk.measure("end", 15)
    kiosk.process.stdin.close()
    print("ended", kiosk.process.wait(), "booked", kiosk.booked, "seconds", round(time.monotonic() - kiosk.started))


main()
