"""The memory of a server after days of mixed work at 16 connections: pages, papers, files, programs, exports."""
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import books
import officework
import ours
from machine import BenchFailed, run
from measure import Measure
from pages import book

ROWS = 20_000
CONNECTIONS = 16
MINUTES = 12
# Between one look at the memory and the next, in seconds.
PAUSE = 5
GOAL = 150
# What 500 persons ask for in a working day, pages and programs together.
REQUESTS_OF_A_DAY = 75_000


@dataclass
class Look:
    """The memory of the process at a moment, in megabytes, and how many requests it had been sent."""
    resident: float
    own: float  # of it, what no file backs: heap and stacks, without the program and its fonts
    sent: int


def look(process, done):
    with open(f"/proc/{process}/status") as file:
        found = dict(line.split(":", 1) for line in file)
    words = done.read_text().split() if done.exists() else []
    return Look(int(found["VmRSS"].split()[0]) / 1024, int(found["RssAnon"].split()[0]) / 1024, int(words[0]) if words else 0)


def work(bench, port, folder, minutes):
    """Sends the requests for so long; returns how many were answered."""
    environment = {"DIANZHANG_REQUESTS": str(folder / "requests.txt"), "DIANZHANG_DONE": str(folder / "done.txt")}
    script = bench.peers.parent / "requests" / "day.lua"
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{round(minutes * 60)}s", "--timeout", "30s", "-s", script, f"http://127.0.0.1:{port}"]
    output = run(command, environment).output
    answered = int(re.search(r"(\d+) requests in", output).group(1))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    # A server that is overloaded for a moment may say so; more would be another kind of work than was meant.
    if refused and int(refused.group(1)) * 1000 > answered:
        raise BenchFailed(f"of {answered} requests {refused.group(1)} were refused")
    return answered


def watched(bench, minutes):
    """The looks at a server while it works, and how many requests it answered."""
    kept = book(bench, f"day-{ROWS}", lambda folder: ours.import_intake(bench, folder, ROWS))
    folder = bench.scratch / "day"
    books.copy(kept, folder)
    reader, clerk = ours.token(bench, folder), ours.token(bench, folder, ours.CLERK)
    done = folder / "done.txt"
    with ours.served(bench, folder) as (port, child), ThreadPoolExecutor(1) as pool:
        (folder / "requests.txt").write_text(officework.lines(officework.requests(port, reader, clerk)))
        looks, working = [look(child.pid, done)], pool.submit(work, bench, port, folder, minutes)
        while not working.done():
            time.sleep(PAUSE)
            looks.append(look(child.pid, done))
        answered = working.result()
    (bench.scratch / "day.csv").write_text("".join(f"{one.sent},{one.resident:.1f},{one.own:.1f}\n" for one in looks))
    return looks, answered


def slope(looks):
    """Megabytes for 100,000 requests more."""
    return statistics.linear_regression([one.sent for one in looks], [one.resident for one in looks]).slope * 100_000


def day(bench):
    """Every look is kept in day.csv: requests sent, megabytes resident, of them its own. `--minutes` says for how long; one at least."""
    if bench.baselines_only:
        return []
    minutes = bench.minutes or MINUTES
    looks, answered = watched(bench, minutes)
    if len(looks) < 12:
        raise BenchFailed(f"{len(looks)} looks at the memory say nothing of its growth; work for a minute at least")
    first_tenth, third, end = looks[len(looks) // 10], looks[len(looks) // 3], looks[-1]
    title = f"a server of {minutes:g} minutes' mixed work, {CONNECTIONS} connections on {books.NAME}"
    return [
        Measure(f"memory of {title}, resident at the end", "MB", end.resident, goal=GOAL, goal_of_ours=True, lower_is_better=True),
        Measure("of it what no file backs (the rest is the program and its fonts)", "MB", end.own),
        Measure("resident after the first tenth", "MB", first_tenth.resident),
        Measure("resident at its peak", "MB", max(one.resident for one in looks)),
        Measure("growth from the first third to the end", "MB", end.resident - third.resident),
        Measure("slope of the second half", "MB/100,000 requests", slope(looks[len(looks) // 2:])),
        Measure("requests answered", "requests", answered),
        Measure(f"working days of 500 persons ({REQUESTS_OF_A_DAY:,} requests each)", "days", answered / REQUESTS_OF_A_DAY),
    ]


MEASURES = {"day": day}
