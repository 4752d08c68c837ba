"""Every page that the persons of the demonstration can reach: WCAG 2.2 AA, both languages, wide and narrow, light and dark."""
import itertools

import pytest

import crawl
import landmarks
from visitor import View

VIEWS = [View(*choice) for choice in itertools.product(landmarks.LANGUAGES, landmarks.WIDTHS, landmarks.THEMES)]


@pytest.fixture(scope="module")
def found():
    """Pages by person, each page with the first person who can reach it. Filled by the first test."""
    return {}


def test_the_navigation_leads_somewhere(visit, found):
    guest = visit(View())
    covered = set()
    for number in range(len(guest.doors())):
        guest.enter_by_number(number)
        shapes = {crawl.shape_of(path, ""): path for path in crawl.pages(guest) if path not in covered}
        found[number] = list(shapes.values())
        covered.update(found[number])
    assert len(covered) > 10, f"only {sorted(covered)} can be reached"


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_pages_obey_the_rules(visit, found, view):
    guest = visit(view)
    guest.leave()
    guest.go(landmarks.LOGIN).speak().assert_page()
    wrong = []
    for number, paths in found.items():
        guest.enter_by_number(number)
        for path in paths:
            try:
                guest.go(path).assert_page()
            except AssertionError as error:
                wrong.append(str(error))
                guest.complaints.clear()
    assert not wrong, "\n".join(wrong)
