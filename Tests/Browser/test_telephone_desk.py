"""The telephone desk: questions that are answered blind, a code to the number on file, and only then what the customer may be told."""
import re

import landmarks
from test_portal import NOBODY, WIDE, Customer, press, said
from visitor import View


def open_call(guest, name, claim, caller):
    """By the keyboard alone: the cursor stands in the first field, Enter sends the form."""
    page = guest.go(landmarks.DESK).page
    for number, text in enumerate((caller, name, claim, "查询缴费")):
        if number:
            page.keyboard.press("Tab")
        page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.wait_for_load_state()


def questions(guest):
    return [label.split(". ", 1)[1] for label in guest.page.locator("form:has(input[value=answer]) label").all_inner_texts()]


def answer(guest, known):
    asked = questions(guest)
    for number, question in enumerate(asked):
        guest.page.locator(f"[id='answer.{number}']").fill(known.get(question, "不知道"))
    press(guest.page, "answer")
    return asked


def answers_of(customer):
    sheet = customer.mobile.locator("section.sheet").filter(has=customer.mobile.locator("h2", has_text=customer.name))
    return dict(zip(sheet.locator("dt").all_inner_texts(), sheet.locator("dd").all_inner_texts()))


def test_an_operator_asks_blind_and_tells_after_a_code(visit):
    guest = visit(WIDE)
    guest.enter("telephone desk")
    guest.page.locator(landmarks.NEXT_WORKING_DAY).click()
    guest.page.wait_for_load_state()
    customer = Customer(guest, "陈国强")
    known = answers_of(customer)
    open_call(guest, customer.name, customer.number, "02087650001")
    guest.assert_page()
    text = said(guest)
    assert len(questions(guest)) >= 3
    assert not any(value in text for value in known.values() if len(value) > 4), "the page shows no right answer"
    assert customer.policy not in text
    answer(guest, known)
    guest.assert_page()
    assert customer.policy not in said(guest), "answers alone open nothing"
    before = customer.codes()
    press(guest.page, "send")
    code = customer.new_code(before)
    assert code not in said(guest), "the operator does not see it"
    guest.page.keyboard.type(code)
    with guest.page.expect_navigation():
        guest.page.keyboard.press("Enter")
    guest.page.wait_for_load_state()
    guest.assert_page()
    assert customer.policy in said(guest)
    with guest.page.expect_navigation():
        guest.page.locator("button[name=scope][value=payments]").first.click()
    assert re.search(r"\d+\.\d\d", said(guest)) and "已告知" in said(guest)
    guest.assert_page()
    guest.page.locator("#note").fill("已告知缴费情况")
    press(guest.page, "finish")
    assert guest.page.locator("a[href='/desk']").first.is_visible()


def test_wrong_answers_and_a_caller_who_is_nobody_end_alike(visit):
    """On a phone too, and in the dark."""
    guest = visit(View(width=390, theme="dark"))
    guest.enter("telephone desk")
    customer, endings = Customer(guest, "林晓岚"), []
    for name, claim, caller in ((customer.name, customer.number, "02087650002"), (*NOBODY, "02087650003")):
        open_call(guest, name, claim, caller)
        assert len(questions(guest)) >= 3
        answer(guest, {})
        guest.assert_page()
        endings.append(re.sub(r"〔\d+〕\d+号", "", said(guest)))
    assert endings[0] == endings[1]
    assert "未能核实身份" in endings[0]
