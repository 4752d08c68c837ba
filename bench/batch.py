"""Measures of files: check, screen, and intake into a database."""
import json
import os
import re

import books
import ours as ours_book
from machine import BenchFailed, figures, run
from measure import Measure

MILLION = 1_000_000


def check(bench, rows=MILLION):
    """`dianzhang check FILE`: rows a second and memory."""
    if bench.baselines_only:
        return []
    file = bench.intake(rows)

    def ours():
        taken = run([bench.product, "check", file, "--out", os.devnull])
        return {"rate": rows / taken.seconds, "memory": taken.megabytes}

    taken, _ = bench.in_turn(ours)
    return [
        Measure(f"check, CSV, {rows:,} rows", "rows/s", taken["rate"], goal=300_000, goal_of_ours=True),
        Measure(f"check, CSV, {rows:,} rows: memory", "MB", taken["memory"], goal=200, goal_of_ours=True, lower_is_better=True),
    ]


def check_workbook(bench):
    """`dianzhang check FILE.xlsx` against python-calamine, which only reads the cells."""
    rows = bench.rows or 300_000
    file = bench.scratch / f"intake-{rows}.xlsx"
    if not file.exists():
        run([bench.python, bench.peers / "workbook.py", bench.intake(rows), file])

    def ours():
        taken = run([bench.product, "check", file, "--out", os.devnull])
        return {"time": taken.seconds, "memory": taken.megabytes}

    def baseline():
        taken = run([bench.python, bench.peers / "calamine_read.py", file])
        return {"time": taken.seconds, "memory": taken.megabytes}

    mine, theirs = bench.in_turn(ours, baseline)
    mine, theirs = mine or {}, theirs or {}
    return [
        Measure(f"check, XLSX, {rows:,} rows (python-calamine, reading only)", "s", mine.get("time"), theirs.get("time"), 1, lower_is_better=True),
        Measure("check, XLSX: memory", "MB", mine.get("memory"), theirs.get("memory"), goal=80, goal_of_ours=True, lower_is_better=True),
    ]


def check_ten_million(bench):
    return check(bench, 10 * MILLION)


def screen(bench):
    """`dianzhang screen FILE` against DuckDB on the same file; both must find the planted clues."""
    file = bench.intake(MILLION)

    def ours():
        taken = run([bench.product, "screen", file])
        compare("ours", count_clues(taken.output), bench, file)
        return {"time": taken.seconds, "memory": taken.megabytes}

    def baseline():
        taken = run([bench.python, bench.peers / "duckdb_screen.py", file])
        found = figures(taken.output)
        compare("DuckDB", {kind: int(found[kind]) for kind in ("phone", "account")}, bench, file)
        return {"time": found["screen"], "memory": taken.megabytes}

    mine, theirs = bench.in_turn(ours, baseline)
    mine, theirs = mine or {}, theirs or {}
    return [
        Measure("screen, CSV, 1,000,000 rows (DuckDB)", "s", mine.get("time"), theirs.get("time"), 3, lower_is_better=True),
        Measure("screen: memory (DuckDB)", "MB", mine.get("memory"), theirs.get("memory"), lower_is_better=True),
    ]


def count_clues(output):
    """Clues by kind in the list that `dianzhang screen` prints: clue_no,kind,value_masked,customers,policies,agents,first_seen."""
    kinds = re.findall(r"^[^,\n]+,(phone|account),", output, re.MULTILINE)
    return {kind: kinds.count(kind) for kind in ("phone", "account")}


def compare(who, found, bench, file):
    with open(f"{file}.truth.json", encoding="utf-8") as truth:
        planted = json.load(truth)["clues"]
    wanted = {kind: planted[kind] for kind in ("phone", "account")}
    if found != wanted:
        raise BenchFailed(f"{who} found {found}, planted were {wanted}")


def intake(bench):
    """`dianzhang import application FILE`: checks, sealing, ledger and clues included."""
    if bench.baselines_only:
        return []
    rows = bench.rows or 200_000
    file = ours_book.intake_for(bench, ours_book.fresh_book(bench, "import"), rows)

    def ours():
        folder = ours_book.fresh_book(bench, "import")
        command = [bench.product, "import", "application", file, "--as", ours_book.LOGIN, "--database", ours_book.database(folder)]
        taken = run([*command, "--rejected", folder / "rejected.csv"])
        (bench.scratch / "import.log").write_text(taken.output)
        return {"rate": rows / taken.seconds, "memory": taken.megabytes}

    taken, _ = bench.in_turn(ours)
    return [
        Measure(f"intake by file into {books.NAME}, {rows:,} rows", "rows/s", taken["rate"], goal=20_000, goal_of_ours=True),
        Measure("intake by file: memory", "MB", taken["memory"]),
    ]


MEASURES = {"check": check, "check10m": check_ten_million, "check-xlsx": check_workbook, "screen": screen, "intake": intake}
