"""How figures grow with the book: 10 thousand, 100 thousand, a million, ten million rows of intakes in one book, taken in by the real road.

The book stays in its folder from run to run, whatever build filled it (each figure names its build), and a run goes on from what it has.
Figures go one by one into .build-bench/growth-NAME.json, from which docs/growth.svg is drawn. On PostgreSQL the book ends with its server.
"""
import json
import re
import time
from datetime import datetime, timezone
from functools import partial

import books
import growth_picture
import nightly
import ours
import pages
from growth_record import Record
from machine import BenchFailed, run
from measure import Measure

SIZES = [10_000, 100_000, 1_000_000, 10_000_000]
ROWS_A_FILE = 1_000_000
SECONDS = 4
OUTCOME = re.compile(r"(\d+) applications: (\d+) accepted, (\d+) drafts, (\d+) known, (\d+) not taken")
PROVED = re.compile(r"(\d+) entries, \d+ checkpoints, (\d+) documents")


class GrowingBook:
    """A demonstration's book with so many rows imported. Its mark says how many, and what the next file must be like."""

    def __init__(self, bench, record):
        self.bench, self.record = bench, record
        self.folder = bench.scratch / f"growth-{books.NAME.lower()}"
        self.mark, self.agents = self.folder / "grown.json", self.folder / "agents.txt"
        self.state = json.loads(self.mark.read_text()) if self.mark.exists() else {}
        # A server of the bench ends with its books.
        if self.state.get("server", "") != (books.SERVER or "") or "rows" not in self.state:
            self.begin()

    @property
    def rows(self):
        return self.state["rows"]

    def begin(self):
        ours.fresh_book(self.bench, self.folder.name)
        first_day = ours.note_agents(self.bench, self.folder, self.agents)
        self.remember(server=books.SERVER or "", rows=0, first_day=first_day)

    def remember(self, **change):
        self.state |= change
        self.mark.write_text(json.dumps(self.state))

    def grow(self, size):
        """Imports files until the book has so many rows. A file whose import broke off is written again, to the same bytes."""
        if self.rows < size and self.state.get("moved"):
            raise BenchFailed(f"the book of {self.folder} has lived through days to come and takes nothing in; remove the folder")
        while self.rows < size:
            count = self.state.get("part") or min(ROWS_A_FILE, size - self.rows)
            self.remember(part=count)
            self.take(count)
            self.remember(rows=self.rows + count, part=None)

    def take(self, count):
        file = self.folder / "intake.csv"
        run([self.bench.python, self.bench.peers.parent / "generate.py", "--rows", count, "--out", file, "--first-row", self.rows,
             "--agents", self.agents, "--first-day", self.state["first_day"]])
        command = [self.bench.product, "import", "application", file, "--as", ours.LOGIN, "--database", ours.database(self.folder)]
        taken = run([*command, "--rejected", self.folder / "rejected.csv"])
        for name in ("intake.csv", "intake.csv.truth.json", "rejected.csv"):
            (self.folder / name).unlink(missing_ok=True)
        outcome = OUTCOME.search(taken.output)
        if not outcome:
            raise BenchFailed(f"the import does not say what it took: {taken.output[-300:]}")
        names = ("applications", "accepted", "drafts", "known", "refused")
        counts = dict(zip(names, map(int, outcome.groups())))
        # Begun by a run that was broken off, it has less to do and says nothing about its speed.
        seconds = taken.seconds if counts["known"] == 0 else None
        self.record.imported(self.rows, self.rows + count, seconds, taken.megabytes, counts)


def import_measures(record, size):
    rate, memory = record.import_of(size)
    return [Measure(f"import to {size:,} rows", "rows/s", rate), Measure("import: memory", "MB", memory)]


def measure_pages(book, point):
    """Each page at 16 connections and of one reader; and how long the server takes to start."""
    started = time.perf_counter()
    with ours.serving(book.bench, book.folder) as port:
        point.note("start", time.perf_counter() - started)
        for words, person, path, _ in pages.APPLICATION_PAGES:
            ask = partial(pages.latency, port, pages.log_in(port, person), path, seconds=SECONDS)
            ask(seconds=2)
            taken, alone = ask(), ask(connections=1)
            point.note_page(words, taken | {"alone": alone["p50"]})
            yield Measure(f"{words}, {book.rows:,} rows, 16 connections", "pages/s", taken["rate"])
            yield Measure("the same, slowest hundredth", "ms", taken["p99"])
            yield Measure("the same, one reader: median", "ms", alone["p50"])


def measure_days(book, point):
    """The nightly work, on a copy; where there is no room for one, the book itself moves on and takes nothing in afterwards."""
    if nightly.has_room(book.folder):
        with nightly.copied(book.folder) as copy:
            taken = nightly.work(book.bench, copy)
    else:
        book.remember(moved=True)
        taken = nightly.work(book.bench, book.folder)
    last = f"day{nightly.DAYS}"
    point.note("nightly", taken)
    point.note("night", taken[f"{last}_total"])
    point.note("quiet", taken.get(f"{last}_quiet"))
    yield from nightly.measures(taken, f"nightly work, {book.rows:,} rows")


def measure_proof(book, point):
    books.close_limit(book.folder)
    taken = run([book.bench.product, "verify", "--database", ours.database(book.folder)])
    books.open_without_limit(book.folder)
    entries, documents = map(int, PROVED.search(taken.output).groups())
    point.note("verify", {"seconds": taken.seconds, "entries": entries, "documents": documents, "memory": taken.megabytes})
    yield Measure(f"verify, {entries:,} entries and {documents:,} documents", "s", taken.seconds)
    yield Measure("verify: entries a second", "1/s", entries / taken.seconds)


def measure_backlog(book, point):
    """What the import left to be done; it would hold up the pages. And what the book takes on the disk."""
    backlog = nightly.work(book.bench, book.folder, days=0)
    point.note("backlog", backlog["day0_total"])
    point.note("megabytes", books.megabytes(book.folder))
    yield Measure(f"what the import left to do, {book.rows:,} rows", "s", backlog["day0_total"])
    yield Measure("database", "MB", point.figures["megabytes"])


def measure(book, point, faults):
    """All figures of a book as it is now; one that fails keeps none from the others. Proving a large book takes minutes: it comes last."""
    for part in (measure_backlog, measure_pages, measure_days, measure_proof):
        try:
            yield from part(book, point)
        except BenchFailed as fault:
            faults.append(f"{part.__name__} at {book.rows:,} rows: {str(fault)[:200]}")


def growth(bench):
    if bench.baselines_only:
        return
    most = bench.rows or SIZES[-1]
    record = Record(bench.scratch / f"growth-{books.NAME}.json", build(bench))
    book = GrowingBook(bench, record)
    if book.rows > most:
        raise BenchFailed(f"the book has {book.rows:,} rows already; remove {book.folder} to begin anew")
    faults = []
    for size in [size for size in SIZES if book.rows <= size < most] + [most]:
        book.grow(size)
        yield from import_measures(record, size)
        yield from measure(book, record.point(size), faults)
        growth_picture.draw(bench.scratch)
    if faults:
        raise BenchFailed("; ".join(faults))


def build(bench):
    made = datetime.fromtimestamp(bench.product.stat().st_mtime, timezone.utc)
    return f"{bench.product.name} of {made:%Y-%m-%d %H:%M} UTC"


MEASURES = {"growth": growth}
