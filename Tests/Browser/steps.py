"""Taking a step on a document's page as a person does: fill in what the step asks for, press its button."""
import landmarks

TEXTS = {"zh": "经电话回访和当面核对，客户资料属实。", "en": "Called back and met in person; the data are true."}
DOCUMENT = {"name": "evidence.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n% signed statement\n%%EOF\n"}


def is_offered(guest, document, step):
    return guest.page.locator(landmarks.step_form(document, step)).count() > 0


def take(guest, document, step):
    """Takes the step; fails with the page's own words when it is refused."""
    form = guest.page.locator(landmarks.step_form(document, step)).first
    form.evaluate("form => { for (let at = form; at; at = at.parentElement) if (at.tagName == 'DETAILS') at.open = true }")
    fill(form, guest.view.language)
    form.locator("button:not(.first):not([name=look])").last.click()
    guest.page.wait_for_load_state()
    refusal = guest.page.locator(landmarks.REFUSAL)
    assert refusal.count() == 0, f"{step} is refused: {refusal.first.inner_text()}"


def fill(form, language):
    """Gives every empty field that is not optional a sensible value."""
    for field in form.locator(".field, fieldset").all():
        label = field.locator("label, legend").first
        names = {control.get_attribute("name") for control in field.locator("input, select, textarea").all()}
        if label.count() and landmarks.OPTIONAL.search(label.inner_text()) and not names & landmarks.ALSO_FILLED:
            continue
        for control in field.locator("input:visible, select:visible, textarea:visible").all():
            fill_one(control, language)


def fill_one(control, language):
    kind = control.evaluate("control => control.tagName == 'INPUT' ? control.type : control.tagName.toLowerCase()")
    if kind == "select" and not control.input_value():
        choose(control)
    elif kind == "checkbox":
        control.check()
    elif kind == "radio" and control.get_attribute("value"):
        name = control.get_attribute("name")
        group = control.locator(f"xpath=ancestor::form//input[@name='{name}' and @value!='']")
        if not any(one.is_checked() for one in group.all()):
            control.check()
    elif kind == "file":
        control.set_input_files(DOCUMENT)
    elif kind == "text" and control.get_attribute("list") and not control.input_value():
        propose(control)
    elif kind in ("text", "textarea", "search") and not control.input_value():
        typed = landmarks.TYPED.get(control.get_attribute("name"))
        control.fill(typed or ("1" if control.get_attribute("inputmode") == "numeric" else TEXTS[language]))


def propose(control):
    """What is proposed that the landmarks want for a field of this name, else the first."""
    wanted = landmarks.CHOICES.get(control.get_attribute("name"))
    called = control.evaluate("control => [...control.list.options].map(option => option.value)")
    control.fill(next((name for name in called if wanted and wanted.search(name)), called[0]))


def choose(control):
    """The choice that the landmarks want for a field of this name, else the first that is one."""
    wanted = landmarks.CHOICES.get(control.get_attribute("name"))
    options = [option for option in control.locator("option").all() if option.get_attribute("value")]
    chosen = next((option for option in options if wanted and wanted.search(option.inner_text())), options[0])
    control.select_option(value=chosen.get_attribute("value"))
