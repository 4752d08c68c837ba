"""A customer at the portal: in by a code to the number on file, own policies only, masked until a second code. Whoever guesses, counts
through numbers or uses a code twice is told what is told of nobody."""
import re

import pytest

import landmarks
from visitor import View

WIDE, PHONE = View(), View(width=390, theme="dark")
NOBODY = ("吴不存", "110101199003070011")


class Customer:
    """One of the demonstration's invented customers, with a window on the page of messages in the place of a mobile."""

    def __init__(self, guest, name):
        self.guest, self.name = guest, name
        self.mobile = guest.context.new_page()
        self.mobile.goto(guest.address + landmarks.MESSAGES)
        sheet = self.mobile.locator("section.sheet").filter(has=self.mobile.locator("h2", has_text=name)).inner_text()
        self.number = re.search(r"\d{17}[\dX]", sheet).group(0)
        self.policy = re.search(r"P\d{7}", sheet).group(0)

    def codes(self):
        """The codes that came so far, the newest first."""
        self.mobile.reload()
        return re.findall(r"验证码(\d{6})", self.mobile.locator(landmarks.MAIN).inner_text())

    def new_code(self, before):
        """The code that came after those; it is sent beside the answer."""
        for _ in range(50):
            codes = self.codes()
            if len(codes) > len(before):
                return codes[0]
            self.mobile.wait_for_timeout(100)
        raise AssertionError(f"no code came for {self.name}")


def ask(guest, name, number, registers=False):
    page = guest.go(landmarks.PORTAL).page
    page.locator(f"input[name=purpose][value={'register' if registers else 'login'}]").check()
    page.locator("#name").fill(name)
    page.locator("#number").fill(number)
    if registers:
        page.locator("#agrees").check()
    press(page, "ask")


def press(page, act):
    with page.expect_navigation():
        page.locator(f"form:has(input[name=do][value={act}]) button").first.click()
    page.wait_for_load_state()


def enter(guest, code, act="enter"):
    guest.page.locator("#code").fill(code)
    press(guest.page, act)


def said(guest):
    """The words of the page without what differs from session to session."""
    return re.sub(r"\s+", " ", guest.page.locator(landmarks.MAIN).inner_text())


@pytest.mark.parametrize("view", [WIDE, PHONE], ids=str)
def test_a_customer_registers_and_sees_the_own_policies_masked(visit, view):
    guest = visit(view)
    customer = Customer(guest, "陈国强" if view == WIDE else "林晓岚")
    other = Customer(guest, "林晓岚" if view == WIDE else "陈国强")
    before = customer.codes()
    ask(guest, customer.name, customer.number, registers=view == WIDE)
    guest.assert_page()
    assert guest.page.locator("#code").evaluate("field => field == document.activeElement")
    code = customer.new_code(before)
    enter(guest, code)
    guest.assert_page()
    text = said(guest)
    assert customer.policy[-4:] in text and customer.policy not in text, "the number is masked"
    assert customer.name not in text and customer.name[0] in text, "so is the name"
    assert other.policy[-4:] not in text, "nobody else's policy"
    with guest.page.expect_navigation():
        guest.page.locator("button[name=scope][value=payments]").first.click()
    guest.assert_page()
    assert "****" in said(guest) and not re.search(r"\d+\.\d\d", said(guest)), "no amount before a second code"
    if view == PHONE:
        return
    # One code a minute goes to a number: the second is asked for until it may be sent.
    before = customer.codes()
    for _ in range(90):
        press(guest.page, "askReveal")
        if not guest.page.locator(landmarks.REFUSAL).count():
            break
        guest.page.wait_for_timeout(1000)
    second = customer.new_code(before)
    enter(guest, "000000" if second != "000000" else "000001", "reveal")
    assert customer.policy not in said(guest) and guest.page.locator(landmarks.REFUSAL).count() == 1
    enter(guest, second, "reveal")
    assert customer.policy in said(guest)
    with guest.page.expect_navigation():
        guest.page.locator("button[name=scope][value=payments]").first.click()
    guest.assert_page()
    assert re.search(r"\d+\.\d\d", said(guest)), "now in full"


def test_nobody_somebody_and_a_locked_customer_are_told_the_same(visit):
    """Guessing and enumeration: page, status and words are one, and no code leaves for nobody."""
    guest = visit(WIDE)
    locked = Customer(guest, "许文丽")
    before, pages = locked.codes(), []
    for name, number in (NOBODY, (locked.name, locked.number), ("许文丽丽", locked.number), (locked.name, NOBODY[1])):
        guest.leave()
        ask(guest, name, number)
        asked = said(guest)
        enter(guest, "123456")
        pages.append((asked, said(guest)))
    assert len(set(pages)) == 1, "\n".join(map(str, pages))
    assert "未能核实" in pages[0][1]
    assert locked.codes() == before


def test_a_code_serves_once_and_a_session_that_was_left_serves_nobody(visit):
    guest = visit(View(width=390))
    guest.enter("customer service")
    guest.page.locator(landmarks.NEXT_WORKING_DAY).click()
    guest.page.wait_for_load_state()
    guest.leave()
    customer = Customer(guest, "林晓岚")
    before = customer.codes()
    ask(guest, customer.name, customer.number)
    code = customer.new_code(before)
    enter(guest, code)
    assert customer.policy[-4:] in said(guest)
    cookies = guest.context.cookies()
    press(guest.page, "leave")
    guest.context.clear_cookies()
    guest.context.add_cookies(cookies)
    guest.go(landmarks.PORTAL)
    assert customer.policy[-4:] not in said(guest), "the word of a session that was left"
    guest.leave()
    ask(guest, customer.name, customer.number)
    enter(guest, code)
    assert guest.page.locator(landmarks.REFUSAL).count() == 1 and customer.policy[-4:] not in said(guest), "the code of before"


def test_another_policys_handle_and_a_foreign_form_are_refused(visit):
    guest = visit(WIDE)
    guest.enter("customer service")
    guest.page.locator(landmarks.NEXT_WORKING_DAY).click()
    guest.page.wait_for_load_state()
    guest.leave()
    customer = Customer(guest, "林晓岚")
    before = customer.codes()
    ask(guest, customer.name, customer.number)
    enter(guest, customer.new_code(before))
    token = guest.page.locator("input[name=csrf]").first.input_value()
    handle = guest.page.locator("input[name=policy]").first.input_value()

    def post(**form):
        return guest.context.request.post(
            guest.address + landmarks.PORTAL, form={"do": "view", "scope": "payments", **form}, headers={"Origin": guest.address})

    assert post(csrf=token, policy=handle).status == 200
    assert post(csrf=token, policy=handle[::-1]).status == 404
    assert post(csrf=token, policy="P4490002").status == 404
    assert post(csrf=token[::-1], policy=handle).status == 403
