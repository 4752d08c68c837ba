"""The charter: each article in words of its own beside what carries it out."""
import re

import landmarks

REGULATION = re.compile("真实性|Authenticity|authenticity")


def test_every_article_shows_what_carries_it_out(guest):
    guest.enter("compliance")
    guest.go(landmarks.CHARTER)
    if not guest.page.locator(landmarks.LAWS).count():
        guest.page.locator(f"main a[href^='{landmarks.CHARTER}/']").filter(has_text=REGULATION).first.click()
        guest.page.wait_for_load_state()
    laws = guest.page.locator(landmarks.LAWS)
    assert laws.count() == 29, f"the regulation has 29 articles, the page shows {laws.count()}"
    for number in (4, 6, 12):  # articles 5, 7 and 13 rest on the system
        carried = laws.nth(number).locator("li")
        assert carried.count() > 0, f"article {number + 1} shows nothing that carries it out"
    guest.assert_page()
