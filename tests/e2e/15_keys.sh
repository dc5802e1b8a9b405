#!/bin/bash
# A visit with four keys and speech alone: every choice is made from what was said, nothing from what was seen.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
cat >blind.py <<'PY'
import json, os, subprocess, sys, time

log = os.environ["WEGWIJS_SPEECH_LOG"]
open(log, "w").close()
kiosk = subprocess.Popen(["wegwijs-kiosk", "--config", "config", "--data", "data", "--window", "1080x1920", "--script", "-"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open("kiosk.log", "a"), text=True)

def heard():
    return [line.rstrip("\n").split("\t", 1)[-1] for line in open(log, encoding="utf-8")]

def press(key):
    """Presses a key, waits until the kiosk has done it, and gives what was said since."""
    before = len(heard())
    kiosk.stdin.write(f"key {key}\ndump\n")
    kiosk.stdin.flush()
    if not kiosk.stdout.readline():
        sys.exit("the kiosk ended")
    count, quiet = before, 0
    for _ in range(100): # until nothing more is said
        time.sleep(0.02)
        quiet = quiet + 1 if len(heard()) == count else 0
        count = len(heard())
        if quiet > (1 if count > before else 15):
            break
    return heard()[before:]

def choose(words, at_most=60):
    """Goes on until these words are heard, then chooses."""
    for _ in range(at_most):
        said = press("next")
        if said and (words.lower() == said[-1].lower() if len(words) == 1 else words.lower() in said[-1].lower()):
            return press("choose")
    sys.exit(f"\"{words}\" was never heard; the last: {heard()[-8:]}")

for words in ["Begin", "Română", "Verder", "Ik spreek het goed", "Ik werk niet", "Ik heb kinderen", "Nederlands leren",
              "Verder", "Het loket", "Verder"]:
    choose(words)
for letter in "ana":
    choose(letter)
choose("Verder")
for letter in "pop":
    choose(letter)
choose("Verder")
for digit in "0470123456":
    choose(digit)
choose("Verder")
time.sleep(1.5)
choose("9 uur")
time.sleep(0.8)
choose("alles klopt")
time.sleep(1.5)
choose("Klaar")
choose("Klaar")
kiosk.stdin.write("wait start\n")
kiosk.stdin.close()
sys.exit(kiosk.wait())
PY
export WEGWIJS_SPEECH_LOG=$folder/speech.log
check "the visit is finished by ear" timeout 100 python3 blind.py
check "the booking is there" sh -c 'test "$(sqlite3 agenda.db "SELECT count(*) FROM booking")" = 1'
check "the question was said" grep -q "Spreekt u Nederlands" speech.log
check "the moment was said in words" grep -qE "(maandag|dinsdag) 2[34] november" speech.log
check "neither name nor number was said" sh -c '! grep -qiE "Ana Pop|Ana$|0470" speech.log'
