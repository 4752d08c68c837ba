"""The customer archive at its full size: two-character searches with the access rule inside, register pages, and what ten thousand grants cost."""
import re
import urllib.parse
import urllib.request
from functools import partial

import ours as ours_book
from machine import figures, run
from measure import Measure

FILES = 200_000
# The demonstration's archivist, who reads the catalogue by post.
READER = "汤梅"


def archive(bench, rows=FILES):
    """`dianzhang bench archive FILE` fills a copy of the demonstration's book and asks it; then its register is asked over HTTP."""
    if bench.baselines_only:
        return []
    rows = bench.rows or rows
    file = bench.scratch / f"archive-{rows}.csv"
    if not file.exists():
        run([bench.python, bench.peers.parent / "generate.py", "--archive", "--rows", rows, "--out", file])
    folder = ours_book.fresh_book(bench, "archive")
    command = [bench.product, "bench", "archive", file, "--database", ours_book.database(folder)]
    taken = figures(run([*command, "--granted", min(10_000, rows)]).output)
    page = register_page(bench, folder)
    title = f"archive of {rows:,} files, {rows * 5:,} texts"
    lower = partial(Measure, goal_of_ours=True, lower_is_better=True)
    return [
        lower(f"{title}: search of two characters in files, p99", "ms", taken["files_p99"], goal=10),
        lower(f"{title}: search of two characters in attachments, p99", "ms", taken["texts_p99"], goal=10),
        lower(f"{title}: register page, 16 connections, p99", "ms", page, goal=20),
        lower(f"{title}: page with 10,000 grants, beside one without", "times", taken["granted_p50"] / taken["ungranted_p50"], goal=2),
        Measure(f"{title}: filling", "files/s", taken["filled"]),
    ]


def register_page(bench, folder, connections=16, seconds=10):
    """The slowest of a hundred answers, in milliseconds, of the page that an archivist opens."""
    with ours_book.serving(bench, folder) as port:
        cookie = enter(port, READER)
        script = bench.peers.parent / "requests" / "register.lua"
        taken = run(
            ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-s", script, f"http://127.0.0.1:{port}"],
            {"DIANZHANG_COOKIE": cookie, "DIANZHANG_PATH": "/r/customer-file"})
    if "Non-2xx" in taken.output:
        raise RuntimeError(taken.output[-300:])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", taken.output).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def enter(port, name):
    """Comes in by the demonstration's door of that person; returns the cookie."""
    address = f"http://127.0.0.1:{port}"
    page = urllib.request.urlopen(address + "/login", timeout=30).read().decode()
    word = re.search(r'name="person" value="(\w+)"><b>' + name, page).group(1)
    asked = urllib.request.Request(
        address + "/login/demo", urllib.parse.urlencode({"person": word}).encode(), {"Origin": address, "Sec-Fetch-Site": "same-origin"})
    try:
        answer = urllib.request.build_opener(NoRedirect).open(asked, timeout=30)
    except urllib.error.HTTPError as error:
        answer = error
    return answer.headers["Set-Cookie"].split(";")[0]


MEASURES = {"archive": archive}
