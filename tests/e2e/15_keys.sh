#!/bin/bash
# A visit with four keys and speech alone: every choice is made from what was said, nothing from what was seen.
. "$(dirname "$0")/lib_kiosk.sh"
new_agenda
cat >blind.py <<'PY'
import os, subprocess, sys

log = os.environ["WEGWIJS_SPEECH_LOG"]
open(log, "w").close()
kiosk = subprocess.Popen(["wegwijs-kiosk", "--config", "config", "--data", "data", "--window", "1080x1920", "--script", "-"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open("kiosk.log", "a"), text=True)

def heard():
    lines = [line.rstrip("\n") for line in open(log, encoding="utf-8")]
    return [line.split("\t", 1)[-1] for line in lines if not line.startswith("#")]

def press(key):
    """Presses a key, waits until the kiosk has done it, and gives what was said by it: the log is written at once."""
    before = len(heard())
    kiosk.stdin.write(f"key {key}\ndump\n")
    kiosk.stdin.flush()
    if not kiosk.stdout.readline():
        sys.exit("the kiosk ended")
    return heard()[before:]

def wait(id):
    """What comes by itself: the moments, the slip, the end."""
    kiosk.stdin.write(f"wait {id}\ndump\n")
    kiosk.stdin.flush()
    if not kiosk.stdout.readline():
        sys.exit(f"{id} never came")

def go(words, at_most=60, key="next"):
    """Goes on until these words are heard."""
    for _ in range(at_most):
        said = press(key)
        if any(words.lower() == s.lower() if len(words) == 1 else words.lower() in s.lower() for s in said):
            return said
    sys.exit(f"\"{words}\" was never heard; the last: {heard()[-40:]}")

def choose(words, key="next"):
    go(words, key=key)
    return press("choose")

def must(said, *wanted):
    for words in wanted:
        if not any(words in s for s in said):
            sys.exit(f"\"{words}\" is not in {said}")

must(press("next"), "Er zijn 4 toetsen", "Begin. U maakt een afspraak.")
must(press("choose"), "Welke taal spreekt u het best?", "antwoorden", "Română")
must(go("Română"), "2 van 11")
must(press("choose"), "Wij helpen u op weg.", "Het is gratis.")
must(choose("Verder"), "Spreekt u Nederlands?", "Er zijn 3 antwoorden.")
must(go("Ik spreek het goed"), "3 van 3")
press("choose")
choose("Ik werk niet")
must(choose("Ik heb kinderen"), "Waarover wilt u praten? Kies 1 tot 5 dingen.", "Er zijn 9 antwoorden.")
must(choose("Nederlands leren"), "gekozen")
must(press("choose"), "niet gekozen")
must(press("choose"), "Nederlands leren. gekozen")
for words in ["Papieren", "Werk", "Kinderen en school"]:
    must(choose(words), "gekozen")
must(choose("Vrije tijd"), "gekozen", "U koos al 5 dingen.")
must(go("Werk", key="previous"), "gekozen", "3 van 9")
must(press("choose"), "niet gekozen", "Kies 1 tot 5 dingen.")
choose("Verder")
must(choose("Het loket"), "Uw antwoorden blijven bij ons.", "Wij wissen ze na 30 dagen.")
must(choose("Verder"), "Hoe heet u?", "Voornaam")
for letter in "ana":
    choose(letter)
must(go("Voornaam", key="previous"), "Hier typt u.", "3 tekens")
must(choose("Verder"), "Achternaam", "Hier typt u.", "0 tekens")
for letter in "pop":
    choose(letter)
choose("Verder")
for digit in "0470123456":
    choose(digit)
must(choose("Verder"), "Wanneer kunt u komen?")
wait("slot.none")
must(go("9 uur"), "maandag 23 november, 9 uur")
press("choose")
wait("check.confirm")
must(go("Uw naam"), "Uw naam staat er.")
must(go("Uw nummer"), "Uw nummer staat er.")
if any("Ana Pop" in s or "0470" in s for s in heard()):
    sys.exit("a name or a number was said")
must(choose("Luister"), "De stem", "Trager")
must(choose("Nog een keer"), "Ana Pop", "0470 12 34 56")
choose("Trager")
choose("Terug")
choose("alles klopt")
wait("slip.problem")
choose("Klaar")
choose("Klaar")
wait("start")
press("next")
kiosk.stdin.close()
sys.exit(kiosk.wait())
PY
export WEGWIJS_SPEECH_LOG=$folder/speech.log
check "the visit is finished by ear" timeout 100 python3 blind.py
check "the booking is there, with what was chosen" sh -c 'test "$(sqlite3 agenda.db "SELECT count(*) FROM booking_topic")" = 4'
check "the moment was said in words" grep -qE "(maandag|dinsdag) 2[34] november" speech.log
check "slower was heard, and is over with the visit" sh -c 'grep -q "speed 1" speech.log && tail -n 4 speech.log | grep -q "speed 2"'
echo "1..$number"
