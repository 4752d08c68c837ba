"""The two jobs of a day: what waits is worked off together, and what takes long is saved as one goes."""
import re

import pytest

import landmarks
import steps
from visitor import View


def offered_together(guest, step):
    """The list of what waits for this step alone; the number of rows on the page."""
    guest.go(landmarks.HOME)
    chip = guest.page.locator(f"main .chips a[href*='task={step}']").first
    chip.click()
    guest.page.wait_for_load_state()
    return guest.page.locator("main tr[data-row]")


def test_several_items_are_distributed_in_four_clicks(visit):
    guest = visit(View(script=False))
    guest.enter("customer service")
    rows = offered_together(guest, "distribute")
    guest.page.locator("[data-all]").click()
    guest.page.wait_for_load_state()
    assert guest.page.locator("main input[name=item]:checked").count() == rows.count(), "without a script nothing is ticked"
    guest = visit(View())
    guest.enter("customer service")
    rows = offered_together(guest, "distribute")  # 1
    # What has to be called back is given its day by itself, and is refused here in words.
    count = rows.count()
    assert count >= 2, "nothing waits to be distributed"
    guest.page.locator("[data-all]").click()  # 2
    guest.page.wait_for_load_state()
    assert guest.page.locator("main input[name=item]:checked").count() == count
    guest.page.locator("main .together button").click()  # 3
    guest.page.wait_for_load_state()
    assert guest.page.locator("main tbody tr").count() == count, "not every chosen item is shown before it is confirmed"
    guest.assert_page(rules=False)
    # A row that can be told beforehand not to be taken is not.
    offered = guest.page.locator("main input[name=item]").count()
    told = guest.page.locator("main input[name=left]").count()
    assert offered + told == count, f"{offered} offered and {told} not, of {count}"
    guest.page.locator("main form[action='/todo'] button.act").click()  # 4
    guest.page.wait_for_load_state()
    assert guest.page.locator("main .note.done").count() == 1, guest.page.locator("main").inner_text()
    done, failed = guest.page.locator("main .lines .state.done").count(), guest.page.locator("main .lines .wrong").count()
    assert done > 0 and done + failed == offered, f"{done} done and {failed} not, of {offered}"
    guest.assert_page()


def test_after_an_act_the_next_one_is_one_key_away(guest):
    guest.enter("customer service")
    guest.go(landmarks.HOME)
    page = guest.page
    if guest.view.script:
        page.keyboard.press("j")
        assert page.locator("tr[data-here]").count() == 1, "j goes to no row"
        page.keyboard.press("?")
        assert page.locator("#keys").evaluate("keys => keys.open"), "? shows no help"
    rows = page.locator("main tr[data-row]")
    assert rows.count() > 0
    guest.assert_page()


# Without the script it is kept and not sent: the demonstration may have one investigation alone.
@pytest.mark.parametrize("script", [False, True])
def test_evidence_is_kept_as_one_goes_and_sent_in_three_clicks(visit, script):
    guest = visit(View(script=script))
    # Somebody of the back office investigates; which of them, the doors do not say.
    for number, words in enumerate(guest.doors()):
        if not landmarks.POSTS["back office"].search(words):
            continue
        guest.enter_by_number(number)
        rows = offered_together_or_none(guest, "evidence")
        if rows:
            break
    else:
        assert False, "nobody investigates anything"
    rows.first.locator("a").first.click()  # 1
    guest.page.wait_for_load_state()
    document = re.search(r"/d/(\w+)", guest.page.url).group(1)
    guest.page.locator("#acts a[href='#act-evidence'], #acts a[href='#deed-evidence']").first.click()  # 2
    text = steps.TEXTS[guest.view.language]
    report = guest.page.locator("textarea[name=report]")
    report.fill(text)
    if guest.view.script:
        guest.page.locator("button.keep:has-text('✓')").wait_for()
        guest.page.reload()
        guest.page.wait_for_load_state()
    else:
        guest.page.locator(f"{landmarks.step_form(document, 'evidence')} button.keep").click()
        guest.page.wait_for_load_state()
    assert report.input_value() == text, "what was filled in is lost"
    if not script:
        return
    form = guest.page.locator(landmarks.step_form(document, "evidence"))
    steps.fill(form, guest.view.language)
    form.locator("button.act").click()  # 3
    guest.page.wait_for_load_state()
    refusal = guest.page.locator(landmarks.REFUSAL)
    assert refusal.count() == 0, refusal.first.inner_text()
    assert guest.page.locator(".note.done").count() == 1, "it is not said what was done"
    guest.assert_page()


def offered_together_or_none(guest, step):
    guest.go(landmarks.HOME)
    chip = guest.page.locator(f"main .chips a[href*='task={step}']")
    if chip.count() == 0:
        return None
    chip.first.click()
    guest.page.wait_for_load_state()
    return guest.page.locator("main tr[data-row]")
