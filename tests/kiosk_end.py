"""A kiosk's end of the exchange (src/sync/message.h), for tests that speak to `wegwijs-agenda serve` over pipes: it
leases, and sends bookings that it seals with the agenda's key."""
import base64
import ctypes
import ctypes.util
import json
import os
import secrets
import subprocess
import time

AGENDA = os.environ["WEGWIJS_STAGE"] + "/usr/local/bin/wegwijs-agenda"
sodium = ctypes.CDLL(ctypes.util.find_library("sodium"))
assert sodium.sodium_init() >= 0


def seal(public_key, text):
    sealed = ctypes.create_string_buffer(len(text) + sodium.crypto_box_sealbytes())
    assert sodium.crypto_box_seal(sealed, text, ctypes.c_ulonglong(len(text)), public_key) == 0
    return base64.b64encode(sealed.raw).decode()


class Kiosk:
    def __init__(self, name, store=None, **environment):
        self.process = subprocess.Popen([AGENDA, "serve", "--kiosk", name], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env={**os.environ, **environment})
        hello = {"request": "hello", "protocol": 1, "kiosk": name, "version": "0"}
        self.greeting = self.ask({**hello, "store": store} if store else hello)
        self.key = base64.b64decode(self.greeting.get("public_key", ""))

    def ask(self, message):
        self.process.stdin.write(json.dumps(message).encode() + b"\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def sync(self, leases=0, codes=0, days=14, **more):
        return self.ask({"request": "sync", "want": {"leases": leases, "codes": codes, "days": days}, **more})

    def lease(self, *starts, guide="els"):
        answer = self.ask({"request": "lease", "slots": [{"guide": guide, "start": start} for start in starts]})
        assert answer["answer"] == "lease", (starts, answer)
        return answer["leases"]

    def booking(self, leases=None, code=None, **more):
        """What a visit ends in: of the leases' slots, or a call-back under a spare code."""
        first = leases[0] if leases else {}
        return {"id": secrets.token_hex(16), "code": code or first["code"], "kind": "slot" if leases else "callback",
                "slots": len(leases or []), "first_name": "Proef", "last_name": "Persoon", "phone": "+32470000000",
                "language": "ro", "referred": "counter", "channel": "kiosk", "made": int(time.time()),
                "answers": [{"indicator": "dutch", "answer": "none"}], "topics": ["dutch", "work"],
                **({"slot": {"guide": first["guide"], "start": first["start"], "minutes": first["minutes"]}} if leases else {}),
                **more}

    def send(self, *bookings, **more):
        """The acknowledgements' results, in order."""
        sealed = [{"id": b["id"], "sealed": seal(self.key, json.dumps(b).encode())} for b in bookings]
        return [a["result"] for a in self.sync(bookings=sealed, **more)["acknowledged"]]

    def stop(self):
        self.process.stdin.close()
        assert self.process.wait() == 0
