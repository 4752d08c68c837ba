"""What a measure needs of the machine: its load in words, and the time and memory of one child process."""
import os
import re
import socket
import statistics
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone


class BenchFailed(Exception):
    """A measure could not be taken; the message says why."""


@dataclass
class Run:
    seconds: float
    megabytes: float
    output: str


def describe():
    """One line on the machine as it is now."""
    with open("/proc/meminfo") as file:
        memory = {line.split(":")[0]: int(line.split()[1]) for line in file}
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), "unknown processor")
    load = " ".join(f"{value:.2f}" for value in os.getloadavg())
    return (
        f"{datetime.now(timezone.utc):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores ({model}), load {load}, "
        f"{memory['MemAvailable'] // 2**20} of {memory['MemTotal'] // 2**20} GiB free")


def run(command, environment=None):
    """Runs a command to its end; raises when it fails. Memory is its largest resident set."""
    start = time.perf_counter()
    child = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=os.environ | (environment or {}))
    output = child.stdout.read().decode(errors="replace")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    if child.returncode != 0:
        raise BenchFailed(f"{' '.join(str(word) for word in command)} ended with {child.returncode}: {output.strip()[-400:]}")
    return Run(time.perf_counter() - start, usage.ru_maxrss / 1024, output)


def figures(output):
    """The `name value unit` lines of an output, as numbers by name."""
    found = {}
    for line in output.splitlines():
        words = line.split()
        if len(words) >= 2:
            try:
                found[words[0]] = float(words[1])
            except ValueError:
                continue
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(command, port, folder, log, environment=None, seconds=60):
    """Starts a server of ours or a rival's, waits until it listens, and stops it again. Yields its process."""
    with open(log, "w") as file:
        child = subprocess.Popen(
            [str(word) for word in command], cwd=folder, stdout=file, stderr=file, env=os.environ | (environment or {}))
    try:
        until = time.monotonic() + seconds
        while not listens(port):
            if child.poll() is not None or time.monotonic() > until:
                raise BenchFailed(f"{command[0]} does not listen on port {port}; see {log}")
            time.sleep(0.1)
        yield child
    finally:
        child.terminate()
        try:
            child.wait(20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def requests_a_second(script, port, connections, seconds=3, environment=None):
    """What wrk counts; an answer that is no success, or a broken connection, makes the measure void (a slow one only counts less)."""
    url = f"http://127.0.0.1:{port}"
    taken = run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script, url], environment)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+)", taken.output)
    if "Non-2xx" in taken.output or (broken and any(int(count) for count in broken.groups())):
        raise BenchFailed(f"{script} against {url}: {taken.output.strip()[-300:]}")
    return next(float(line.split()[1]) for line in taken.output.splitlines() if line.startswith("Requests/sec"))


def percentiles(output):
    """Of what wrk prints with --latency: requests a second, the median and the slowest hundredth in milliseconds."""
    if "Non-2xx" in output:
        raise BenchFailed(f"{output.splitlines()[0]}: {output.strip()[-200:]}")
    units = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}
    found = {
        f"p{part}": float(value) * units[unit]
        for part, value, unit in re.findall(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", output, re.MULTILINE)}
    rate = next(float(line.split()[1]) for line in output.splitlines() if line.startswith("Requests/sec"))
    return found | {"rate": rate}


def median(values):
    return statistics.median(values)
