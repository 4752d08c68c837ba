"""A person before a browser of one language, width and theme - and what must hold on whatever page he comes to."""
import re
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

import landmarks

AXE = Axe()
AXE_OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}, "resultTypes": ["violations"],
}
CHROMIUM = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox", "--disable-dev-shm-usage"]}
# People who came in a scenario with a Chinese name alone: it stands on English pages as it is.
PROPER_NAMES = {"新人"}
# Addresses, file names, and numbers and keys with letters in them are no words.
NO_WORDS = re.compile(r"\S+@\S+|https?://\S+|[\w/+=.:-]*\.(csv|xlsx|xml|pdf|json|sqlite|yaml)\b|[\w/+=:-]*\d[\w/+=:-]*", re.ASCII)


@dataclass(frozen=True)
class View:
    language: str = "zh"
    width: int = 1440
    theme: str = "light"
    script: bool = True

    def __str__(self):
        return f"{self.language}-{self.width}" + ("" if self.theme == "light" else "-dark") + ("" if self.script else "-noscript")


@contextmanager
def visitor(browser, address, view):
    """A visitor with a fresh browser profile. At the end, a console error or a request that left the machine is a failure."""
    context = browser.new_context(
        viewport={"width": view.width, "height": landmarks.WIDTHS[view.width]}, color_scheme=view.theme,
        java_script_enabled=view.script, locale="zh-CN" if view.language == "zh" else "en-GB", accept_downloads=True)
    try:
        guest = Visitor(context, address, view)
        yield guest
        guest.assert_quiet()
    finally:
        context.close()


class Visitor:
    def __init__(self, context, address, view):
        self.context, self.address, self.view = context, address, view
        self.complaints = []  # texts, each with the address that it is about
        self.refused = set()  # addresses of pages that answered with an error, which is for the test to judge
        context.set_default_timeout(15_000)
        context.route("**/*", self.keep_on_this_machine)
        self.page = context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append((f"script error: {error}", "")))
        self.page.on("response", self.note)

    # -- going about

    def go(self, path):
        answer = self.page.goto(self.address + path)
        assert answer is None or answer.status < 400, f"{path} answers {answer.status}"
        return self

    def enter(self, post):
        """Comes in by the first door on which the post stands, in this view's language; returns the person's name."""
        return self.come_in(lambda doors: doors.filter(has_text=landmarks.POSTS[post]).first)

    def enter_by_number(self, number):
        return self.come_in(lambda doors: doors.nth(number))

    def come_in(self, choose):
        self.leave()
        self.go(landmarks.LOGIN).speak()
        door = choose(self.page.locator(landmarks.DOORS))
        name = door.locator("b").inner_text()
        door.click()
        self.page.wait_for_url(lambda url: urlsplit(url).path != landmarks.LOGIN)
        self.speak()
        return name

    def doors(self):
        """The words on the doors of the demonstration."""
        return self.go(landmarks.LOGIN).page.locator(landmarks.DOORS).all_inner_texts()

    def leave(self):
        self.context.clear_cookies()

    def speak(self):
        """Switches to the language of this view, if the page is in another one."""
        spoken = self.page.locator("html").get_attribute("lang") or ""
        if not spoken.startswith(self.view.language):
            self.page.locator(landmarks.LANGUAGE).first.click()
            self.page.wait_for_load_state()
            spoken = self.page.locator("html").get_attribute("lang") or ""
            assert spoken.startswith(self.view.language), f"the language switch leaves the page in {spoken}"
        return self

    def path(self):
        return urlsplit(self.page.url).path

    # -- what must hold on every page

    def assert_page(self, rules=True, language=True):
        """Fits the window, names itself, speaks one language, and breaks no rule of WCAG 2.2 AA."""
        # After a click it may still be on its way, without its style.
        self.page.wait_for_load_state()
        where = f"{self.path()} ({self.view})"
        assert self.page.title().strip(), f"{where} has no title"
        assert self.page.locator("h1").count() == 1, f"{where} has {self.page.locator('h1').count()} main headings instead of one"
        if self.view.script:
            wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert wide <= 0, f"{where} is {wide} pixels wider than the window"
            words = self.foreign_words() if language else []
            assert not words, f"{where} shows words of the other language: {', '.join(words)}"
            if rules:
                broken = self.broken_rules()
                assert not broken, f"{where} breaks:\n" + "\n".join(broken)
        self.assert_quiet()

    def broken_rules(self):
        # Seen whole: the bar of acts at a phone's foot covers half a target somewhere on every page that is scrolled.
        window = self.page.viewport_size
        height = self.page.evaluate("document.documentElement.scrollHeight")
        self.page.set_viewport_size({**window, "height": max(height, window["height"])})
        found = AXE.run(self.page, options=AXE_OPTIONS).response["violations"]
        self.page.set_viewport_size(window)
        return [
            f"  {rule['id']} ({rule['help']}): {node['html'][:160]} {node.get('failureSummary', '')[:200]}"
            for rule in found for node in rule["nodes"][:3]]

    def foreign_words(self):
        # What people wrote stays as it is; what the product itself says does not.
        skipped = landmarks.LATIN_SKIPPED if self.view.language == "zh" else landmarks.CHINESE_SKIPPED
        said = self.page.evaluate(
            """skipped => {
                const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), said = [];
                while (walk.nextNode()) {
                    const holder = walk.currentNode.parentElement;
                    if (!holder.closest(skipped) && holder.checkVisibility()) said.push(walk.currentNode.data);
                }
                return said.join("\\n");
            }""", skipped)
        for name in PROPER_NAMES:
            said = said.replace(name, "")
        if self.view.language == "en":
            return sorted(set(re.findall(r"[\u4e00-\u9fff]+", said)))
        said = NO_WORDS.sub(" ", said)
        return sorted(set(re.findall(r"[A-Za-z]{2,}", said)) - landmarks.LATIN_ALLOWED)

    def assert_quiet(self):
        # Chromium calls a page that answers 404 or 422 an error of its own.
        loud = [text for text, about in self.complaints if about not in self.refused]
        assert not loud, f"at {self.path()} ({self.view}): " + "; ".join(loud)

    def hear(self, message):
        if message.type == "error":
            self.complaints.append((f"console: {message.text}", message.location.get("url", "")))

    def note(self, response):
        if response.status >= 400 and response.request.resource_type in ("document", "xhr"):
            self.refused.add(response.url)

    def keep_on_this_machine(self, route):
        if urlsplit(route.request.url).hostname in ("127.0.0.1", "localhost", "::1"):
            route.continue_()
        else:
            self.complaints.append((f"a request leaves the machine: {route.request.url}", ""))
            route.abort()
