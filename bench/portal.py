"""The customers' portal: coming in with a code, and looking at a policy, at 16 connections over HTTP."""
import asyncio
import re

import gateway
import ours
from browser import csrf, each, slowest
from machine import BenchFailed, percentiles, run
from measure import Measure

ROWS = 200_000
VISITORS = 400
CONNECTIONS = 16
GOAL = 50
# Asking for a code, and giving it, last as long for somebody as for nobody: no answer comes before, in milliseconds.
FLOOR = 400
CODE = re.compile(r"验证码(\d{6})")
POLICY = re.compile(r'name="policy" value="([^"]+)"><button name="scope" value="([^"]+)"')


def book(bench, rows):
    """A demonstration's book with so many rows of an intake imported, and customers of it registered for the portal."""
    folder = ours.fresh_book(bench, "portal")
    ours.import_intake(bench, folder, rows)
    people = folder / "people.tsv"
    run([bench.product, "bench", "portal", people, "--customers", VISITORS, "--database", ours.database(folder)])
    return folder, [tuple(line.split("\t")) for line in people.read_text().splitlines()]


async def code(messages, mobile):
    """The code that has come to a number. None comes to one that is looked into, or that others have too."""
    for _ in range(500):
        if found := CODE.search(messages.latest.get(mobile, "")):
            return found.group(1)
        await asyncio.sleep(0.01)
    return None


async def come_in(port, people, messages):
    """Lets everybody in once; returns what each step took, and the visits that are open."""
    times, visits = {"ask": [], "enter": [], "page": []}, []

    async def visit(browser, person):
        name, number, mobile = person
        _, _, asking = await browser.ask(
            "/portal", {"do": "ask", "scope": "0", "purpose": "login", "name": name, "number": number}, expect=303)
        page, _, _ = await browser.ask("/portal")
        came = await code(messages, mobile)
        if came is None:
            return
        form = {"do": "enter", "csrf": csrf(page), "code": came}
        _, _, entering = await browser.ask("/portal", form, expect=303)
        page, _, showing = await browser.ask("/portal")
        policy, scope = POLICY.search(page).groups()
        visits.append(f"{browser.cookie} {csrf(page)} {policy} {scope}\n")
        for step, taken in (("ask", asking), ("enter", entering), ("page", showing)):
            times[step].append(taken)

    await each(people, port, CONNECTIONS, visit)
    if len(visits) < len(people) * 9 // 10:
        raise BenchFailed(f"{len(visits)} of {len(people)} customers came in")
    return times, visits


def at_full_speed(port, *options, environment=None, seconds=8):
    """What sixteen connections get one after the other, without a pause: the log-in page where no script asks for another."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency", *options, f"http://127.0.0.1:{port}/portal"]
    return percentiles(run(command, environment).output)


def portal(bench):
    if bench.baselines_only:
        return []
    rows = bench.rows or ROWS
    folder, people = book(bench, rows)
    file, script = folder / "visits.txt", bench.peers.parent / "requests" / "portal.lua"
    with gateway.running() as messages, ours.serving(bench, folder, messages.environment) as port:
        times, visits = asyncio.run(come_in(port, people, messages))
        file.write_text("".join(visits))
        taken = {
            deed: at_full_speed(port, "-s", script, environment={"DIANZHANG_VISITS": str(file), "DIANZHANG_DEED": deed})
            for deed in ("page", "view")}
        taken["form"] = at_full_speed(port)
    return rows_of(times, taken, f"portal, intake of {rows:,} rows, {CONNECTIONS} connections")


def rows_of(times, taken, title):
    def p99(name, value):
        return Measure(name, "ms", value, goal=GOAL, goal_of_ours=True, lower_is_better=True)

    return [
        p99(f"{title}: code asked for, p99 above the {FLOOR} ms that it lasts at least", slowest(times["ask"]) - FLOOR),
        p99("code given, p99 above the same", slowest(times["enter"]) - FLOOR),
        p99("page with the policies after it, p99", slowest(times["page"])),
        p99("log-in page, without a pause, p99", taken["form"]["p99"]), Measure("the same", "pages/s", taken["form"]["rate"]),
        p99("page with the policies, without a pause, p99", taken["page"]["p99"]), Measure("the same", "pages/s", taken["page"]["rate"]),
        p99("one policy looked at, without a pause, p99", taken["view"]["p99"]), Measure("the same", "pages/s", taken["view"]["rate"]),
    ]


MEASURES = {"portal": portal}
