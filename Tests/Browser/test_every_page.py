"""Every page that the persons of the demonstration can reach: WCAG 2.2 AA, both languages, wide and narrow, light and dark."""
import itertools
import re

import pytest

import crawl
import landmarks
from visitor import View, visitor

VIEWS = [View(*choice) for choice in itertools.product(landmarks.LANGUAGES, landmarks.WIDTHS, landmarks.THEMES)]
# Two views, unlike in everything, see every kind of page; each of the others sees a sixth of them, so that each page is seen in three.
THOROUGH = {View("zh", 1440, "light"), View("en", 390, "dark")}


@pytest.fixture(scope="session")
def found(browser, address):
    """What the persons of the demonstration are led to: by person (the number of his door) the pages of kinds that nobody saw before."""
    found, known = {}, set()
    with visitor(browser, address, View()) as guest:
        for number in doors_of_each_kind(guest):
            guest.enter_by_number(number)
            found[number] = crawl.pages(guest, known)
    return found


def doors_of_each_kind(guest):
    """The number of one door for each set of posts: whoever holds the same ones sees the same kinds of pages."""
    doors = {}
    for number, words in enumerate(guest.doors()):
        posts = frozenset(re.findall(r"·([^、\n]+)", words))
        doors.setdefault(posts, number)
    return sorted(doors.values())


def test_the_navigation_leads_somewhere(found):
    paths = {path for pages in found.values() for path in pages}
    for path in (landmarks.CHARTER, landmarks.INTAKE, landmarks.register("suspicion"), landmarks.register("application")):
        assert path in paths, f"no person of the demonstration is led to {path}, only to {sorted(paths)}"


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_pages_obey_the_rules(visit, found, view):
    guest = visit(view)
    guest.leave()
    guest.go(landmarks.LOGIN).speak().assert_page()
    others = [other for other in VIEWS if other not in THOROUGH]
    wrong, count = [], 0
    for number, pages in found.items():
        seen = []
        for path in pages:
            count += 1
            if view in THOROUGH or count % len(others) == others.index(view):
                seen.append(path)
        if seen:
            guest.enter_by_number(number)
        for path in seen:
            try:
                guest.go(path).assert_page()
            except AssertionError as error:
                wrong.append(str(error))
                guest.complaints.clear()
    assert not wrong, "\n".join(wrong)
