"""What a call-back finds is entered on a page, about customers looked for among thousands (article 13)."""
import secrets

import intake_file
import landmarks


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
