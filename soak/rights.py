"""Every person asks for many documents by page and by API; an oracle that reads the tables for itself says who gets which."""
import http.client
import random
import time
import urllib.parse

from office import Book, Program, RoundFailed

OFFICE = {"underwriter", "customer-service", "compliance"}
# Who reads all documents of a type in the scope of the regulation: posts, whether all staff do, whether heads do in their units.
READERS = {
    "application": ("life-insurance", OFFICE, False, False), "customer": ("life-insurance", OFFICE, False, False),
    "policy": ("life-insurance", OFFICE, False, False), "account-exception": ("life-insurance", OFFICE, False, False),
    "exemption": ("life-insurance", OFFICE, False, False),
    "agency": ("life-insurance", OFFICE | {"back-office"}, False, False),
    "agent": ("life-insurance", OFFICE | {"back-office", "trainer"}, False, False),
    "suspicion": ("life-insurance", {"customer-service", "compliance"}, False, False),
    "suspicion-list": ("life-insurance", {"customer-service", "compliance"}, False, False),
    "correction": ("life-insurance", {"customer-service", "compliance"}, False, False),
    "insured-correction": ("life-insurance", {"customer-service", "compliance"}, False, False),
    "customer-join": ("life-insurance", {"customer-service", "compliance"}, False, False),
    "misconduct-report": ("life-insurance", {"compliance", "general-manager"}, False, False),
    "loan": ("customer-confidentiality", {"information-specialist"}, False, True),
    "customer-file": ("customer-confidentiality", {"information-specialist"}, True, False),
    "internet-application": ("enterprise-it", {"factory-leader", "centre-director"}, False, True),
}


def asked(scratch, engine, questions):
    book, dice = Book(scratch, engine, "rights"), random.Random(11)
    oracle = Oracle(book)
    people = [login for login in oracle.people if oracle.people[login]["active"]]
    documents = dice.sample(sorted(oracle.documents), min(len(oracle.documents), questions // (2 * len(people))))
    words = {login: book.token(login) for login in people}
    public = public_ids(book, "document", documents)
    doors = public_ids(book, "person", (person["id"] for person in oracle.people.values()))
    leaks, denials, count, seen, hidden = [], [], 0, [], []
    with book.serving() as server:
        for login in people:
            program, browser = Program(server.port, words[login]), Browser(server.port, doors[oracle.people[login]["id"]])
            for document in documents:
                may, kind = oracle.may_read(login, document), oracle.documents[document]["type"]
                started = time.monotonic()
                status, _ = program.ask("GET", f"/api/v1/{kind}/{public[document]}")
                (seen if may else hidden).append(time.monotonic() - started)
                for got in (status, browser.status(f"/d/{public[document]}")):
                    count += 1
                    if got not in (200, 404):
                        raise RoundFailed(f"{login} asks for {kind} {document} and is answered {got}")
                    if (got == 200) and not may:
                        leaks.append((login, kind, document))
                    if (got == 404) and may:
                        denials.append((login, kind, document))
    if leaks or denials:
        raise RoundFailed(f"{len(leaks)} leaks, {len(denials)} wrongly denied; the first: {(leaks + denials)[0]}")
    apart = (sum(hidden) / len(hidden) - sum(seen) / len(seen)) * 1000 if seen and hidden else 0
    return (f"{len(people)} persons, {len(documents):,} documents, page and API: {count:,} requests, 0 leaks, 0 wrongly denied; "
            f"hidden ones are answered {apart:+.2f} ms from shown ones")


def public_ids(book, kind, numbers):
    """How things are called in addresses, by their number in the tables."""
    lines = book.run("id", "--of", kind, *map(str, numbers)).stdout.splitlines()
    return {int(number): word for word, _, number in map(str.split, lines)}


class Browser:
    """Enters the demonstration as a person."""

    def __init__(self, port, person):
        self.connection, self.cookie = http.client.HTTPConnection("127.0.0.1", port, timeout=30), ""
        body = urllib.parse.urlencode({"person": person})
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{port}"}
        self.connection.request("POST", "/login/demo", body, headers)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RoundFailed(f"the demonstration's door answers {answer.status}")
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def status(self, path):
        self.connection.request("GET", path, headers={"Cookie": self.cookie})
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


class Oracle:
    """The rule, told once more in another language from the rows alone."""

    def __init__(self, book):
        rows = lambda table, *columns: [  # noqa: E731
            dict(zip(columns, values)) for values in book.query(f"SELECT {', '.join(columns)} FROM {table}")]
        number = lambda text: int(text) if text not in (None, "") else None  # noqa: E731
        self.now = int(time.time() * 1000)
        self.today = int((self.now + 8 * 3_600_000) // 86_400_000)
        self.paths = {int(row["id"]): row["path"] for row in rows("unit", "id", "path")}
        self.people = {
            row["login"]: {"id": int(row["id"]), "clearance": int(row["clearance"]), "active": row["active"] == "1"}
            for row in rows("person", "id", "login", "clearance", "active")}
        self.holdings, self.by_id = {}, {}
        for row in rows("holding", "id", "person", "unit", "post", "from_day", "to_day", "ended"):
            end = number(row["to_day"])
            if int(row["from_day"]) <= self.today and (end is None or self.today <= end) and number(row["ended"]) is None:
                holding = {"id": int(row["id"]), "unit": int(row["unit"]), "post": row["post"]}
                self.holdings.setdefault(int(row["person"]), []).append(holding)
        self.adopters = {}
        for row in rows("adoption", "regulation", "unit", "from_day", "to_day"):
            end = number(row["to_day"])
            if int(row["from_day"]) <= self.today and (end is None or self.today <= end):
                self.adopters.setdefault(row["regulation"], set()).add(int(row["unit"]))
        self.documents = {
            int(row["id"]): {key: value if key == "type" else int(value) for key, value in row.items()}
            for row in rows("document", "id", "type", "scope", "unit", "holder", "creator", "level")}
        self.tasks, self.taken, self.granted = {}, {}, {}
        for row in rows("task", "document", "post", "unit", "person"):
            self.tasks.setdefault(int(row["document"]), []).append((row["post"], number(row["unit"]), number(row["person"])))
        for row in rows("taken", "document", "step", "person", "behalf", "holding"):
            if row["step"] != "+sign":
                self.taken.setdefault(int(row["document"]), []).append((int(row["person"]), int(row["behalf"]), int(row["holding"])))
        for row in rows("access_grant", "document", "person", "from_at", "ends", "holding"):
            if int(row["from_at"]) <= self.now < int(row["ends"]):
                self.granted.setdefault(int(row["document"]), []).append((int(row["person"]), int(row["holding"])))

    def within(self, unit, above):
        return self.paths[unit].startswith(self.paths[above])

    def lineage(self, unit):
        return {int(part) for part in self.paths[unit].split("/") if part}

    def adopter(self, regulation, unit):
        found = self.lineage(unit) & self.adopters.get(regulation, set())
        return max(found, key=lambda one: len(self.paths[one]), default=None)

    def may_read(self, login, document):
        person, found = self.people[login], self.documents[document]
        if not person["active"] or found["level"] > person["clearance"]:
            return False
        holdings = self.holdings.get(person["id"], [])
        regulation, posts, staff, heads = READERS[found["type"]]
        for holding in holdings:
            scope = self.adopter(regulation, holding["unit"])
            if (staff or holding["post"] in posts) and scope and self.within(found["scope"], scope):
                return True
            if heads and holding["post"] == "head" and self.within(found["unit"], holding["unit"]):
                return True
            if any(post == holding["post"] and unit in self.lineage(holding["unit"]) for post, unit, _ in self.tasks.get(document, [])):
                return True
        # What is somebody's own counts while he is in service where the document belongs.
        if not any(found["scope"] in self.lineage(holding["unit"]) for holding in holdings):
            return False
        me, held = person["id"], {holding["id"] for holding in holdings} | {0}
        return (
            me in (found["holder"], found["creator"]) or any(one == me for _, _, one in self.tasks.get(document, []))
            or any(one == me and holding in held for one, holding in self.granted.get(document, []))
            or any((one == me and behalf == 0 or behalf == me) and holding in held for one, behalf, holding in self.taken.get(document, [])))
