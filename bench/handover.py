"""Notices handed over to a gateway by a process that is killed twice: none is lost, none leaves a second time."""
import os
import signal
import subprocess
import time

import gateway
import ours
from machine import BenchFailed, figures, run
from measure import Measure

ROWS = 200_000
# Of the book whose policies the notices are about: some thousand customers, each with several notices.
BOOK = 20_000
# Claims of a carrier that died are given back after five minutes; the clock of the one that starts last is ahead by more.
AHEAD = 6


def book(bench, rows):
    """A book with so many notices queued, by as many events of policies; and what the program says of it."""
    folder = ours.fresh_book(bench, "handover")
    ours.import_intake(bench, folder, BOOK)
    return folder, figures(run([bench.product, "bench", "notices", "--rows", rows, "--database", ours.database(folder)]).output)


def carry(bench, folder, messages, until=None, ahead=0):
    """Lets a process hand over, to its end or until the gateway has so many messages; then it is killed. Returns its output and time."""
    log, started = folder / f"carry-{until or 'end'}.log", time.monotonic()
    command = [bench.product, "bench", "carry", "--ahead", ahead, "--database", ours.database(folder)]
    with open(log, "w") as file:
        child = subprocess.Popen([str(word) for word in command], stdout=file, stderr=file, env=os.environ | messages.environment)
    try:
        while child.poll() is None and (until is None or len(messages.key_of) < until):
            time.sleep(0.005 if until else 0.1)
        if until is None and child.returncode != 0:
            raise BenchFailed(f"the carrier ended with {child.returncode}: {log.read_text()[-300:]}")
        if until is not None and child.returncode is not None:
            raise BenchFailed(f"the carrier ended before it could be killed: {log.read_text()[-300:]}")
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
        child.wait()
    return log.read_text(), time.monotonic() - started


def handover(bench):
    if bench.baselines_only:
        return []
    rows = bench.rows or ROWS
    folder, composed = book(bench, rows)
    queued = int(composed["queued"])
    with gateway.running() as messages:
        seconds = sum(carry(bench, folder, messages, until=queued * third // 3)[1] for third in (1, 2))
        output, last = carry(bench, folder, messages, ahead=AHEAD)
    said = figures(output)
    if said["handed"] - composed["handed"] < queued:
        raise BenchFailed(f"of {queued} notices the book has {said['handed'] - composed['handed']:.0f} as handed over")
    title = f"{queued:,} notices handed over, killed twice"
    return [
        Measure(title, "1/s", queued / (seconds + last)),
        Measure("that came twice under two keys", "notices", messages.doubles, goal=0, goal_of_ours=True, lower_is_better=True),
        Measure("that never came", "notices", queued - len(messages.key_of), goal=0, goal_of_ours=True, lower_is_better=True),
        Measure("sent again under their own key, which the gateway takes once", "notices", messages.posts - len(messages.number_of)),
        Measure("events recorded, each with its notice composed", "1/s", composed["composed"]),
    ]


MEASURES = {"handover": handover}
