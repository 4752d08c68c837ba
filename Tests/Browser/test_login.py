"""The door: the demonstration's persons, a wrong password, both languages, and no script."""
import landmarks
from visitor import View


def test_enters_as_each_post(guest):
    for post in ("customer service", "back office", "compliance", "underwriter"):
        name = guest.enter(post)
        assert guest.path() == landmarks.HOME
        assert name in guest.page.locator("header.bar").inner_text(), f"the bar does not show {name}, who entered as {post}"
        guest.assert_page(rules=False)


def test_a_wrong_password_is_refused_in_words(guest):
    guest.go(landmarks.LOGIN).speak()
    guest.page.locator("#login").fill("nobody")
    guest.page.locator("#password").fill("wrong password 1")
    guest.page.locator("form[action='/login'] button").click()
    guest.page.locator(landmarks.REFUSAL).wait_for()
    guest.assert_page()


def test_pages_ask_for_a_login(guest):
    for path in ("/", landmarks.register("suspicion"), "/d/1"):
        guest.page.goto(guest.address + path)
        assert guest.path() == landmarks.LOGIN, f"{path} is shown to anybody"


def test_works_without_script(visit):
    guest = visit(View(script=False))
    guest.enter("customer service")
    registers = guest.page.locator(f"{landmarks.SHELVES} a[href^='/r/']")
    addresses = [link.get_attribute("href") for link in registers.all()]
    assert addresses, "no register is on the shelves"
    for path in addresses:
        guest.go(path)
        guest.assert_page()
        document = guest.page.locator(landmarks.DOCUMENT_LINKS)
        if document.count():
            document.first.click()
            guest.assert_page()


def test_what_was_typed_outlives_the_login(guest):
    guest.enter("underwriter")
    path = landmarks.new("application")
    guest.go(path)
    typed = "A 20261124 \"7\""
    guest.page.locator("#applicationNo").fill(typed)
    guest.leave()
    guest.page.locator(landmarks.NEW_FORM_BUTTON).click()
    guest.page.locator(landmarks.REFUSAL).wait_for()
    guest.assert_page()
    with guest.context.expect_page() as opened:
        guest.page.locator(f"main a[href='{landmarks.LOGIN}']").click()
    opened.value.locator(landmarks.DOORS).filter(has_text=landmarks.POSTS["underwriter"]).first.click()
    opened.value.wait_for_url(lambda url: not url.endswith(landmarks.LOGIN))
    guest.page.locator("main form button.act").click()
    guest.page.locator(landmarks.NEW_FORM_BUTTON).wait_for()
    assert guest.page.locator("#applicationNo").input_value() == typed
    guest.assert_page(rules=False)


def test_a_new_person_sets_the_own_password(visit):
    guest = visit(View())
    guest.enter("administrator")
    guest.go("/admin/persons")
    guest.page.locator("#login").fill("newcomer")
    guest.page.locator("#zh").fill("新人")
    guest.page.locator("form[action='/admin/persons/add'] button.act").click()
    word = guest.page.locator("main .note code").inner_text()
    guest.assert_page()
    guest.leave()
    guest.go(landmarks.LOGIN).speak()
    guest.page.locator("#login").fill("newcomer")
    guest.page.locator("#password").fill(word)
    guest.page.locator("form[action='/login'] button").click()
    for password in ("short", "a password of my own"):
        guest.page.locator("#new").wait_for()
        guest.assert_page()
        guest.page.locator("#new").fill(password)
        guest.page.locator("#again").fill(password)
        guest.page.locator("form[action='/account/first'] button").click()
    guest.page.wait_for_url(lambda url: url.endswith("/"))
    guest.go("/account").assert_page()
    assert "一次性口令" in guest.page.locator(landmarks.MAIN).inner_text()
