"""A network of its own for one person, and the link between it and this machine, as bad as the test wants it.

The link is made of two TUN devices, one on each side, and this program carries the packets between them. Everything it
made goes when it ends: the devices with their file descriptors, the network with the last process in it. It needs root,
iproute2 and /dev/net/tun, and no module of the kernel for bad networks, which many kernels lack.

argv[1] is {"near": [addresses of this machine], "subnet": "10.70.3", "seed": 1}. Each line of stdin changes settings, as
in Link.settings, and is answered by a line of stdout with what was carried so far.
"""

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import struct
import subprocess
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_NO_PI = 0x0001, 0x1000
CLONE_NEWNET = 0x40000000
TCP = 6
MTU = 1400


def ip(*words):
    subprocess.run(["ip", *words], check=True)


def open_tun():
    """A TUN device of the network that this process is in, named by the kernel."""
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    answer = fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", b"lz%d", IFF_TUN | IFF_NO_PI))
    name = answer[:16].rstrip(b"\0").decode()
    ip("link", "set", name, "mtu", str(MTU), "txqueuelen", "1000", "up")
    return fd, name


def leave_network():
    """From here on this process is in a network of its own, with nothing in it."""
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def passes(packet, what):
    """Whether a firewall lets an IPv4 packet through; what it does not, it drops without a word."""
    if what == "all":
        return True
    if len(packet) < 24 or packet[0] >> 4 != 4 or packet[9] != TCP:
        return False
    if what == "tcp":
        return True
    head = (packet[0] & 15) * 4
    return 443 in struct.unpack_from("!HH", packet, head)


class Way:
    """One direction: what waits to be delivered, and when the link is free again."""

    def __init__(self, to):
        self.to = to
        self.waiting = []
        self.free_at = 0.0
        self.carried = self.lost = self.bytes = 0


class Link:
    def __init__(self, near_fd, far_fd, far_name, subnet, seed):
        self.settings = {
            "delayMs": 0,
            "jitterMs": 0,
            "lossPercent": 0,
            "rateKbps": 0,  # 0: as fast as the machine
            "queueMs": 500,  # what the queue before a slow link holds
            "isSilent": False,
            "passes": "all",  # or tcp, or tcp-443
            "host": 2,  # the last number of the person's address
        }
        self.ways = {near_fd: Way(far_fd), far_fd: Way(near_fd)}
        self.far_name, self.subnet = far_name, subnet
        self.random = random.Random(seed)
        self.count = 0

    def change(self, changes):
        for name, value in changes.items():
            if name not in self.settings:
                raise ValueError(f"a link has no {name}")
            if name == "host" and value != self.settings["host"]:
                self.move(value)
            self.settings[name] = value

    def move(self, host):
        """Another address from now on, as after a change from one network to another."""
        ip("address", "flush", "dev", self.far_name)
        ip("address", "add", f"{self.subnet}.{host}/24", "dev", self.far_name)
        ip("route", "replace", "default", "dev", self.far_name)

    def take(self, fd, now):
        way, settings = self.ways[fd], self.settings
        while True:
            try:
                packet = os.read(fd, 65536)
            except BlockingIOError:
                return
            if (
                settings["isSilent"]
                or not passes(packet, settings["passes"])
                or self.random.random() * 100 < settings["lossPercent"]
            ):
                way.lost += 1
                continue
            at = now
            if settings["rateKbps"]:
                if way.free_at - now > settings["queueMs"] / 1000:
                    way.lost += 1
                    continue
                way.free_at = at = max(now, way.free_at) + len(packet) * 8 / (settings["rateKbps"] * 1000)
            at += (settings["delayMs"] + self.random.random() * settings["jitterMs"]) / 1000
            self.count += 1
            heapq.heappush(way.waiting, (at, self.count, packet))

    def deliver(self, now):
        """Returns how long there is nothing to do, in seconds."""
        nearest = 1.0
        for way in self.ways.values():
            while way.waiting and way.waiting[0][0] <= now:
                packet = heapq.heappop(way.waiting)[2]
                try:
                    os.write(way.to, packet)
                except OSError:
                    # The device is between two addresses: the packet is lost, as it would be outside.
                    way.lost += 1
                    continue
                way.carried += 1
                way.bytes += len(packet)
            if way.waiting:
                nearest = min(nearest, way.waiting[0][0] - now)
        return max(nearest, 0)

    def report(self):
        up, down = self.ways.values()
        told = {
            "fromHub": {"carried": up.carried, "lost": up.lost, "bytes": up.bytes},
            "toHub": {"carried": down.carried, "lost": down.lost, "bytes": down.bytes},
        }
        print(json.dumps(told), flush=True)


def main():
    wanted = json.loads(sys.argv[1])
    subnet = wanted["subnet"]
    near_fd, near_name = open_tun()
    for address in wanted["near"]:
        ip("address", "add", f"{address}/32", "dev", near_name)
    ip("route", "add", f"{subnet}.0/24", "dev", near_name, "src", wanted["near"][0])
    leave_network()
    ip("link", "set", "lo", "up")
    far_fd, far_name = open_tun()
    link = Link(near_fd, far_fd, far_name, subnet, wanted["seed"])
    link.move(link.settings["host"])
    link.report()
    lines = b""
    while True:
        idle = link.deliver(time.monotonic())
        ready, _, _ = select.select([near_fd, far_fd, 0], [], [], idle)
        now = time.monotonic()
        for fd in ready:
            if fd != 0:
                link.take(fd, now)
                continue
            read = os.read(0, 65536)
            if not read:
                return  # Whoever asked for the link is gone.
            *whole, lines = (lines + read).split(b"\n")
            for line in whole:
                link.change(json.loads(line))
                link.report()


main()
