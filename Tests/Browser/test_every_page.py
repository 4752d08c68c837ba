"""Every page that the persons of the demonstration can reach: WCAG 2.2 AA, both languages, wide and narrow, light and dark."""
import itertools

import pytest

import crawl
import landmarks
from visitor import View

VIEWS = [View(*choice) for choice in itertools.product(landmarks.LANGUAGES, landmarks.WIDTHS, landmarks.THEMES)]
# Two views, unlike in everything, see each kind of page as each person; the others see each kind of page once.
THOROUGH = {View("zh", 1440, "light"), View("en", 390, "dark")}


@pytest.fixture(scope="module")
def found():
    """What the first test finds and the others look at: by person (the number of his door) the pages, and whether each is a new kind."""
    return {}


def test_the_navigation_leads_somewhere(visit, found):
    guest = visit(View())
    paths, shapes = set(), set()
    for number in range(len(guest.doors())):
        guest.enter_by_number(number)
        reached = [(path, shape) for path, shape in crawl.pages(guest) if path not in paths]
        found[number] = [(path, shape not in shapes) for path, shape in reached]
        paths.update(path for path, _ in reached)
        shapes.update(shape for _, shape in reached)
    for path in (landmarks.CHARTER, landmarks.INTAKE, landmarks.register("suspicion"), landmarks.register("application")):
        assert path in paths, f"no person of the demonstration is led to {path}, only to {sorted(paths)}"


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_pages_obey_the_rules(visit, found, view):
    guest = visit(view)
    guest.leave()
    guest.go(landmarks.LOGIN).speak().assert_page()
    wrong = []
    for number, pages in found.items():
        paths = [path for path, is_new in pages if is_new or view in THOROUGH]
        if paths:
            guest.enter_by_number(number)
        for path in paths:
            try:
                guest.go(path).assert_page()
            except AssertionError as error:
                wrong.append(str(error))
                guest.complaints.clear()
    assert not wrong, "\n".join(wrong)
