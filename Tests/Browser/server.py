"""The product with its demonstration, started for the tests on a free port with a database that is thrown away."""
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_START = 400  # the demonstration writes its history first


def program():
    """The debug program, or the one that DIANZHANG_BINARY names."""
    return os.environ.get("DIANZHANG_BINARY") or str(ROOT / ".build" / "debug" / "dianzhang")


@contextmanager
def demonstration(place=None):
    """Yields the address. DIANZHANG_URL names a server that runs already. Its database is `place`/demo.sqlite, for who needs it."""
    running = os.environ.get("DIANZHANG_URL")
    if running and place is None:
        yield running.rstrip("/")
        return
    with tempfile.TemporaryDirectory(prefix="dianzhang-browser.") as folder:
        with serving(place or folder, "--demo", "--database", f"sqlite:{place or folder}/demo.sqlite") as (address, _):
            yield address


@contextmanager
def serving(folder, *options):
    """The product with these options, in a folder. Yields its address and its process."""
    port = free_port()
    log = Path(folder, "server.log")
    command = [program(), "serve", *options, "--port", str(port)]
    with open(log, "w") as output:
        child = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder)
    try:
        wait(child, f"http://127.0.0.1:{port}", log)
        yield f"http://127.0.0.1:{port}", child
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait(child, address, log):
    until = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            urllib.request.urlopen(address + "/login", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            if child.poll() is not None or time.monotonic() > until:
                raise RuntimeError("The product did not start:\n" + log.read_text(errors="replace")[-4000:]) from None
            time.sleep(0.2)


def wait_until_answered(address):
    """Asks as often as there are threads that may still be busy with what came before."""
    for _ in range(50):
        urllib.request.urlopen(address + "/login", timeout=10).close()
def until(ask, complaint, seconds=60):
    """What `ask` answers, once that is something."""
    end = time.monotonic() + seconds
    while True:
        found = ask()
        if found:
            return found
        assert time.monotonic() < end, complaint() if callable(complaint) else complaint
        time.sleep(0.1)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
