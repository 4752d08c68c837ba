#!/usr/bin/env python3
"""Baseline for resident numbers: python-stdnum's cn.ric on one core. Usage: stdnum_ids.py INTAKE.csv

Prints `ids VALUE 1/s`: the resident numbers of the file, good and bad, checked one after another for two seconds.
"""
import csv
import itertools
import sys
import time

from stdnum.cn import ric

SECONDS = 2.0


def main():
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        rows = itertools.islice(csv.DictReader(file), 100_000)
        numbers = [row["document_number"] for row in rows if row["document_type"] == "resident-id"]
    checked, start = 0, time.perf_counter()
    for number in itertools.cycle(numbers):
        ric.is_valid(number)
        checked += 1
        if checked % 1000 == 0 and time.perf_counter() - start >= SECONDS:
            break
    print(f"ids {checked / (time.perf_counter() - start):.0f} 1/s")


if __name__ == "__main__":
    main()
