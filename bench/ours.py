"""What the bench knows of the product beyond single commands: its demonstration as a book to import into and to serve."""
import json
import urllib.request
from contextlib import contextmanager
from datetime import date

import books
from books import database
from machine import BenchFailed, free_port, run, server

# The demonstration's underwriter, who may take in applications and read customers.
LOGIN = "hejing"
# Its back office, which registers agents.
CLERK = "lintao"


@contextmanager
def serving(bench, folder, environment=None):
    """The product on the book in a folder, with further settings; makes the demonstration where there is none. Yields the port."""
    with served(bench, folder, environment) as (port, _):
        yield port


@contextmanager
def served(bench, folder, environment=None):
    """The same; yields the port and the process."""
    port = free_port()
    command = [bench.product, "serve", "--demo", "--database", database(folder), "--port", port]
    settings = {"DIANZHANG_LOG_LEVEL": "error"} | (environment or {})
    with server(command, port, folder, bench.scratch / "serve.log", settings, seconds=300) as child:
        yield port, child


def fresh_book(bench, name):
    """A copy of the demonstration's book with its key in a folder of its own; the original is made once for each build and server."""
    original = bench.scratch / "demonstration"
    built = f"{bench.product} {bench.product.stat().st_mtime_ns} {books.SERVER}"
    mark = original / "built-by"
    if not mark.exists() or mark.read_text() != built:
        books.make(original)
        with serving(bench, original):
            pass
        mark.write_text(built)
    folder = bench.scratch / name
    books.copy(original, folder)
    books.open_without_limit(folder)
    return folder


def token(bench, folder, login=LOGIN):
    made = run([bench.product, "token", login, "--scopes", "read,reveal,act", "--database", database(folder)])
    return made.output.split()[-1]


def register(port, word, kind):
    """All documents of a register, by the API."""
    found, after = [], ""
    while True:
        address = f"http://127.0.0.1:{port}/api/v1/{kind}?limit=500{after}"
        request = urllib.request.Request(address, headers={"Authorization": f"Bearer {word}"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            page = json.load(answer)
        found += page["items"]
        if not page.get("next") or not page["items"]:
            return found
        after = f"&after={page['next']}"


def qualified_agents(port, word):
    """Numbers of agents who may sell every product, and the first day on which all of them may."""
    # A lower grade sells some products only; who has a log-in confirms each check in person first.
    agents = [
        agent for agent in register(port, word, "agent")
        if agent["state"] == "qualified" and agent["values"].get("grade", "1") == "1" and not agent["values"].get("user")
    ]
    if not agents:
        raise BenchFailed("the demonstration has no qualified agent")
    numbers = [agent["values"]["agentNo"] for agent in agents]
    tested = [agent["values"].get("testedOn") for agent in agents]
    return numbers, max([day for day in tested if day], default=str(date.today()))


def note_agents(bench, folder, file):
    """Writes down the agents of a book who may sell, a number a line; returns the first day on which all of them may."""
    word = token(bench, folder)
    with serving(bench, folder) as port:
        numbers, first_day = qualified_agents(port, word)
    file.write_text("\n".join(numbers))
    return first_day


def intake_for(bench, folder, rows):
    """An intake file that names agents whom the book in this folder knows."""
    file = bench.scratch / f"intake-{rows}-known-agents.csv"
    agents = bench.scratch / "agents.txt"
    first_day = note_agents(bench, folder, agents)
    run([bench.python, bench.peers.parent / "generate.py", "--rows", rows, "--out", file, "--agents", agents, "--first-day", first_day])
    return file


def import_intake(bench, folder, rows):
    """Imports an intake of so many rows into the book in this folder."""
    file = intake_for(bench, folder, rows)
    command = [bench.product, "import", "application", file, "--as", LOGIN, "--database", database(folder)]
    run([*command, "--rejected", folder / "rejected.csv"])
