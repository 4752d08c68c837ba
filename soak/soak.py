"""bin/soak [ROUND...]: the promises of docs/RELIABILITY.md, tried on the release build with bounded load on loopback. Prints a table."""
import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import crowding
import described
import disk
import keeping
import rights
from office import RoundFailed

# Name: what is promised, how it is tried, with which numbers, with which when it is to be short.
ROUNDS = {
    "rights": ("Who may read what, by page and API", rights.asked, ("sqlite", 43_400), ("sqlite", 2_400)),
    "killed-sqlite": ("Acknowledged acts are kept: kill -9, SQLite", keeping.killed, ("sqlite", 24), ("sqlite", 2)),
    "killed-postgres": ("Acknowledged acts are kept: kill -9, PostgreSQL", keeping.killed, ("postgres", 9), ("postgres", 2)),
    "ended": ("Requests in flight are finished at SIGTERM", keeping.ended, ("sqlite", 8), ("sqlite", 2)),
    "restarted": ("PostgreSQL restarts under load", keeping.restarted, ("postgres", 12), ("postgres", 2)),
    "two": ("Two servers, one killed", keeping.two_servers, ("postgres", 5), ("postgres", 1)),
    "disk": ("A full disk", disk.filled, ("sqlite", "96m"), ("sqlite", "96m")),
    "described": ("The API does what its description says", described.asked, ("sqlite", 435), ("sqlite", 40)),
    "crowded": ("Hostile connections beside others", crowding.crowded, ("sqlite", 450, 450, 150, 160), ("sqlite", 30, 30, 10, 100)),
}


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("rounds", nargs="*", help=", ".join(ROUNDS))
    asked.add_argument("--quick", action="store_true", help="a minute or two instead of half an hour")
    asked = asked.parse_args()
    unknown = [name for name in asked.rounds if name not in ROUNDS]
    if unknown:
        sys.exit(f"bin/soak: there is no round {unknown[0]}; these are: {', '.join(ROUNDS)}")
    scratch = Path(os.environ.get("DIANZHANG_SOAK") or tempfile.mkdtemp(prefix="dianzhang-soak."))
    scratch.mkdir(parents=True, exist_ok=True)
    failed = 0
    print("| promise | outcome |\n|---|---|", flush=True)
    for name in asked.rounds or ROUNDS:
        promise, trial, whole, quick = ROUNDS[name]
        started = time.monotonic()
        try:
            outcome = trial(scratch, *(quick if asked.quick else whole))
        except RoundFailed as failure:
            failed, outcome = failed + 1, f"**not held**: {failure}"
        print(f"| {promise} | {outcome} ({time.monotonic() - started:.0f} s) |", flush=True)
    sys.exit(1 if failed else 0)


main()
