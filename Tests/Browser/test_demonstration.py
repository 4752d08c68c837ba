"""What a visitor finds in the demonstration: a year of every regulation, something overdue in each, work for each person of the tour."""
import sqlite3
import time

import pytest

import landmarks
from visitor import View

REGULATIONS = {"life-insurance", "customer-confidentiality", "enterprise-it", "drug-quality", "school"}


@pytest.fixture
def book(address, folder):
    """The demonstration's database, to be read."""
    if folder is None:
        pytest.skip("the database of a server that runs elsewhere is not at hand")
    connection = sqlite3.connect(f"file:{folder}/demo.sqlite?mode=ro", uri=True)
    yield connection
    connection.close()


def test_people_acted_in_ten_of_the_last_twelve_months_at_least(book):
    months = by_regulation(
        book,
        """SELECT DISTINCT a.regulation, strftime('%Y-%m', e.at / 1000 + 28800, 'unixepoch') FROM entry e
        JOIN document d ON d.id = e.document JOIN adoption a ON a.unit = d.scope WHERE e.person <> 0""")
    today = time.gmtime(time.time() + 28800)
    end = today.tm_year * 12 + today.tm_mon
    last = {f"{month // 12}-{month % 12 + 1:02}" for month in range(end - 12, end)}
    assert len(last) == 12
    few = {regulation: sorted(found & last) for regulation, found in months.items() if len(found & last) < 10}
    assert not few, f"months in which somebody acted: {few}"


def test_something_is_overdue_in_each(book):
    overdue = by_regulation(
        book,
        """SELECT a.regulation, t.id FROM deadline t JOIN document d ON d.id = t.document JOIN adoption a ON a.unit = d.scope
        WHERE t.met IS NULL AND t.breached IS NOT NULL""")
    assert all(overdue.values()), {regulation: len(found) for regulation, found in overdue.items()}


def test_nothing_lies_in_the_future(book):
    """No act, and no document, is dated after now, unless a visitor of another test has moved the clock."""
    last = book.execute("SELECT max(at) FROM entry").fetchone()[0]
    late = book.execute("SELECT count(*) FROM document WHERE created > ?", [max(last, time.time() * 1000)]).fetchone()[0]
    assert late == 0


def test_work_waits_for_each_person_of_the_tour(visit):
    guest = visit(View("zh", 1440))
    guest.go(landmarks.LOGIN).speak()
    names = guest.page.locator("details.group summary span").all_inner_texts()
    assert len(names) >= 10
    idle = []
    for name in names:
        guest.come_in(lambda doors: doors.filter(has=guest.page.locator("b", has_text=name)).first)
        guest.go(landmarks.HOME)
        if guest.page.locator("main tr[data-row]").count() == 0:
            idle.append(name)
    assert not idle, f"nothing waits for {idle}"


def by_regulation(book, query):
    found = {regulation: set() for regulation in REGULATIONS}
    for regulation, value in book.execute(query):
        if regulation in found:
            found[regulation].add(value)
    return found
