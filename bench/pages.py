"""Pages of a large book at 16 connections: how many a second, and the slowest hundredth."""
import http.cookiejar
import re
import urllib.parse
import urllib.request
from functools import partial

import books
import ours
from machine import BenchFailed, percentiles, run
from measure import Measure

MILLION = 1_000_000
# Who opens what in the book of a million applications: (words, door's name, path, most milliseconds at the slowest hundredth).
APPLICATION_PAGES = [
    ("to-do list of customer service", "周敏", "/", 50),
    ("register of customers", "何静", "/r/customer", 25),
    ("register of applications", "何静", "/r/application", 25),
    ("register of customers, of somebody who may read none", "郑国栋", "/r/customer", 25),
    ("search of a name of two characters", "何静", "/search?q=" + urllib.parse.quote("李伟"), 15),
]
QUALITY_PAGES = [
    ("to-do list of the quality department, with its countdowns", "陆欣", "/", 20),
    ("register of quality information", "陆欣", "/r/quality-item", 20),
    ("register of quality information, of a clerk with rows of his own", "方丽", "/r/quality-item", 20),
]


def book(bench, name, fill):
    """The folder of a book that `fill` makes once for each build out of the demonstration's."""
    folder, mark = bench.scratch / name, bench.scratch / name / "filled-by"
    built = f"{bench.product} {bench.product.stat().st_mtime_ns} {books.SERVER}"
    if not mark.exists() or mark.read_text() != built:
        ours.fresh_book(bench, name)
        fill(folder)
        mark.write_text(built)
    return folder


def quality(bench, folder, rows):
    run([bench.product, "bench", "book", "--rows", rows, "--people", max(10, rows // 200), "--database", ours.database(folder)])


def log_in(port, name):
    """The cookie of whoever comes in by the door with this name."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    address = f"http://127.0.0.1:{port}"
    page = opener.open(address + "/login", timeout=60).read().decode()
    door = re.search(rf'name="person" value="([^"]+)"[^>]*>(?:(?!</button>).)*<b>{name}</b>', page, re.DOTALL)
    if not door:
        raise BenchFailed(f"no door is {name}'s")
    opener.open(address + "/login/demo", urllib.parse.urlencode({"person": door.group(1)}).encode(), timeout=60).read()
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def latency(port, cookie, path, connections=16, seconds=8):
    """Pages a second, and the median and the slowest hundredth in milliseconds."""
    taken = run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s", "-H", f"Cookie: {cookie}",
                 f"http://127.0.0.1:{port}{path}"])
    return percentiles(taken.output)


def measured(bench, name, fill, pages, rows=MILLION):
    if bench.baselines_only:
        return []
    found = []
    folder = book(bench, f"{name}-{rows}", lambda folder: fill(bench, folder, rows))
    with ours.serving(bench, folder) as port:
        for words, person, path, goal in pages:
            cookie = log_in(port, person)
            latency(port, cookie, path, seconds=2)
            taken, _ = bench.in_turn(partial(latency, port, cookie, path))
            found.append(Measure(f"{words}, {rows:,} rows, 16 connections", "pages/s", taken["rate"]))
            found.append(Measure("the same, slowest hundredth", "ms", taken["p99"], goal=goal, goal_of_ours=True, lower_is_better=True))
    return found


def chain(bench):
    """（9）: the failures of 5,000 people that come together, over three years."""
    taken = run([bench.product, "bench", "chain"])
    seconds = float(re.search(r"^chain ([\d.e-]+)", taken.output, re.MULTILINE).group(1))
    return [Measure("two failures in a row: 5,000 people, three years, counted anew", "s", seconds, goal=1, goal_of_ours=True, lower_is_better=True)]


MEASURES = {
    "pages": lambda bench: measured(bench, "pages", ours.import_intake, APPLICATION_PAGES),
    "quality": lambda bench: measured(bench, "quality", quality, QUALITY_PAGES),
    "pages-small": lambda bench: measured(bench, "pages", ours.import_intake, APPLICATION_PAGES, 20_000),
    "quality-small": lambda bench: measured(bench, "quality", quality, QUALITY_PAGES, 20_000),
    "chain": chain,
}
