"""What two regulations are measured by within the product: a school of 300 sites with two million items, and a factory of 200,000 assets."""
from machine import figures, run
from measure import Measure

# Milliseconds at the ninety-ninth hundredth.
GOALS = {"tray": 50, "search": 50, "figures": 50, "address": 50, "page": 20}


def listed(bench, kind, rows):
    """The list of so many rows; written once and kept."""
    path = bench.scratch / f"{kind}-{rows}.csv"
    if not path.exists():
        part = path.with_suffix(".part")
        run([bench.python, bench.peers.parent / "lists.py", kind, "--rows", rows, "--out", part])
        part.rename(path)
    return path


def ours(bench, name, file, **sizes):
    options = [word for key, value in sizes.items() for word in (f"--{key}", value)]
    return figures(run([bench.product, "bench", name, file, *options]).output)


def p99(title, taken, name):
    return Measure(f"{title}, p99", "ms", taken[f"{name}_p99"], goal=GOALS[name], goal_of_ours=True, lower_is_better=True)


def school(bench, units=300, people=20_000):
    """In-tray, search and figures among the items of a whole school, and one item to everybody."""
    if bench.baselines_only:
        return []
    rows = bench.rows or 2_000_000
    taken = ours(bench, "school", listed(bench, "school", rows), units=min(units, max(1, rows // 100)), people=min(people, max(20, rows // 10)))
    among = f"{rows:,} items"
    return [
        p99(f"in-tray of one person, {among}", taken, "tray"), p99(f"search, {among}", taken, "search"),
        p99(f"indicators of all units, {among}", taken, "figures"),
        Measure(
            f"one item to {taken['circulation_readers']:,.0f} people", "s", taken["circulation"], goal=2, goal_of_ours=True,
            lower_is_better=True),
    ]


def assets(bench, most=200_000):
    """Rows of inventories against the software list, first free addresses for sixteen at once, pages of assets."""
    if bench.baselines_only:
        return []
    rows = bench.rows or 1_000_000
    count = min(most, max(100, rows // 5))
    taken = ours(bench, "assets", listed(bench, "assets", rows), assets=count)
    return [
        Measure("inventory rows against the software list", "1/s", taken["whitelist"], goal=100_000, goal_of_ours=True),
        p99("first free address, 16 at once", taken, "address"),
        Measure("addresses given, 16 at once", "1/s", taken["addresses"]),
        Measure("addresses given twice", "addresses", taken["doubles"], goal=0, goal_of_ours=True, lower_is_better=True),
        p99(f"page of one asset of {count:,}", taken, "page"),
    ]


MEASURES = {"school": school, "assets": assets}
