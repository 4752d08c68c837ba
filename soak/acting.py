"""Programs that act at once and remember what was answered, so that afterwards each act can be asked for."""
import itertools
import secrets
import threading
import time
from dataclasses import dataclass, field

from office import Program, RoundFailed

SERVICE, COMPLIANCE = "chenjing", "songlan"


@dataclass
class Memory:
    """What the server said."""
    requested: dict = field(default_factory=dict)  # id -> the owner named in it
    approved: set = field(default_factory=set)
    denied: set = field(default_factory=set)  # owners of whom it was said that nothing was done
    unsure: set = field(default_factory=set)  # owners whose connection was cut, or of whom the server said that it does not know
    cut: int = 0
    others: dict = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def acts(self):
        return len(self.requested) + len(self.approved)


class Crew:
    """Threads that ask for exemptions and approve them. `retry`: an act whose outcome is unknown is asked for again under its key."""

    def __init__(self, ports, tokens, threads=12, retry=False):
        self.ports, self.tokens, self.retry = ports, tokens, retry
        self.memory, self.ending = Memory(), threading.Event()
        self.threads = [threading.Thread(target=self.work, args=(number,), daemon=True) for number in range(threads)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        for thread in self.threads:
            thread.join(90)

    def work(self, number):
        port = self.ports[number % len(self.ports)]
        asker, approver = Program(port, self.tokens["asker"]), Program(port, self.tokens["approver"])
        for _ in itertools.count():
            if self.ending.is_set():
                break
            owner = "号码" + secrets.token_hex(8)
            made = self.post(asker, "/api/v1/exemption", exemption(owner), owner)
            if made is None:
                continue
            with self.memory.lock:
                self.memory.requested[made["id"]] = owner
            if self.post(approver, f"/api/v1/exemption/{made['id']}/approve", {}, owner) is not None:
                with self.memory.lock:
                    self.memory.approved.add(made["id"])
        asker.close()
        approver.close()

    def post(self, program, path, body, owner):
        """The answer to an act that was done; nothing otherwise."""
        key = secrets.token_hex(12)
        while True:
            status, answer = program.ask("POST", path, body, Idempotency_Key=key)
            if status in (200, 201):
                return answer
            with self.memory.lock:
                if status == 0:
                    self.memory.cut += 1
                if status == 0 or is_unsure(status, answer):
                    self.memory.unsure.add(owner)
                elif status == 503:
                    self.memory.denied.add(owner)
                else:
                    self.memory.others[f"{status} {str(answer)[:200]}"] = self.memory.others.get(f"{status} {str(answer)[:200]}", 0) + 1
            if self.ending.is_set() or status not in (0, 503):
                return None
            time.sleep(0.05)
            if not self.retry:
                return None


def exemption(owner):
    number = int.from_bytes(secrets.token_bytes(6), "big")
    return {"phone": f"139{number % 100_000_000:08d}", "owner": owner, "reason": "多名客户留存，属机构电话"}


def is_unsure(status, answer):
    return status == 503 and ("不能确定" in str(answer) or "outcome" in str(answer) or "not known" in str(answer))


def tokens(book):
    return {"asker": book.token(SERVICE), "approver": book.token(COMPLIANCE)}


def require_kept(memory, port, token):
    """Everything that was acknowledged is there, in the state that was answered."""
    program = Program(port, token)
    lost = []
    for document in memory.requested:
        status, answer = reading(program, document)
        if status != 200 or (document in memory.approved and answer["state"] != "approved"):
            lost.append(f"{document}: {status} {str(answer)[:200]}")
    if lost:
        raise RoundFailed(f"{len(lost)} of {memory.acts} acknowledged acts are lost, the first is {lost[0]}")
    if memory.others:
        raise RoundFailed(f"answers that nobody expected: {memory.others}")
    return memory.acts


def reading(program, document):
    """A server that has just lost its database may say once more that it has none."""
    for _ in range(20):
        status, answer = program.ask("GET", f"/api/v1/exemption/{document}")
        if status not in (0, 503):
            break
        time.sleep(0.1)
    return status, answer


def require_numbers(book):
    """Numbers run on without gaps and without doubles."""
    rows = book.query("SELECT number FROM document WHERE type = 'exemption' AND number IS NOT NULL")
    serials = sorted(int(row[0].split("〕")[1].rstrip("号")) for row in rows)
    if serials != list(range(1, len(serials) + 1)):
        raise RoundFailed(f"the numbers of {len(serials)} exemptions have gaps or doubles")


def require_truth(memory, book, program_token, port):
    """What was said not to have been done was not done, and nothing was done twice."""
    program, seen, after = Program(port, program_token), {}, ""
    while True:
        status, page = program.ask("GET", f"/api/v1/exemption?limit=500{after}")
        if status != 200:
            raise RoundFailed(f"the register answers {status}")
        for item in page["items"]:
            owner = item["values"].get("owner", "")
            seen[owner] = seen.get(owner, 0) + 1
        if not page.get("next") or not page["items"]:
            break
        after = f"&after={page['next']}"
    requested = set(memory.requested.values())
    false = [owner for owner in memory.denied - memory.unsure - requested if owner in seen]
    if false:
        raise RoundFailed(f"{len(false)} acts were said not to have been done, and stand in the book")
    doubled = [owner for owner in requested if seen.get(owner, 0) > 1]
    if doubled:
        raise RoundFailed(f"{len(doubled)} acts stand twice in the book")
