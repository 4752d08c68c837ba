"""One suspicious item from the list to its end, by the persons whose business it is (articles 7 and 13)."""
import re

import landmarks
import steps

KIND = "suspicion"
ITEMS_LOOKED_AT = 40


def test_an_item_is_walked_to_its_end(guest):
    document = find_item(guest, landmarks.CHASE[0])
    states = []
    for step, posts in landmarks.CHASE:
        if step == "verify":
            # Four eyes: who investigated may not verify.
            assert not steps.is_offered(guest, document, step), "the investigator is offered to verify his own work"
        enter_whoever_may(guest, document, step, posts)
        states.append(guest.page.locator(landmarks.STATE).inner_text())
        steps.take(guest, document, step)
        guest.assert_page(rules=False)
    assert len(set(states)) == len(states), f"a step did not move the item: {states}"
    assert not any(steps.is_offered(guest, document, step) for step, _ in landmarks.CHASE), "a closed item still offers a step"
    trail = guest.page.locator("main .trail li")
    assert trail.count() >= len(landmarks.CHASE), "the trail does not show every step"
    guest.assert_page()


def find_item(guest, first):
    """An item on the list of a day; if all are taken, the next working day brings more."""
    step, posts = first
    for _ in range(2):
        guest.enter(posts[0])
        guest.go(landmarks.register(KIND))
        links = guest.page.locator(landmarks.DOCUMENT_LINKS).evaluate_all("links => links.map(link => link.getAttribute('href'))")
        for link in list(dict.fromkeys(links))[:ITEMS_LOOKED_AT]:
            guest.go(link)
            document = re.search(r"\d+", link).group()
            if steps.is_offered(guest, document, step):
                return document
        guest.page.locator(landmarks.NEXT_WORKING_DAY).click()
        guest.page.wait_for_load_state()
    raise AssertionError("no suspicious item waits for being distributed")


def enter_whoever_may(guest, document, step, posts):
    """As the first of the posts whose holder is offered the step; a unit may have several holders, so every door is tried."""
    doors = guest.doors()
    numbers = [number for post in posts for number, words in enumerate(doors) if landmarks.POSTS[post].search(words)]
    for number in dict.fromkeys(numbers):
        guest.enter_by_number(number)
        answer = guest.page.goto(f"{guest.address}/d/{document}")
        if answer.status == 200 and steps.is_offered(guest, document, step):
            return
    raise AssertionError(f"none of {', '.join(posts)} is offered the step {step}")
