"""What a call-back finds is entered on a page, about customers looked for among thousands (article 13)."""
import secrets

import intake_file
import landmarks
from visitor import View


def test_a_call_back_finding_names_customers_out_of_many(guest):
    guest.enter("underwriter")
    rows = [intake_file.application(secrets.randbelow(900_000_000)) for _ in range(2)]
    intake_file.take_in(guest, rows)
    guest.enter("customer service")
    guest.go(landmarks.new("suspicion"))
    form = guest.page.locator("main form[action='/r/suspicion/new']")
    form.locator("textarea[name=report]").fill("客户称未投保")

    look(guest, form, "customers", "00000000000")
    refusal = guest.page.locator(landmarks.REFUSAL)
    assert {"zh": "换一个词", "en": "try another word"}[guest.view.language] in refusal.inner_text()
    guest.assert_page()

    for row in rows:
        look(guest, form, "customers", row["name"])
        form.locator("input[name=customers]:not(:checked)").first.check()
    assert form.locator("input[name=customers]:checked").count() == 2, "what was ticked before is lost"
    assert form.locator("textarea[name=report]").input_value() == "客户称未投保", "what was typed is lost"
    form.locator("input[name='customers~find']").fill("")
    form.locator("button[data-main]").click()
    guest.page.wait_for_url("**/d/*")
    links = guest.page.locator("main dl a[href^='/d/']").count()
    assert links >= 4, f"two customers, and from the book their policies: {links}"
    guest.assert_page()


def look(guest, form, field, word):
    form.locator(f"input[name='{field}~find']").fill(word)
    form.locator(f"button[name=look][value={field}]").click()
    guest.page.wait_for_load_state()


def open_call(guest):
    """The screen of the call-back that waits longest."""
    guest.go(landmarks.register("call-back") + "?state=planned&sort=oldest")
    guest.page.locator(landmarks.DOCUMENT_LINKS).first.click()
    guest.page.locator("#acts a.button.act[href^='/call-back/']").click()
    guest.page.wait_for_load_state()


def press(guest, act):
    with guest.page.expect_navigation():
        guest.page.locator(f"main form button[value={act}]").click()
    guest.page.wait_for_load_state()


def test_a_call_back_is_made_on_one_screen(guest):
    guest.enter("customer service")
    open_call(guest)
    guest.assert_page()
    masked = guest.page.locator("main ul.lines .number").first.inner_text()
    assert "*" in masked, "the number is shown once its reading is entered"
    with guest.page.expect_navigation():
        guest.page.locator("form:has(input[name=do][value=dial]) button").click()
    assert "*" not in guest.page.locator("main ul.lines .number").first.inner_text()
    press(guest, "complete")
    assert guest.page.locator(f"{landmarks.REFUSAL} li").count() == guest.page.locator("fieldset.asked").count(), "each point by itself"
    guest.assert_page()
    for point in guest.page.locator("fieldset.asked").all():
        point.locator("input[value=yes]").check()
    guest.page.locator("fieldset.asked input[value=no]").last.check()
    guest.page.locator("input[name=isApplicant]").check()
    press(guest, "complete")
    assert guest.page.locator(landmarks.REFUSAL).count() == 1, "a no is no success"
    assert guest.page.locator("fieldset.asked input[value=yes]:checked").count() == guest.page.locator("fieldset.asked").count() - 1
    guest.page.locator("fieldset.asked input[value=yes]").last.check()
    press(guest, "complete")
    assert guest.page.locator(landmarks.REFUSAL).count() == 0
    assert guest.page.locator("main a.button.act[href^='/call-back/']").count() == 1, "the next one waits"
    guest.assert_page()


def test_what_nobody_verified_is_asked_on_one_screen(visit):
    guest = visit(View(width=390))
    guest.enter("customer service")
    guest.go(landmarks.register("contact-event") + "?state=opened")
    guest.page.locator(landmarks.DOCUMENT_LINKS).first.click()
    guest.page.locator("main a[href^='/contact/']").first.click()
    guest.page.wait_for_load_state()
    guest.assert_page()
    guest.page.locator("[id='outcome.mobile.corrected']").check()
    with guest.page.expect_navigation():
        guest.page.locator("main form button.act").click()
    assert guest.page.locator(landmarks.REFUSAL).count() == 1, "without the new number"
    guest.assert_page()
    guest.page.locator("input[name='new.mobile']").fill("13755550103")
    guest.page.locator("[id='outcome.address.confirmed']").check()
    with guest.page.expect_navigation():
        guest.page.locator("main form button.act").click()
    assert guest.page.locator(landmarks.REFUSAL).count() == 0
    guest.assert_page()
