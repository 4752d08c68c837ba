#!/usr/bin/env python3
"""Writes seeded lists for the benches of two regulations.

    bench/lists.py school --rows 2000000 --out items.csv       items of a school: unit, subject, text, number of its reader
    bench/lists.py assets --rows 1000000 --out software.csv    rows of inventories: asset, name, version, publisher

The same rows and seed give the same bytes.
"""
import argparse

from generator.lists import ITEMS, SOFTWARE, items, software

KINDS = {"school": (ITEMS, items), "assets": (SOFTWARE, software)}


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("kind", choices=KINDS)
    options.add_argument("--rows", type=int, required=True)
    options.add_argument("--seed", type=int, default=7)
    options.add_argument("--out", required=True)
    chosen = options.parse_args()
    header, rows = KINDS[chosen.kind]
    with open(chosen.out, "w", encoding="utf-8", newline="") as out:
        out.write(",".join(header) + "\n")
        for row in rows(chosen.rows, chosen.seed):
            out.write(",".join(row) + "\n")


if __name__ == "__main__":
    main()
