"""What the program does by itself from one day to the next: clocks, duties, findings, the list of suspicious customers."""
import shutil
from contextlib import contextmanager

import books
import ours
import pages
from machine import BenchFailed, figures, run
from measure import Measure

DAYS = 3
PARTS = ("clocks", "duties", "findings", "leaving", "ledger")
# Left free on the disk beside a copy of a book, in MB.
SPARE = 4_000


def work(bench, folder, days=DAYS):
    """Lets the book in a folder live through so many days; day 0 is now. Returns figures by name, and the peak of memory in MB."""
    taken = run([bench.product, "bench", "nightly", "--days", days, "--database", ours.database(folder)])
    return figures(taken.output) | {"memory": taken.megabytes}


def has_room(folder):
    """Whether a copy of the book finds room beside it."""
    return shutil.disk_usage(folder).free / 1e6 > books.megabytes(folder) + SPARE


@contextmanager
def copied(folder):
    """A copy of a book to be moved through days, gone afterwards: no act is dated before the days that a book has seen."""
    if not has_room(folder):
        raise BenchFailed(f"no room for a copy of {folder}")
    copy = folder.with_name(folder.name + "-days")
    try:
        books.copy(folder, copy)
        yield copy
    finally:
        books.remove(copy)


def measures(taken, title, singly=False):
    """One row a day, its parts beside it, and what the last day's round costs that finds nothing to do.

    singly: with a row for each duty and each finding that takes its time.
    """
    days = sorted({name.split("_")[0] for name in taken if name.startswith("day")})
    for day in days:
        parts = ", ".join(f"{part} {taken[f'{day}_{part}']:.2f}" for part in PARTS if f"{day}_{part}" in taken)
        done = f"{taken[f'{day}_entries']:,.0f} entries in {taken[f'{day}_rounds']:.0f} rounds ({parts})"
        yield Measure(f"{title}, {day.replace('day', 'day ')}: {done}", "s", taken[f"{day}_total"])
        for name in sorted(taken):
            if singly and name.startswith((f"{day}_duty.", f"{day}_finding.")):
                yield Measure(f"of that {name.split('_', 1)[1]}", "s", taken[name])
    if f"{days[-1]}_quiet" in taken:
        yield Measure("a round that finds nothing to do, each two seconds", "s", taken[f"{days[-1]}_quiet"])
    yield Measure("memory of all days", "MB", taken["memory"])


def nightly(bench):
    if bench.baselines_only:
        return
    rows = bench.rows or pages.MILLION
    folder = pages.book(bench, f"pages-{rows}", lambda folder: ours.import_intake(bench, folder, rows))
    with copied(folder) as copy:
        yield from measures(work(bench, copy), f"nightly work on {books.NAME}, {rows:,} rows", singly=True)


MEASURES = {"nightly": nightly}
