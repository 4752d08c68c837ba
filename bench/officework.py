"""What an office does in a day, as requests for requests/day.lua: who asks for what, and how often."""
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, replace

import ours
from browser import csrf
from machine import BenchFailed
from pages import log_in

# How often each kind comes, in a thousand requests.
SHARES = {
    "list": 200, "register": 190, "document": 250, "search": 70, "notices": 50, "mine": 40, "figures": 30, "charter": 20,
    "reading": 75, "program": 20, "act": 35, "paper": 10, "file": 6, "upload": 3, "small export": 0.7, "export": 0.3}
# Who works on what: the door's name, registers, and pages of figures.
OFFICES = {
    "周敏": (
        ["customer", "suspicion", "complaint", "class-session", "self-check", "delivery-receipt"], ["/authenticity/effect", "/overview"]),
    "何静": (["customer", "application", "agent", "policy"], ["/overview"]),
    "陆欣": (["quality-item", "measure", "feedback-record"], ["/quality"]),
    "方丽": (["quality-item"], []),
    "汤梅": (["customer-file", "first-contact", "climate-reading"], ["/archive"]),
    "郝毅": (["information-item", "incoming-document", "seal-request"], ["/school", "/school/figures"]),
    "聂兰": (["incoming-document", "outgoing-document", "information-item"], ["/school/figures"]),
    "傅珊": (["service-ticket", "it-asset", "network-account"], ["/overview"]),
    "宋岚": (["customer", "policy-check", "seller-appraisal"], ["/readings", "/overview"]),
}
SOUGHT = ["李伟", "王", "张三", "设备", "药", "2026"]
PURPOSE = "客户来电核对"
# So many documents of each register, registers of each person, and customers in all.
DOCUMENTS, REGISTERS, CUSTOMERS = 20, 6, 2_000
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
# A page of a letter, as an attachment; its number makes each another file.
LETTER = "{number} " + "关于客户资料核对情况的说明。" * 800
AGENT = ('{"agentNo":"N{number}","name":"张三丰","channel":"individual","team":"%s","phone":"138{number}",'
         '"address":"上海市浦东新区中山路100号01栋0101室"}')


@dataclass
class Request:
    kind: str
    path: str
    door: str
    word: str
    body: str = ""
    type: str = ""

    @property
    def method(self):
        return "POST" if self.type else "GET"

    def line(self, weight):
        return "\t".join([f"{weight:.6f}", self.method, self.path, self.door, self.word, self.type, self.body]) + "\n"

    def answer(self, port):
        """Asked once, as a program or a browser would."""
        headers = {self.door: self.word, "Sec-Fetch-Site": "same-origin"}
        if self.type:
            headers["Content-Type"] = self.type
        body = self.body.replace("{number}", "10000001").encode() if self.type else None
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{self.path}", body, headers, method=self.method)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            reason = error.read()[-200:].decode(errors="replace")
            raise BenchFailed(f"{self.kind} {self.path} was answered {error.code}: {reason}") from error


def paths(page):
    """Documents that a register's page leads to."""
    return list(dict.fromkeys(re.findall(r'href="(/d/\w+)"', page)))[:DOCUMENTS]


def people(port):
    """Everybody who has a door."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/login", timeout=60) as answer:
        return re.findall(r'name="person" value="\w+"[^>]*><b>([^<]+)</b>', answer.read().decode())


def of_person(port, name):
    """What everybody does in the browser, and the word by which his forms are known."""
    look = Request("list", "/", "Cookie", log_in(port, name))
    page = look.answer(port).decode()
    found = [look] + [replace(look, kind=kind, path=f"/{kind}") for kind in ("notices", "mine", "charter")]
    registers = sorted(set(re.findall(r'href="(/r/[a-z-]+)"', page)))[:REGISTERS]
    return found + [replace(look, kind="register", path=path) for path in registers], csrf(page)


def of_office(port, name, registers, figures):
    """What one of those does who work on documents."""
    found, word = of_person(port, name)
    look, form = found[0], f"csrf={urllib.parse.quote(word)}"
    found += [replace(look, kind="search", path="/search?q=" + urllib.parse.quote(words)) for words in SOUGHT]
    found += [replace(look, kind="figures", path=path) for path in figures]
    for register in registers:
        found.append(page := replace(look, kind="register", path=f"/r/{register}"))
        for path in paths(page.answer(port).decode()):
            found.append(document := replace(look, kind="document", path=path))
            found += of_document(document, document.answer(port).decode(), form)
    return found


def of_document(document, page, form):
    """Its paper, with personal data in clear where there is a form for that, and its files."""
    forms = set(re.findall(r'action="(/d/\w+/(?:file/\w+|print))"', page))
    stated = "&purpose=" + urllib.parse.quote(PURPOSE) if page.count('/print"') > 1 else ""
    for path in forms:
        if path.endswith("/print"):
            yield replace(document, kind="paper", path=path, type=FORM, body=form + stated)
        else:
            yield replace(document, kind="file", path=path, type=FORM, body=form)


def of_programs(port, reader, clerk):
    """What programs do by the API, with a reader's token and a clerk's."""
    look = Request("program", "/api/v1/todo", "Authorization", f"Bearer {reader}")
    write = replace(look, word=f"Bearer {clerk}", type=JSON)
    customers, team = ours.register(port, reader, "customer"), ours.register(port, reader, "agent")[0]["values"]["team"]
    found = [look] + [replace(look, path=f"/api/v1/{kind}?limit=50") for kind in ("customer", "application", "agent")]
    found += [
        replace(look, kind="reading", path=f"/api/v1/customer/{one['id']}/reveal", type=JSON, body='{"purpose":"%s"}' % PURPOSE)
        for one in customers[:: max(1, len(customers) // CUSTOMERS)]]
    found.append(replace(write, kind="act", path="/api/v1/agent", body=AGENT % team))
    found.append(replace(write, kind="upload", path="/api/v1/files?name=letter.txt", type="application/octet-stream", body=LETTER))
    for kind, format in (("small export", "xlsx"), ("small export", "csv"), ("export", "csv"), ("export", "xlsx")):
        register = "agent" if kind.startswith("small") else "customer"
        found.append(replace(look, kind=kind, path=f"/api/v1/{register}/export", type=JSON, body='{"format":"%s"}' % format))
    return found


def requests(port, reader, clerk):
    """All of them, after a try of each kind by each person: one that is refused would measure nothing."""
    found = of_programs(port, reader, clerk)
    for name in people(port):
        found += of_office(port, name, *OFFICES[name]) if name in OFFICES else of_person(port, name)[0]
    if missing := set(SHARES) - {one.kind for one in found}:
        raise BenchFailed(f"the book has nothing for {', '.join(sorted(missing))}")
    for one in {(one.kind, one.word): one for one in found}.values():
        one.answer(port)
    return found


def lines(found):
    """The file that the script reads: the share of a kind is divided among its requests."""
    counts = {kind: sum(one.kind == kind for one in found) for kind in SHARES}
    return "".join(one.line(SHARES[one.kind] / counts[one.kind]) for one in found)
