"""Filling in papers as a person means them: each field by its name, people and documents by what they are called on the page."""
import re

import landmarks
import steps

# What a door of the demonstration sends, by the address of the server and the person's name.
WORDS = {}
SEND = "button:not(.first):not([name=look]):not([name=more])"


def come_in(guest, name, document=None):
    """As this person, by the word that stands at the own door; and on to a document. How it is to walk in there, test_login sees."""
    if (guest.address, name) not in WORDS:
        page = guest.context.request.get(guest.address + landmarks.LOGIN).text()
        WORDS.update({(guest.address, found[1]): found[0] for found in re.findall(landmarks.DOOR_WORDS, page)})
    guest.leave()
    form = {"person": WORDS[guest.address, name], "next": landmarks.HOME}
    guest.context.request.post(guest.address + "/login/demo", form=form, headers={"Origin": guest.address}, max_redirects=0)
    if document:
        open_up(guest, document)
    else:
        guest.go(landmarks.HOME)


def open_up(guest, document, purpose="business"):
    """A document; where the reading is to be stated first, for this purpose."""
    guest.go(f"/d/{document}")
    gate = guest.page.locator(f"main form[action='/d/{document}/reading']")
    if gate.count():
        gate.locator(f"[name=purpose][value={purpose}]").check()
        with guest.page.expect_navigation():
            gate.locator("button").last.click()
    return guest


def is_absent(guest, document):
    """Whether the page is as that of a document that there is not."""
    return guest.page.goto(f"{guest.address}/d/{document}").status == 404


def start(guest, kind, /, *, step="", choice="", refused=None, **values):
    """Makes a document by the form of its register. Its word; or, where an article refuses it, what the page says."""
    guest.go(landmarks.new(kind) + (f"?new-step={step}" if step else ""))
    if choice:
        with guest.page.expect_navigation():
            guest.page.locator(f"main form button[value='{choice}']").click()
    return send_new(guest, kind, refused=refused, **values)


def send_new(guest, kind, /, refused=None, **values):
    """The same in a form that came back: what was typed into it stands."""
    form = guest.page.locator(f"main form[action='{landmarks.new(kind)}'][method=post]")
    write(form, values)
    return send(guest, form, refused) if refused else (send(guest, form), word(guest))[1]


def take(guest, document, step, /, refused=None, **values):
    """Takes a step. What the page says where an article refuses it; the form that came back then is filled in further."""
    if guest.path() not in (f"/d/{document}", f"/d/{document}/{step}"):
        open_up(guest, document)
    form = guest.page.locator(landmarks.step_form(document, step))
    assert form.count(), f"{step} is not offered; the page has: {guest.page.locator('#acts').all_inner_texts()}"
    unfold(form.first)
    write(form.first, values)
    return send(guest, form.first, refused)


def send(guest, form, refused=None):
    with guest.page.expect_navigation():
        form.locator(SEND).last.click()
    guest.page.wait_for_load_state()
    return told(guest, refused)


def told(guest, refused=None):
    """What the page says against an act: nothing, or a refusal by this article."""
    note = guest.page.locator(landmarks.REFUSAL)
    said = note.first.inner_text() if note.count() else ""
    if refused is None:
        assert not said, f"refused: {said}"
    else:
        assert said, f"{refused} should refuse this, and it was done: {guest.page.url}"
        assert refused in said, f"the refusal does not name {refused}: {said}"
    return said


def word(guest):
    found = re.fullmatch(r"/d/(\w+)", guest.path())
    assert found, f"at {guest.path()} there is no document"
    return found.group(1)


def number(guest):
    """Under which the document on the page is known."""
    return re.search(r"[^\s\d]+〔\d+〕\d+号", guest.page.locator("article > p.number").inner_text()).group(0)


def state(guest):
    return guest.page.locator("article .stamp").inner_text()


def text(guest):
    return guest.page.locator(landmarks.MAIN).inner_text()


def may_not(guest, name, document, *wrong):
    """This person sees the document, and is offered none of these steps."""
    come_in(guest, name, document)
    offered = [step for step in wrong if steps.is_offered(guest, document, step)]
    assert not offered, f"{name} is offered {offered}"


def register(guest, kind, query=""):
    """The rows of a register."""
    return guest.go(landmarks.register(kind) + query).page.locator("main tbody tr")


def link_in(row):
    """The word of the document to which a row leads."""
    return re.search(r"/d/(\w+)", row.locator("a[href^='/d/']").first.get_attribute("href")).group(1)


def unfold(element):
    element.evaluate("element => { for (let at = element; at; at = at.parentElement) if (at.tagName == 'DETAILS') at.open = true }")


def write(form, values):
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict) and "buffer" not in value[0]:
            for number, row in enumerate(value):
                write_row(form, name, number, row)
        else:
            put(form, name, value)


def write_row(form, name, number, row):
    if not form.locator(f"[name^='{name}.{number}.']").count():
        form.locator(f"button[name=more][value='{name}']").click()
    for column, value in row.items():
        put(form, f"{name}.{number}.{column}", value)


def put(form, name, value):
    """Writes, ticks or chooses: a choice by its value or by a part of its words."""
    control = form.locator(f"[name='{name}']")
    if not control.count():
        # Too many to be listed: it is looked for, and taken where just one is found.
        return form.locator(f"[name='{name}~find']").fill(value[0] if isinstance(value, list) else value)
    unfold(control.first)
    kind = control.first.evaluate("control => control.tagName == 'INPUT' ? control.type : control.tagName.toLowerCase()")
    if kind == "checkbox" and isinstance(value, bool):
        control.set_checked(value)
    elif kind in ("checkbox", "radio"):
        for one in value if isinstance(value, list) else [value]:
            tick(form, name, one)
    elif kind == "select":
        choose(control.first, value if isinstance(value, list) else [value])
    elif kind == "file":
        control.first.set_input_files(value)
    else:
        control.first.fill(str(value))


def tick(form, name, wanted):
    box = form.locator(f"[name='{name}'][value='{wanted}']")
    if not box.count():
        box = form.locator(".check", has_text=wanted).locator(f"[name='{name}']")
    assert box.count(), f"{name} has no {wanted}"
    box.first.check()


def choose(select, wanted):
    """A period's select stands beside its year."""
    name = select.get_attribute("name")
    year = select.locator(f"xpath=..//input[@name='{name}~year']")
    if year.count():
        number, wanted = wanted[0].split("-", 1)[0], [wanted[0].split("-", 1)[1]]
        year.fill(number)
    options = {option.get_attribute("value"): option.inner_text() for option in select.locator("option").all()}
    chosen = [next((value for value, words in options.items() if value and one in (value, words)), None)
              or next((value for value, words in options.items() if value and one in words), None) for one in wanted]
    assert all(chosen), f"{name} offers no {wanted}, only {list(options.values())}"
    select.select_option(value=chosen)
