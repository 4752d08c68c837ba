"""A person of the demonstration by name, who starts documents, takes steps on them and reads what the page answers, as an office does."""
import datetime
import re
import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

import landmarks


@dataclass(frozen=True)
class Paper:
    """A document: the word by which addresses call it, and its number, empty while it has none."""
    word: str
    number: str = ""


class Colleague:
    acts = 0  # of all colleagues: a page from before the last one may be old

    def __init__(self, guest, name):
        self.guest, self.page, self.name, self.fresh = guest, guest.page, name, None
        guest.come_in(lambda doors: doors.filter(has=guest.page.locator("b", has_text=re.compile(f"^{name}$"))).first)

    # -- looking

    def open(self, paper):
        place = f"/d/{paper.word}"
        if (self.guest.path(), Colleague.acts) != self.fresh or self.fresh[0] != place:
            self.guest.go(place)
            self.fresh = (place, Colleague.acts)
        return self

    def sees(self, paper):
        """Whether there is such a document for this person; what is hidden is absent."""
        answer = self.page.goto(f"{self.guest.address}/d/{paper.word}")
        assert answer.status in (200, 404), f"/d/{paper.word} answers {answer.status}"
        return answer.status == 200

    def read(self, path):
        self.guest.go(path)
        return self.text()

    def text(self):
        return self.page.locator(landmarks.MAIN).inner_text()

    def state(self, paper):
        return self.open(paper).page.locator(landmarks.STAMP).inner_text()

    def said(self, paper, label):
        """What the document says in the cell of this label."""
        cell = self.open(paper).page.locator("main dl.grid dt", has_text=re.compile(f"^{re.escape(label)}$")).locator("xpath=following-sibling::dd[1]")
        return cell.first.inner_text()

    def offers(self, paper, step):
        return self.open(paper).page.locator(landmarks.step_form(paper.word, step)).count() > 0

    def finds(self, words):
        """Whether the search over all registers finds a document."""
        self.guest.go("/search?q=" + quote(words))
        return self.page.locator("main tbody a[href^='/d/']").count() > 0

    def waiting(self, words):
        """The document that waits for this person and is called so."""
        self.guest.go(landmarks.HOME)
        return self.paper_of(self.page.locator("main tr[data-row]", has_text=words))

    def listed(self, kind, words):
        """The first row of a register in which these words stand."""
        self.guest.go(landmarks.register(kind))
        return self.paper_of(self.page.locator("main tbody tr", has_text=words))

    def paper_of(self, rows):
        assert rows.count() > 0, f"{self.name} finds no such row at {self.guest.path()}"
        return Paper(re.search(r"/d/(\w+)", rows.first.locator("a[href^='/d/']").first.get_attribute("href")).group(1))

    # -- acting

    def files(self, kind, fields, step="", chosen=""):
        """Starts a document. `chosen` is what is chosen before the form is shown, as `kind=market`."""
        self.start(kind, fields, step, chosen)
        self.assert_taken(f"a new {kind}")
        word = re.search(r"/d/(\w+)", self.page.url).group(1)
        return Paper(word, self.number())

    def takes(self, paper, step, **fields):
        self.press(paper, step, fields)
        self.assert_taken(step)
        return self

    def is_refused(self, kind, fields, article, step="", chosen=""):
        """Tries to start a document; the words of the refusal, which names its article on the page."""
        self.start(kind, fields, step, chosen)
        return self.refusal(article)

    def is_denied(self, paper, step, article, **fields):
        """Tries to take a step; the words of the refusal, which names its article on the page."""
        self.press(paper, step, fields)
        return self.refusal(article)

    def start(self, kind, fields, step, chosen):
        query = "&".join(part for part in (f"new-step={step}" if step else "", chosen) if part)
        self.guest.go(f"{landmarks.new(kind)}?{query}")
        form = self.page.locator(f"main form.sheet[action='{landmarks.new(kind)}']")
        self.fill(form, fields)
        self.send(self.page.locator(landmarks.NEW_FORM_BUTTON))

    def press(self, paper, step, fields):
        self.open(paper)
        self.press_here(paper, step, fields)

    def press_here(self, paper, step, fields):
        """On the page as it stands, which may be older than the document."""
        form = self.page.locator(landmarks.step_form(paper.word, step)).first
        assert form.count() > 0, f"{self.name} is not offered {step}: {self.text()}"
        form.evaluate("form => { for (let at = form; at; at = at.parentElement) if (at.tagName == 'DETAILS') at.open = true }")
        self.fill(form, fields)
        # Whoever takes work out of others' hands says why.
        if form.locator("p.asked").count():
            form.locator("[name='~opinion']").fill("情况变化，另行安排。")
        self.send(form.locator("button:not(.first):not(.keep):not([name])").last)

    def send(self, button):
        with self.page.expect_navigation():
            button.click()
        Colleague.acts += 1
        self.fresh = (self.guest.path(), Colleague.acts)

    def assert_taken(self, what):
        refusal = self.page.locator(landmarks.REFUSAL)
        assert refusal.count() == 0, f"{self.name}: {what} is refused: {refusal.first.inner_text()}"
        assert self.page.locator("main .note.done").count() == 1, f"{self.name}: it is not said that {what} was done: {self.text()}"

    def refusal(self, article):
        note = self.page.locator(landmarks.REFUSAL)
        assert note.count() == 1, f"{self.name} is not refused: {self.text()}"
        named = note.locator("a.article").all_inner_texts()
        assert any(name.endswith(article) for name in named), f"the refusal names {named or 'no article'}: {note.inner_text()}"
        return note.inner_text()

    def number(self):
        """The number of the document on the page; empty while it has none."""
        found = re.search(r"\S*〔\d{4}〕\d+号", self.page.locator("main article.form p.number").first.inner_text())
        return found.group(0) if found else ""

    @contextmanager
    def saves(self, path):
        with self.page.expect_download() as download:
            yield
        download.value.save_as(path)

    # -- filling in

    def fill(self, form, fields):
        for name, value in fields.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                self.fill_lines(form, name, value)
            elif isinstance(value, list):
                for person in value:
                    boxes = form.locator("label.check", has=self.page.locator(f"input[name='{name}']"))
                    if boxes.filter(has_text=person).count() == 0:
                        form.locator(f"[name='{name}~find']").fill(person)
                        self.send(form.locator(f"button[name=look][value='{name}']"))
                    boxes.filter(has_text=person).locator("input").check()
            else:
                self.fill_one(form, name, value)

    def fill_lines(self, form, name, rows):
        for at, row in enumerate(rows):
            if form.locator(f"[name^='{name}.{at}.']").count() == 0:
                form.locator(f"button[name=more][value='{name}']").click()
            self.fill(form, {f"{name}.{at}.{key}": value for key, value in row.items()})

    def fill_one(self, form, name, value):
        control = form.locator(f"[name='{name}']")
        if isinstance(value, Paper):
            return self.choose_paper(form, name, value)
        assert control.count() > 0, f"{self.name} is not asked for {name} at {self.guest.path()}"
        kind = control.first.evaluate("control => control.tagName == 'INPUT' ? control.type : control.tagName.toLowerCase()")
        if kind == "checkbox":
            control.set_checked(value)
        elif kind == "radio":
            form.locator(f"[name='{name}'][value='{value}']").check()
        elif kind == "select":
            option = control.locator(f"option[value='{value}']")
            option = option if option.count() else control.locator("option", has_text=value)
            assert option.count() > 0, f"{self.name} cannot choose {value} as {name}: {control.inner_text()}"
            control.select_option(value=option.first.get_attribute("value"))
        else:
            control.fill(value)

    def choose_paper(self, form, name, paper):
        """From the list; where that would be too long, by its word or its number."""
        typed = form.locator(f"input.ahead[name='{name}']")
        if typed.count():
            return typed.fill(paper.word)
        if form.locator(f"select[name='{name}']").count() == 0:
            form.locator(f"[name='{name}~find']").fill(paper.number)
            self.send(form.locator(f"button[name=look][value='{name}']"))
        form.locator(f"select[name='{name}']").select_option(value=paper.word)


def today(colleague):
    """The day of the demonstration's clock."""
    said = colleague.guest.go(landmarks.HOME).page.locator(landmarks.TODAY).first.inner_text()
    return datetime.date(*map(int, re.search(r"(\d+)年(\d+)月(\d+)日", said).groups()))


def called(what):
    """A subject of which there is no other."""
    return f"{what}{secrets.token_hex(3)}"
