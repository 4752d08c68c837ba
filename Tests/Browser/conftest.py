"""One product and one browser for the whole run; a visitor for each test."""
import itertools
import os
import tempfile

import pytest
from playwright.sync_api import sync_playwright

import landmarks
import server
import visitor as visiting
from colleague import Colleague
from visitor import View


@pytest.fixture(scope="session")
def folder():
    """Where the database of the demonstration stands; nowhere that is known if the server runs already."""
    if os.environ.get("DIANZHANG_URL"):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="dianzhang-browser.") as folder:
        yield folder


@pytest.fixture(scope="session")
def address(folder):
    with server.demonstration(folder) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**visiting.CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser, address):
    """Opens visitors of any view; they are closed, and what they complained of is told, when the test ends."""
    opened = []

    def open_one(view):
        opening = visiting.visitor(browser, address, view)
        guest = opening.__enter__()
        opened.append(opening)
        return guest

    yield open_one
    for opening in reversed(opened):
        opening.__exit__(None, None, None)


VIEWS = [View(language, width) for language, width in itertools.product(landmarks.LANGUAGES, landmarks.WIDTHS)]


@pytest.fixture(params=VIEWS, ids=str)
def guest(request, visit):
    """A visitor in each language and width."""
    return visit(request.param)


@pytest.fixture(scope="module")
def office(browser, address):
    """Whoever of the demonstration is called by name, each before a browser of the own, logged in once."""
    opened, here = [], {}

    def call(name):
        if name not in here:
            opening = visiting.visitor(browser, address, View())
            guest = opening.__enter__()
            opened.append(opening)
            here[name] = Colleague(guest, name)
        return here[name]

    yield call
    for opening in reversed(opened):
        opening.__exit__(None, None, None)
