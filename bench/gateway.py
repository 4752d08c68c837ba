"""A gateway for short messages on loopback, as docs/GATEWAY.md has it: it takes every message at once, and counts."""
import asyncio
import base64
import json
import re
import threading
from contextlib import contextmanager

from machine import free_port

SECRET = base64.b64encode(b"the bench and its gateway share this").decode()
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
# The amount of a notice that the bench has composed; no two have the same.
AMOUNT = re.compile(r"收到保费(\d+)\.01元")


class Gateway:
    """What came in. A message is known by its key; what it says, by the amount that it names."""

    def __init__(self, port):
        self.port, self.posts, self.doubles = port, 0, 0
        self.number_of = {}  # key: the gateway's own number
        self.key_of = {}  # amount: the key under which it came first
        self.latest = {}  # telephone: the last text to it that names no amount

    @property
    def environment(self):
        return {"DIANZHANG_SMS_GATEWAY": f"http://127.0.0.1:{self.port}/", "DIANZHANG_SMS_GATEWAY_SECRET": SECRET}

    def take(self, message):
        self.posts += 1
        key = message["key"]
        if key in self.number_of:  # sent again: it leaves once
            return self.number_of[key]
        number = self.number_of[key] = f"g{len(self.number_of) + 1}"
        amount = AMOUNT.search(message["text"])
        if not amount:
            self.latest[message["to"]] = message["text"]
        elif self.key_of.setdefault(int(amount.group(1)), key) != key:
            self.doubles += 1
        return number


class Connection(asyncio.Protocol):
    def __init__(self, gateway):
        self.gateway, self.rest = gateway, b""

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.rest += data
        while b"\r\n\r\n" in self.rest:
            head, _, rest = self.rest.partition(b"\r\n\r\n")
            length = int(LENGTH.search(head).group(1))
            if len(rest) < length:
                return
            self.rest = rest[length:]
            answer = json.dumps({"id": self.gateway.take(json.loads(rest[:length]))}).encode()
            self.transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(answer) + answer)


@contextmanager
def running():
    """A gateway that listens, on a thread of its own."""
    gateway, loop = Gateway(free_port()), asyncio.new_event_loop()
    listening = loop.run_until_complete(loop.create_server(lambda: Connection(gateway), "127.0.0.1", gateway.port))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        loop.call_soon_threadsafe(listening.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
