"""Rates that the product measures within itself: `dianzhang bench NAME` prints `name value unit` lines."""
from machine import figures, run
from measure import Measure


def ours(bench, name, *arguments):
    return figures(run([bench.product, "bench", name, *arguments]).output)


def ids(bench):
    """Resident numbers a second on one core, through the String API and from bytes, against python-stdnum."""
    file = bench.intake(1_000_000)
    mine, theirs = bench.in_turn(
        lambda: ours(bench, "ids", file), lambda: figures(run([bench.python, bench.peers / "stdnum_ids.py", file]).output)["ids"])
    mine = mine or {}
    return [
        Measure("resident numbers, String (python-stdnum)", "1/s", mine.get("string"), theirs, 400),
        Measure("resident numbers, bytes (python-stdnum)", "1/s", mine.get("bytes"), theirs, 1000),
    ]


def clue(bench):
    """Finding the clue of one new record in a book of ten million."""
    if bench.baselines_only:
        return []
    taken = ours(bench, "clue")  # once: filling the book takes minutes, and 20,000 questions are asked of it
    title = "clue for one new record, book of ten million, p99"
    return [Measure(title, "ms", taken["p99"], goal=1, goal_of_ours=True, lower_is_better=True)]


def verify(bench):
    if bench.baselines_only:
        return []
    taken, _ = bench.in_turn(lambda: ours(bench, "verify"))
    return [Measure("verify, ledger entries", "1/s", taken["verify"], goal=500_000, goal_of_ours=True)]


MEASURES = {"ids": ids, "clue": clue, "verify": verify}
