#!/usr/bin/env python3
"""Takes the measures in turn - baseline, then ours, three times each - and prints one Markdown table. Called by bin/bench.

    bench.py [NAME...] [--list] [--rounds 3] [--baselines] [--rows N] [--minutes N]     without names: all but servers and day

Beside a PostgreSQL (bin/postgres run --durable bin/bench NAME...) the books lie there; DIANZHANG_BINARY names another build to be measured.
"""
import argparse
import os
import sys
from pathlib import Path

import archive
import batch
import day
import growth
import handover
import inprocess
import nightly
import overhttp
import pages
import portal
import regulations
import servers
import sitting
from machine import BenchFailed, describe, median, run

ROOT = Path(__file__).resolve().parent.parent
MEASURES = (
    batch.MEASURES | inprocess.MEASURES | overhttp.MEASURES | pages.MEASURES | archive.MEASURES | regulations.MEASURES
    | sitting.MEASURES | handover.MEASURES | portal.MEASURES | servers.MEASURES | nightly.MEASURES | growth.MEASURES | day.MEASURES)
# Those that need another server, or long, are asked for by name.
BY_NAME_ALONE = {"servers", "nightly", "growth", "day"}


class Bench:
    """Where things are, and what the command line chose."""

    def __init__(self, rounds, baselines_only, rows=None, minutes=None):
        self.rounds, self.baselines_only, self.rows, self.minutes = rounds, baselines_only, rows, minutes
        self.scratch = ROOT / ".build-bench"
        self.peers = ROOT / "bench" / "peers"
        self.python = sys.executable
        self.product = Path(os.environ.get("DIANZHANG_BINARY", ROOT / ".build-release" / "release" / "dianzhang"))
        self.scratch.mkdir(exist_ok=True)

    def intake(self, rows):
        """The intake file of so many rows; written once and kept."""
        path = self.scratch / f"intake-{rows}.csv"
        if not path.with_name(path.name + ".truth.json").exists():
            run([self.python, ROOT / "bench" / "generate.py", "--rows", rows, "--out", path])
        return path

    def in_turn(self, ours, baseline=None):
        """Medians of ours and of the baseline, measured in turn. Each is a function that returns a number, or several by name."""
        taken = {"ours": [], "baseline": []}
        for _ in range(self.rounds):
            if baseline:
                taken["baseline"].append(baseline())
            if not self.baselines_only:
                taken["ours"].append(ours())
        return middle(taken["ours"]), middle(taken["baseline"])


def middle(values):
    if not values:
        return None
    if isinstance(values[0], dict):
        return {name: median([value[name] for value in values]) for name in values[0]}
    return median(values)


def table(names, bench):
    """Prints the rows as they come, so that a long run shows its progress; returns how many measures failed."""
    print("| measure | ours (median) | baseline | ratio | target | reached |\n|---|---|---|---|---|---|", flush=True)
    failed = 0
    for name in names:
        try:
            for row in MEASURES[name](bench):
                print(row.markdown(), flush=True)
                failed += row.missed
        except (BenchFailed, FileNotFoundError, KeyError) as error:
            failed += 1
            reason = str(error).replace("\n", " ").replace("|", "/")
            print(f"| {name} | not measured: {reason[:300]} | | | | no |", flush=True)
    return failed


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("names", nargs="*", metavar="NAME", help=", ".join(MEASURES))
    options.add_argument("--list", action="store_true", help="print the names of the measures")
    options.add_argument("--check", action="store_true", help="only see whether the names are known")
    options.add_argument("--rounds", type=int, default=3)
    of_size = "intake, archive, school, assets, sitting, handover, portal, nightly; the largest of growth"
    options.add_argument("--rows", type=int, help=f"another size than the goals are for: {of_size}")
    options.add_argument("--minutes", type=float, help=f"how long the server of day works ({day.MINUTES})")
    options.add_argument("--baselines", action="store_true", help="measure the rivals only")
    chosen = options.parse_args()
    unknown = [name for name in chosen.names if name not in MEASURES]
    if unknown:
        sys.exit(f"No measure is called {', '.join(unknown)}; there are: {', '.join(MEASURES)}")
    if chosen.check:
        return
    if chosen.list:
        print("\n".join(MEASURES))
        return
    print(f"Measured {describe()}.\n")
    names = chosen.names or [name for name in MEASURES if not name.endswith("-small") and name not in BY_NAME_ALONE]
    failed = table(names, Bench(max(chosen.rounds, 1), chosen.baselines, chosen.rows, chosen.minutes))
    print(f"\nAt the end: {describe()}.")
    sys.exit(1 if failed and not chosen.baselines else 0)


if __name__ == "__main__":
    main()
