#!/bin/bash
# The voice: every screen is read once it is on, every touch ends what is being said (an answer, a tool, a key), what is typed is not
# told, and what one visitor sets is gone with the visit. In the log of the voice a saying lasts an hour unless something ends it.
. "$(dirname "$0")/lib_kiosk.sh"

new_agenda
slot=$(free_moments | head -n 1)
cat >heard.py <<'PY'
# plays touches one by one; each waits until the voice has begun the words that belong to it
import os, subprocess, sys, time
class Kiosk:
    def __init__(self, folder):
        self.log = folder + "/speech.log"
        open(self.log, "w").close()
        env = dict(os.environ, WEGWIJS_SPEECH_LOG=self.log, WEGWIJS_SPEECH_PACE="3600")
        self.process = subprocess.Popen(["wegwijs-kiosk", "--config", folder + "/config", "--data", folder + "/data", "--window", "1080x1920",
                                         "--script", "-"], stdin=subprocess.PIPE, stderr=open(folder + "/kiosk.log", "a"), text=True, env=env)
        self.seen = 0
    def lines(self):
        return open(self.log, encoding="utf-8").read().splitlines()
    def send(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
    def tap(self, id, words=None):
        before = len(self.lines())
        self.send("tap " + id)
        for _ in range(1200):
            new = self.lines()[before:]
            if words is None or any(line.startswith("nl\t" + words) for line in new):
                return
            time.sleep(0.05)
        sys.exit(f"after {id} nobody heard {words!r}: {new}")
    def end(self):
        self.process.stdin.close()
        assert self.process.wait() == 0
    def ended(self): # what was begun, each ended by something
        lines = self.lines()
        said = [at for at, line in enumerate(lines) if not line.startswith("#")]
        lasting = [lines[at] for at in said[:-1] if lines[at + 1] != "#\tinterrupted"]
        assert not lasting, lasting
        return [lines[at].split("\t")[1] for at in said]
PY
cat >visit.py <<'PY'
import sys
from heard import Kiosk
folder, slot = sys.argv[1:]
kiosk = Kiosk(folder)
kiosk.send("wait bar.speak")
kiosk.tap("bar.speak", "Welkom")
kiosk.tap("start.begin", "Welke taal spreekt u")
kiosk.tap("language.ro", "Wij helpen u op weg")
kiosk.tap("explanation.go", "Spreekt u Nederlands")
kiosk.tap("indicator.dutch.well", "Hebt u werk")
kiosk.tap("indicator.work.no", "Hebt u kinderen")
kiosk.tap("indicator.children.yes", "Waarover wilt u praten")
kiosk.tap("topic.dutch", "Nederlands leren")
kiosk.tap("topics.next", "Wie stuurt u")
kiosk.tap("referred.counter", "Uw antwoorden blijven")
kiosk.tap("privacy.go", "Hoe heet u")
kiosk.send("type Ana")
kiosk.tap("name.next", "Verder")
kiosk.send("type Pop")
kiosk.tap("name.next", "Wat is uw nummer")
kiosk.send("type 0470123456")
kiosk.tap("phone.next", "Wanneer kunt u komen")
kiosk.send("wait slot." + slot)
kiosk.tap("slot." + slot, "Klopt alles")
kiosk.tap("bar.help", "Hebt u hulp nodig")
kiosk.tap("help.close", "Klopt alles")
kiosk.tap("bar.stop", "Wilt u stoppen")
kiosk.tap("stop.stay", "Klopt alles")
kiosk.tap("check.confirm", "Neem uw papier")
kiosk.tap("slip.done", "Uw afspraak is maandag")
kiosk.tap("goodbye.done")
kiosk.send("wait start")
kiosk.end()
said = kiosk.ended()
spelled = [words for words in said if len(words) == 1 or "Ana" in words or "0470" in words]
assert not spelled, ("what is typed is no secret any more", spelled)
PY
check "every screen is read, a touch ends what is said, and nothing that is typed is told" python3 visit.py "$folder" "$slot"
cat >settings.py <<'PY'
import sys
from heard import Kiosk
kiosk = Kiosk(sys.argv[1])
kiosk.send("wait bar.speak")
kiosk.tap("bar.speak", "Welkom")
kiosk.tap("start.begin", "Welke taal spreekt u")
kiosk.tap("bar.speak", "De stem")
kiosk.tap("voice.louder", "De stem") # the key itself only while the finger is on it
kiosk.tap("voice.louder", "De stem")
kiosk.tap("voice.slower", "De stem")
kiosk.tap("voice.close", "Welke taal spreekt u")
assert "#\tspeed 1, volume 4" in kiosk.lines(), kiosk.lines()
kiosk.tap("bar.stop", "Wilt u stoppen")
kiosk.tap("stop.go")
kiosk.send("wait start")
kiosk.tap("bar.speak", "Welkom")
changes = [line for line in kiosk.lines() if line.startswith("#\tspeed")]
assert changes[-1] == "#\tspeed 2, volume 2", changes
kiosk.end()
kiosk.ended()
PY
check "louder and slower are heard, and gone with the visit" python3 settings.py "$folder"
echo "1..$number"
