"""A test that thousands sit at once, in the browser: each answer is a form that is posted, and the page that comes after it."""
import asyncio
import random
import re
import resource
import time

import ours
from browser import Browser, csrf, each, slowest
from machine import BenchFailed, figures, requests_a_second, run
from measure import Measure

PEOPLE = 5_000
# Between one answer and the next, on the average, in seconds: a test of twenty questions in ten minutes.
PAUSE = 30
SECONDS = 45
DOOR = re.compile(r'value="(\w+)"><b>应试\d+</b>')


class Sitter:
    """Somebody who is logged in and has begun the test. A question has been answered by the option with a number, or by none (0)."""

    def __init__(self, browser):
        self.browser, self.answers, self.sheet, self.csrf = browser, [], "", ""

    @staticmethod
    async def begin(browser, word):
        """Comes in by the demonstration's door, finds the test and begins it."""
        await browser.ask("/login/demo", {"person": word}, expect=303)
        page, _, _ = await browser.ask("/tests")
        offer = re.findall(r'href="(/tests/begin/[^"]+)"', link_of_test(page))[0]
        sitter = Sitter(browser)
        page, _, _ = await browser.ask(offer)
        sitter.csrf = csrf(page)
        _, sitter.sheet, _ = await browser.ask(offer, {"csrf": sitter.csrf}, expect=303)
        page, _, _ = await browser.ask(sitter.sheet)
        sitter.answers = [0] * len(re.findall(r'name="was\d+"', page))
        return sitter

    async def answer(self, number):
        """Answers the next question, or the same otherwise; returns how long saving and the page after it took."""
        place = number % len(self.answers)
        chosen = 2 if self.answers[place] == 1 else 1
        form = {"csrf": self.csrf}
        for other, option in enumerate(self.answers):
            form[f"was{other + 1}"] = option or ""
            if other == place or option:
                form[f"q{other + 1}"] = chosen if other == place else option
        _, page, saving = await self.browser.ask(self.sheet, form, expect=303)
        text, _, showing = await self.browser.ask(page.split("#")[0])
        if f'name="was{place + 1}" value="{chosen}"' not in text:
            raise BenchFailed(f"an answer was not saved on {self.sheet}")
        self.answers[place] = chosen
        return saving, showing


def link_of_test(page):
    """What stands beside the bench's test in the list of tests."""
    return page[page.index("全员专项测试"):]


async def begun(port):
    """Everybody who is there, having begun; and how many began a second."""
    browser = Browser(port)
    doors = DOOR.findall((await browser.ask("/login"))[0])
    browser.close()
    sitters, started = [], time.perf_counter()

    async def begin(browser, word):
        sitters.append(await Sitter.begin(browser, word))

    await each(doors, port, 8, begin)
    return sitters, len(doors) / (time.perf_counter() - started)


async def sit(port, seconds):
    """Lets all sit at once; what is measured begins when each has answered once."""
    sitters, began = await begun(port)
    saved, shown, start = [], [], time.perf_counter() + PAUSE

    async def work(sitter):
        await asyncio.sleep(random.uniform(0, PAUSE))
        number = 0
        while time.perf_counter() < start + seconds:
            asked = time.perf_counter()
            saving, showing = await sitter.answer(number)
            number += 1
            if asked >= start:
                saved.append(saving)
                shown.append(showing)
            left = start + seconds - time.perf_counter()
            await asyncio.sleep(max(0, min(left, random.uniform(0.5, 1.5) * PAUSE)))

    await asyncio.gather(*[work(sitter) for sitter in sitters])
    for sitter in sitters:
        sitter.browser.close()
    return sitters, {"begun": began, "saved": slowest(saved), "shown": slowest(shown), "answers": len(saved) / seconds}


def at_full_speed(bench, port, sitters):
    """Answers a second that sixteen connections save, one after the other, without a pause."""
    file = bench.scratch / "sitters.txt"
    file.write_text("".join(
        f"{sitter.browser.cookie} {sitter.csrf} {sitter.sheet} {','.join(map(str, sitter.answers))}\n" for sitter in sitters))
    script = bench.peers.parent / "requests" / "answer.lua"
    return requests_a_second(script, port, 16, seconds=8, environment={"DIANZHANG_SITTERS": str(file)})


def sitting(bench):
    if bench.baselines_only:
        return []
    people = bench.rows or PEOPLE
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))  # a connection for each, here and in the server
    folder = ours.fresh_book(bench, "sitting")
    furnished = figures(run([bench.product, "bench", "sitting", "--people", people, "--database", ours.database(folder)]).output)
    with ours.serving(bench, folder) as port:
        sitters, taken = asyncio.run(sit(port, SECONDS))
        if len(sitters) != people:
            raise BenchFailed(f"{len(sitters)} of {people} sat")
        rate = at_full_speed(bench, port, sitters)
    title = f"{people:,} sit a test, an answer each {PAUSE} s of everybody"
    return [
        Measure(f"{title}: answer saved, p99", "ms", taken["saved"], goal=100, goal_of_ours=True, lower_is_better=True),
        Measure("the page after it, p99", "ms", taken["shown"]),
        Measure("answers saved meanwhile", "1/s", taken["answers"]),
        Measure("answers saved, 16 connections without a pause", "1/s", rate),
        Measure("tests begun (door, list, test and first page), 8 at once", "1/s", taken["begun"]),
        Measure(f"taking in {people:,} sellers with their classes", "s", furnished["furnished"]),
    ]


MEASURES = {"sitting": sitting}
