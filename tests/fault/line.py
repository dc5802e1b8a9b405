#!/usr/bin/env python3
"""A line between two network namespaces, packet by packet: line.py AGENDA-NAMESPACE KIOSK-NAMESPACE CONTROL

For machines whose kernel has no netem. Each end is a tun device "line" (10.77.0.1 and 10.77.0.2). The file
CONTROL holds "DELAY_MS LOSS_PERCENT up|cut" and is read anew whenever it changes. Prints "ready" when it works.
"""
import ctypes, fcntl, heapq, os, random, select, struct, subprocess, sys, time

agenda, kiosk, control = sys.argv[1:4]
libc = ctypes.CDLL(None, use_errno=True)
TUNSETIFF, IFF_TUN, IFF_NO_PI, CLONE_NEWNET = 0x400454CA, 1, 0x1000, 0x40000000


def open_end(namespace, own, other):
    with open(f"/run/netns/{namespace}") as place:
        if libc.setns(place.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(end, TUNSETIFF, struct.pack("16sH22x", b"line", IFF_TUN | IFF_NO_PI))
    for command in (f"ip addr add {own} peer {other} dev line", "ip link set line up", "ip link set lo up"):
        subprocess.run(command.split(), check=True)
    return end


ends = [open_end(agenda, "10.77.0.1", "10.77.0.2"), open_end(kiosk, "10.77.0.2", "10.77.0.1")]
chance = random.Random(20261124)
delay, loss, up, read_at, queue, count = 0.0, 0.0, True, 0, [], 0
print("ready", flush=True)
while True:
    wait = max(0.0, min(0.05, queue[0][0] - time.monotonic())) if queue else 0.05
    readable, _, _ = select.select(ends, [], [], wait)
    changed = os.stat(control).st_mtime_ns
    if changed != read_at:
        words = open(control).read().split()
        if len(words) == 3:
            delay, loss, up, read_at = float(words[0]) / 1000, float(words[1]) / 100, words[2] == "up", changed
    for end in readable:
        packet = os.read(end, 65536)
        if up and chance.random() >= loss:
            count += 1
            heapq.heappush(queue, (time.monotonic() + delay, count, ends[1 - ends.index(end)], packet))
    while queue and queue[0][0] <= time.monotonic():
        _, _, end, packet = heapq.heappop(queue)
        if up:
            try:
                os.write(end, packet)
            except OSError:
                pass
