"""Sitting a test: two windows, another computer, and the end of the time."""
import re

import landmarks
from visitor import View

SITTER = "苏冰"


def come_in(guest):
    guest.come_in(lambda doors: doors.filter(has_text=SITTER).first)


def paper(page):
    """The questions in their order, without what is said of their answers."""
    return [re.split("单选题|多选题|判断题", legend)[0] for legend in page.locator("fieldset legend").all_inner_texts()]


def chosen(page, serial):
    return page.locator(f"input[name=q{serial}]:checked").evaluate_all("fields => fields.map(field => field.value)")


def save(page, serial, option):
    page.locator(f"#q{serial}-{option}").check()
    with page.expect_navigation():
        page.locator(f"button[name=save][value='{serial}']").click()
    page.wait_for_load_state()


def test_two_windows_another_computer_and_the_end_of_the_time(visit):
    # Without a script each answer is saved by its button.
    guest = visit(View(script=False))
    come_in(guest)
    guest.go(landmarks.TESTS).page.locator("a[href^='/tests/begin/']").first.click()
    guest.page.locator("main form button.act").click()
    guest.page.wait_for_load_state()
    sheet, questions = guest.path(), paper(guest.page)
    assert len(questions) > 3
    save(guest.page, 1, 2)
    assert chosen(guest.page, 1) == ["2"]

    other = guest.context.new_page()
    other.goto(guest.address + sheet)
    assert paper(other) == questions and chosen(other, 1) == ["2"]
    save(guest.page, 2, 1)
    # The second window still shows the second question open: what it would overwrite is kept, and said.
    save(other, 2, 2)
    assert other.locator(landmarks.REFUSAL).count() == 1
    guest.page.goto(guest.address + sheet)
    assert chosen(guest.page, 2) == ["1"]

    # The connection is lost, and it goes on at another computer, by answers that save themselves.
    second = visit(View(width=390))
    come_in(second)
    second.go(landmarks.TESTS).page.locator(f"a[href='{sheet}']").first.click()
    second.page.wait_for_load_state()
    second.assert_page()
    assert paper(second.page) == questions and chosen(second.page, 1) == ["2"]
    with second.page.expect_response(lambda response: response.request.method == "POST"):
        second.page.locator("#q3-1").check()
    second.page.locator("#q3 .state.done").wait_for()
    second.go(sheet)
    assert chosen(second.page, 3) == ["1"]

    # The time runs out: what was saved is handed in, and nothing more is taken.
    second.page.locator(landmarks.NEXT_WORKING_DAY).click()
    second.page.wait_for_load_state()
    second.go(sheet)
    second.assert_page()
    text = second.page.locator(landmarks.MAIN).inner_text()
    assert "未通过" in text or "通过" in text
    assert "未作答" in text, "what was not answered earns nothing"
    late = guest.page.goto(guest.address + sheet)
    assert late.status == 200 and guest.page.locator("button[name=save]").count() == 0


def test_whoever_lacks_the_hours_is_told_so(visit):
    guest = visit(View())
    guest.come_in(lambda doors: doors.filter(has_text="何雨桐").first)
    guest.go(landmarks.TESTS).page.locator("a[href^='/tests/begin/']").first.click()
    guest.assert_page()
    guest.page.locator("main form button.act").click()
    guest.page.wait_for_load_state()
    assert "课时" in guest.page.locator(landmarks.REFUSAL).inner_text()
    guest.assert_page()
