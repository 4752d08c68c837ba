#!/usr/bin/env python3
"""Measures two states of the project in turn and prints one Markdown table. Called by bin/bench --before FOLDER.

    before.py FOLDER NAME... [--rounds 3]     FOLDER: a checkout of the other state with its release build

Each state is measured by its own scripts, which know its commands and its API; rivals are left out.
"""
import argparse
import json
import subprocess
import sys
from pathlib import Path

from machine import describe, median
from measure import with_unit

ROOT = Path(__file__).resolve().parent.parent
# Run in the folder of a state's scripts: one measure, once, without a rival; a line for each of its rows.
ONE_MEASURE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import bench
one = bench.Bench(1, False)
one.in_turn = lambda ours, baseline=None: (ours(), None)
for row in bench.MEASURES[sys.argv[2]](one):
    print("ROW" + json.dumps([row.name, row.unit, row.ours, row.lower_is_better]), flush=True)
"""


def rows(checkout, name):
    command = [sys.executable, "-c", ONE_MEASURE, str(checkout / "bench"), name]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{name} of {checkout} was not measured: {done.stderr.strip()[-600:]}")
    return {found[0]: found[1:] for found in (json.loads(line[3:]) for line in done.stdout.splitlines() if line.startswith("ROW"))}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("before", type=Path)
    options.add_argument("names", nargs="+", metavar="NAME")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()
    print(f"Measured {describe()}.\n\n| measure | before | now | times as good as before | rounds |\n|---|---|---|---|---|", flush=True)
    for name in chosen.names:
        taken = [(rows(chosen.before.resolve(), name), rows(ROOT, name)) for _ in range(chosen.rounds)]
        for title, (unit, _, lower) in taken[0][1].items():
            before, now = [one[0][title][1] for one in taken], [one[1][title][1] for one in taken]
            ratios = [old / new if lower else new / old for old, new in zip(before, now)]
            each = " ".join(f"{ratio:.2f}" for ratio in ratios)
            print(f"| {title} | {with_unit(median(before), unit)} | {with_unit(median(now), unit)} | {median(ratios):.2f} | {each} |", flush=True)
    print(f"\nAt the end: {describe()}.")


if __name__ == "__main__":
    main()
