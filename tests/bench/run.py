#!/usr/bin/env python3
"""Measures the programs against references in the same run and prints one table.

    run.py RELEASE_FOLDER BENCH_FOLDER

Every figure is a median of repeated runs (spread: 10th to 90th percentile); only the ratios count.
The screen is Xvfb 1080x1920; touches come from outside through XTEST and are seen through XDAMAGE
(touch_probe.c), the same for every program. CHROMIUM=1 adds Chromium in kiosk mode where it is installed.
"""
import glob
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

RELEASE, BENCH = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
HERE = os.path.dirname(os.path.abspath(__file__))
KIOSK, AGENDA = RELEASE + "/wegwijs-kiosk", RELEASE + "/wegwijs-agenda"
RUNS = int(os.environ.get("BENCH_RUNS", "9"))
DISPLAY = ":78"
rows, missed = [], 0


def median(values):
    values = sorted(values)
    return values[len(values) // 2] if values else float("nan")


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def spread(values):
    return f"{percentile(values, .1):.4g}–{percentile(values, .9):.4g}"


def row(what, unit, ours, reference, goal, note=""):
    """One line of the table; ours and reference are lists of samples."""
    global missed
    mine, theirs = median(ours), median(reference) if reference else None
    ratio = mine / theirs if theirs else None
    good = "" if goal is None or ratio is None else "reached" if ratio <= goal else "MISSED"
    missed += good == "MISSED"
    rows.append((what, f"{mine:.4g} {unit}", spread(ours), "–" if theirs is None else f"{theirs:.4g} {unit}",
                 "–" if ratio is None else f"{ratio:.2f}", "–" if goal is None else f"≤ {goal:g}", good, note))


def absolute(what, unit, ours, goal, note=""):
    """A line whose goal is a figure, not a ratio."""
    global missed
    mine = median(ours)
    good = "" if goal is None else "reached" if mine <= goal else "MISSED"
    missed += good == "MISSED"
    rows.append((what, f"{mine:.4g} {unit}", spread(ours), "–", "–", "–" if goal is None else f"≤ {goal:g} {unit}", good, note))


def table():
    head = ("what", "ours", "spread", "reference", "ratio", "goal", "", "note")
    width = [max(len(r[i]) for r in [head] + rows) for i in range(8)]
    for r in [head] + rows:
        print("  ".join(cell.ljust(width[i]) for i, cell in enumerate(r)).rstrip())


# ---- programs under a virtual screen
def environment():
    env = dict(os.environ, DISPLAY=DISPLAY, SDL_VIDEODRIVER="x11", SDL_AUDIODRIVER="dummy")
    env.pop("WAYLAND_DISPLAY", None)
    return env


class Kiosk:
    """The real kiosk on a sample agenda, told ready by its own notify message."""

    def __init__(self, extra=(), script=None):
        self.folder = tempfile.mkdtemp(prefix="wegwijs-bench-")
        agenda = self.folder + "/agenda.db"
        subprocess.run([AGENDA, "--agenda", agenda, "init"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([AGENDA, "--agenda", agenda, "hours", HERE + "/../../kiosk-config/hours.yaml"], check=True,
                       stdout=subprocess.DEVNULL)
        self.config = self.folder + "/config"
        shutil.copytree(HERE + "/../../kiosk-config", self.config)
        text = open(self.config + "/kiosk.yaml").read().splitlines()
        text = [t for t in text if not t.startswith("agenda:")]  # none: an agenda that fails is tried again and again
        text.append(f'agenda: "{AGENDA} --agenda {agenda} serve --kiosk lobby-1"')
        open(self.config + "/kiosk.yaml", "w").write("\n".join(text) + "\n")
        self.extra, self.script = list(extra), script

    def start(self):
        """Starts it and returns the milliseconds until the first complete screen."""
        path = self.folder + "/notify"
        if os.path.exists(path):
            os.unlink(path)
        listen = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        listen.bind(path)
        listen.settimeout(.5)
        env = dict(environment(), NOTIFY_SOCKET=path)
        begin = time.monotonic()
        self.process = subprocess.Popen([KIOSK, "--config", self.config, "--data", self.folder + "/data", "--window", "1080x1920",
                                         *self.extra], env=env, stderr=open(self.folder + "/log", "w"),
                                        stdin=subprocess.PIPE if self.script else None)
        ready = False
        while not ready:
            try:
                ready = listen.recv(512).startswith(b"READY=1")
            except TimeoutError:
                if self.process.poll() is not None or time.monotonic() - begin > 20:
                    said = open(self.folder + "/log").read()[-500:]
                    raise RuntimeError(f"the kiosk did not start ({self.process.returncode}): {said}") from None
        took = (time.monotonic() - begin) * 1e3
        listen.close()
        return took

    def still(self):
        """From the next start on nothing moves by itself."""
        text = open(self.config + "/kiosk.yaml").read().splitlines()
        text = [t for t in text if not t.startswith("motion:")] + ["motion: nee"]
        open(self.config + "/kiosk.yaml", "w").write("\n".join(text) + "\n")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def minimal_start(wait=None):
    begin = time.monotonic()
    process = subprocess.Popen([BENCH + "/minimal", wait or "once"], env=environment(), stdout=subprocess.PIPE)
    process.stdout.readline()
    took = (time.monotonic() - begin) * 1e3
    if wait:
        return process
    process.wait()
    return took


def drop_caches():
    os.sync()
    with open("/proc/sys/vm/drop_caches", "w") as f:
        f.write("3")


def family(pid):
    """A process and all its descendants."""
    found = [pid]
    for task in glob.glob(f"/proc/{pid}/task/*/children"):
        for child in open(task).read().split():
            found += family(int(child))
    return found


def pss_mb(pid):
    total = 0
    for p in family(pid):
        try:
            for line in open(f"/proc/{p}/smaps_rollup"):
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            pass
    return total / 1024


def cpu_ms(pid):
    """Of every living thread, by the scheduler's own count: ticks of 10 ms are too coarse for what rests."""
    total = 0
    for p in family(pid):
        for count in glob.glob(f"/proc/{p}/task/*/schedstat"):
            total += int(open(count).read().split()[0])
    return total / 1e6


def wakeups(pid):
    total = 0
    for p in family(pid):
        for status in glob.glob(f"/proc/{p}/task/*/status"):
            for line in open(status):
                if line.startswith("voluntary_ctxt_switches"):
                    total += int(line.split()[1])
    return total


def probe(*args):
    out = subprocess.run([BENCH + "/touch_probe", *map(str, args)], env=environment(), capture_output=True, text=True, timeout=120)
    return [float(v) for v in out.stdout.split()]


def measure_start():
    kiosk = Kiosk()
    warm, cold, ref_warm, ref_cold = [], [], [], []
    kiosk.start(), kiosk.stop()
    for _ in range(RUNS):
        warm.append(kiosk.start()), kiosk.stop()
        ref_warm.append(minimal_start())
    row("start to the first complete screen, program in cache", "ms", warm, ref_warm, 2)
    try:
        for _ in range(max(3, RUNS // 3)):
            drop_caches()
            cold.append(kiosk.start()), kiosk.stop()
            drop_caches()
            ref_cold.append(minimal_start())
        if CHROMIUM["start"]:
            row("start against Chromium in kiosk mode", "ms", warm, CHROMIUM["start"], 1 / 12)
        row("the same, caches dropped", "ms", cold, ref_cold, 2.5)
    except OSError:
        print("caches cannot be dropped here: that line is left out")
    kiosk.remove()


def measure_touch():
    minimal = minimal_start(wait="wait")
    ref = probe("press", 300, 300, 40)
    ref_full = []
    minimal.kill(), minimal.wait()
    kiosk = Kiosk()
    kiosk.start()
    time.sleep(1.5)
    ours = probe("press", 540, 1320, 40)
    row("touch to changed pixel, button feedback", "µs", ours, ref, 2)
    row("the same, 95th percentile against the reference's median", "µs", [percentile(ours, .95)], ref, 4)
    kiosk.stop(), kiosk.remove()
    full, again, at_once = [], [], []
    for _ in range(max(5, RUNS // 2)):
        k = Kiosk()
        k.start()
        time.sleep(1.0)
        full += probe("screen", 540, 1320, 120)
        time.sleep(.7)
        probe("screen", 90, 1850, 150)  # back
        time.sleep(.7)
        again += probe("screen", 540, 1320, 120)
        k.stop()
        k.start()
        at_once += probe("at-once", 540, 1320, 120)
        k.stop(), k.remove()
    minimal = minimal_start(wait="full")
    for _ in range(max(5, RUNS // 2)):
        ref_full += probe("screen", 540, 1320, 120)
    minimal.kill(), minimal.wait()
    row("touch to a whole new screen, never shown before", "µs", full, ref_full, 1.5, "a second after the start; reference: repaints everything")
    row("touch to a whole new screen, shown before", "µs", again, ref_full, 1.5)
    row("touch to a whole new screen, within 50 ms of the start", "µs", at_once, ref_full, None, "nothing could be made ready")


def measure_memory():
    kiosk = Kiosk(script=True)
    kiosk.extra = ["--script", "-"]
    kiosk.start()
    for line in open(HERE + "/visit.script", "rb"):
        kiosk.process.stdin.write(line)
    done = kiosk.folder + "/done.json"
    kiosk.process.stdin.write(f"wait start 30\ndump {done}\n".encode())
    kiosk.process.stdin.flush()
    deadline = time.monotonic() + 90
    while not os.path.exists(done) and kiosk.process.poll() is None and time.monotonic() < deadline:
        time.sleep(.1)
    time.sleep(1)
    ours, cpu = [pss_mb(kiosk.process.pid)], [cpu_ms(kiosk.process.pid)]
    kiosk.stop(), kiosk.remove()
    minimal = minimal_start(wait="wait")
    ref = [pss_mb(minimal.pid)]
    minimal.kill(), minimal.wait()
    row("memory after a visit, PSS of all processes", "MB", ours, ref, 2.5, "kiosk and its agenda command")
    if CHROMIUM["memory"]:
        row("memory against Chromium in kiosk mode", "MB", ours, CHROMIUM["memory"], 1 / 12)
    absolute("whole visit, scripted: processor time", "ms", cpu, None)


def wake_row(what, kiosk, goal, note, seconds=60):
    """A minute, so that what is done once a minute is in it."""
    cpu, wake = cpu_ms(kiosk.process.pid), wakeups(kiosk.process.pid)
    time.sleep(seconds)
    used = (cpu_ms(kiosk.process.pid) - cpu) / (seconds * 10)
    woken = (wakeups(kiosk.process.pid) - wake) / seconds
    absolute(f"processor while idle, {what}", "%", [used], 0.05)
    absolute(f"wake-ups a second while idle, {what}", "", [woken], goal, note)


def measure_idle():
    """Idle begins when the start is over: 5 s after it the status is written once more."""
    kiosk = Kiosk()
    kiosk.start()
    time.sleep(8)
    wake_row("start screen", kiosk, None, "Begin's hand: 2 pictures in 6 s, each with the display's answer")
    kiosk.stop()
    kiosk.still()
    kiosk.start()
    time.sleep(8)
    wake_row("start screen, motion off", kiosk, 0, "the picture drifts once a minute, the agenda is asked once a minute")
    probe("screen", 540, 1320, 120)
    time.sleep(3)
    wake_row("any other screen", kiosk, 0, "until the kiosk asks whether somebody is there", 50)
    kiosk.stop(), kiosk.remove()


class Sshd:
    """A real sshd on loopback with keys of its own; as root, and where there is one."""

    def __init__(self):
        self.folder, self.command = tempfile.mkdtemp(prefix="wegwijs-bench-ssh-"), None
        if os.geteuid() != 0 or not os.path.exists("/usr/sbin/sshd"):
            return
        os.makedirs("/run/sshd", exist_ok=True)
        f, port = self.folder, 20000 + os.getpid() % 20000
        for key in ("host", "kiosk"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{f}/{key}"], check=True)
        shutil.copy(f + "/kiosk.pub", f + "/authorized_keys")
        with open(f + "/sshd_config", "w") as out:
            out.write(f"Port {port}\nListenAddress 127.0.0.1\nHostKey {f}/host\nPidFile {f}/pid\nStrictModes no\nUsePAM no\n"
                      f"AuthorizedKeysFile {f}/authorized_keys\nPasswordAuthentication no\nPermitRootLogin prohibit-password\n")
        with open(f + "/known_hosts", "w") as out:
            out.write(f"[127.0.0.1]:{port} " + " ".join(open(f + "/host.pub").read().split()[:2]) + "\n")
        with open(f + "/config", "w") as out:
            out.write(f"Host agenda\nHostName 127.0.0.1\nPort {port}\nUser root\nIdentityFile {f}/kiosk\nIdentitiesOnly yes\n"
                      f"UserKnownHostsFile {f}/known_hosts\nGlobalKnownHostsFile none\nBatchMode yes\nLogLevel ERROR\n")
        subprocess.run(["/usr/sbin/sshd", "-f", f + "/sshd_config", "-E", f + "/log"], check=True)
        self.command = f"ssh -T -F {f}/config agenda"

    def stop(self):
        try:
            os.kill(int(open(self.folder + "/pid").read()), signal.SIGTERM)
        except OSError:
            pass
        shutil.rmtree(self.folder, ignore_errors=True)


def measure_parts():
    """The C benches print lines: name, then samples for ours, then samples for the reference."""
    goals = json.load(open(HERE + "/goals.json"))
    sshd = Sshd()
    try:
        out = subprocess.run([BENCH + "/parts", RELEASE, *([sshd.command] if sshd.command else [])], capture_output=True, text=True,
                             timeout=900)
    finally:
        sshd.stop()
    sys.stderr.write(out.stderr)
    for line in out.stdout.splitlines():
        part = json.loads(line)
        goal = goals.get(part["name"], {})
        if part.get("reference"):
            row(goal.get("what", part["name"]), part["unit"], part["ours"], part["reference"], goal.get("goal"), part.get("note", ""))
        else:
            absolute(goal.get("what", part["name"]), part["unit"], part["ours"], goal.get("goal"), part.get("note", ""))


def measure_million():
    """The same commands and requests at a million bookings of ten years and on an empty agenda."""
    what = {"today": "agenda: today", "slots": "agenda: free slots of 14 days", "sync": "agenda: a sync, with all its lists",
            "lease": "agenda: a lease", "report": "agenda: report of ten years"}
    out = subprocess.run([sys.executable, HERE + "/agenda.py", RELEASE], capture_output=True, text=True, timeout=1800)
    sys.stderr.write(out.stderr)
    for line in out.stdout.splitlines():
        part = json.loads(line)
        name = what[part["name"]] + " at 1 000 000 bookings"
        if part["name"] == "report":
            absolute(name, part["unit"], part["ours"], 1000)
        else:
            row(name, part["unit"], part["ours"], part["reference"], 1.2, "reference: on an empty agenda")


def measure_slip():
    out = subprocess.run([BENCH + "/slip"], cwd=HERE + "/../..", env=dict(os.environ, WEGWIJS_SHARE=HERE + "/../.."), capture_output=True,
                         text=True, timeout=300)
    sys.stderr.write(out.stderr)
    part, goal = json.loads(out.stdout), json.load(open(HERE + "/goals.json"))["slip"]
    row(goal["what"], part["unit"], part["ours"], part["reference"], goal["goal"], part["note"])


def measure_chromium():
    """Chromium in kiosk mode on a static page of eight buttons: only with CHROMIUM=1, where it is installed."""
    folder = tempfile.mkdtemp()
    with open(folder + "/page.html", "w") as page:
        page.write("<title>wait</title><body style='font:48px sans-serif'>" +
                   "".join(f"<button style='width:45%;height:20vh'>Knop {i}</button>" for i in range(8)) +
                   "<script>requestAnimationFrame(() => requestAnimationFrame(() => { document.title = 'painted-now' }))</script>")
    flags = ["--kiosk", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-quic", "--window-size=1080,1920"]
    for i in range(3):
        begin = time.monotonic()
        browser = subprocess.Popen(["chromium", *flags, f"--user-data-dir={folder}/p{i}", "file://" + folder + "/page.html"],
                                   env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while subprocess.run(["xdotool", "search", "--name", "painted-now"], env=environment(), capture_output=True).returncode:
            time.sleep(.01)
        CHROMIUM["start"].append((time.monotonic() - begin) * 1e3)
        time.sleep(3)
        CHROMIUM["memory"].append(pss_mb(browser.pid))
        browser.terminate(), browser.wait()
    shutil.rmtree(folder, ignore_errors=True)


CHROMIUM = {"start": [], "memory": []}


def on_a_screen(parts):
    """Runs these parts on one virtual screen."""
    global missed
    # Without -noreset the server begins anew when its last client leaves, and turns away who comes meanwhile.
    told, tell = os.pipe()
    screen = subprocess.Popen(["Xvfb", DISPLAY, "-noreset", "-displayfd", str(tell), "-screen", "0", "1080x1920x24", "-nolisten", "tcp"],
                              pass_fds=[tell], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(tell)
    if not os.read(told, 16):
        sys.exit("no virtual screen")
    os.close(told)
    time.sleep(1)
    for part in parts:
        try:
            part()
        except Exception as fault:  # one part that cannot run must not hide the others
            print(f"{part.__name__}: {type(fault).__name__}: {fault}")
            missed += 1
    screen.terminate()
    screen.wait()


def main():
    if os.environ.get("CHROMIUM"):  # what it leaves in a display server makes the others faster or slower
        on_a_screen([measure_chromium])
    on_a_screen([measure_start, measure_memory, measure_touch, measure_idle, measure_parts, measure_million, measure_slip])
    table()
    print(f"{sum(r[6] == 'reached' for r in rows)} reached, {missed} missed")


main()
