"""One suspicious item from the file that brings it in to its end, by the persons whose business it is (articles 7 and 13)."""
import re
import secrets

import intake_file
import landmarks
import steps

KIND = "suspicion"


def test_an_item_is_walked_to_its_end(guest):
    document = listed_item(guest)
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


def listed_item(guest):
    """Two customers give one telephone; the list of that day, which the next working day closes, has them as an item."""
    first, phone = secrets.randbelow(900_000_000), f"139{secrets.randbelow(10**8):08}"
    guest.enter("underwriter")
    guest.go(landmarks.HOME)
    if landmarks.DAY_OFF.search(guest.page.locator(landmarks.TODAY).first.inner_text()):
        # What comes in on a day off is on the list of the working day after it, which is closed a day later still.
        guest.page.locator(landmarks.NEXT_WORKING_DAY).click()
        guest.page.wait_for_load_state()
    intake_file.take_in(guest, [intake_file.application(first + at, mobile=phone) for at in range(2)])
    guest.page.locator(landmarks.NEXT_WORKING_DAY).click()
    guest.page.wait_for_load_state()
    guest.enter("customer service")
    guest.go(landmarks.register(KIND))
    find = guest.page.locator(landmarks.find(KIND))
    find.locator("select[name=field]").select_option("phone")
    find.locator("input[name=value]").fill(phone)
    find.locator("button").click()
    guest.page.wait_for_load_state()
    link = guest.page.locator(landmarks.DOCUMENT_LINKS)
    assert link.count() > 0, "the telephone that two customers share is no suspicious item"
    return re.search(r"/d/(\w+)", link.first.get_attribute("href")).group(1)


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
