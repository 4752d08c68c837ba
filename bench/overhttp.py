"""Durable acts and audited reads over HTTP, 1 and 16 connections, against a Django REST framework stack doing plainer work."""
import shutil
import sys
from contextlib import contextmanager
from functools import partial

import books
import ours
from machine import free_port, requests_a_second, run, server
from measure import Measure

DRF_CUSTOMERS = 100_000
# Two workers for two cores; four threads each were the fastest of 1, 2 and 4 under 16 connections, and no slower under one.
GUNICORN = ["-w", "2", "-k", "gthread", "--threads", "4", "--keep-alive", "30", "--log-level", "critical"]
GOALS = {("act", 1): 6, ("act", 16): 15, ("read", 1): 8, ("read", 16): 20}
TITLES = {
    "act": "single durable acts", "application": "whole applications, four documents each,", "read": "audited reads of a customer"}
# What the rival does beside each of ours: it has one way to create.
RIVALS = {"act": "create", "application": "create", "read": "read"}


@contextmanager
def baseline_server(bench):
    """The rival on a free port, with its database filled once; yields a function that measures."""
    folder = bench.scratch / "drf"
    environment = {"DRF_FOLDER": str(folder), "DRF_COUNT": str(DRF_CUSTOMERS), "PYTHONDONTWRITEBYTECODE": "1"}
    if not (folder / "keys.csv").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        run([bench.python, bench.peers / "drf" / "app.py", bench.intake(1_000_000), DRF_CUSTOMERS], environment)
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", *GUNICORN, "-b", f"127.0.0.1:{port}", "app:application"]
    with server(command, port, bench.peers / "drf", bench.scratch / "drf.log", environment):
        yield lambda deed, connections: requests_a_second(
            bench.peers / "drf" / f"{deed}.lua", port, connections, environment=environment)


@contextmanager
def our_server(bench):
    """The product on a fresh copy of the demonstration's book; yields a function that measures."""
    folder = ours.fresh_book(bench, "serve")
    word, clerk = ours.token(bench, folder), ours.token(bench, folder, ours.CLERK)
    with ours.serving(bench, folder) as port:
        agents, first_day = ours.qualified_agents(port, word)
        customers = folder / "customers.txt"  # one id a line, to read at random
        customers.write_text("\n".join(customer["id"] for customer in ours.register(port, word, "customer")))
        environment = {
            "DIANZHANG_TOKEN": word, "DIANZHANG_CUSTOMERS": str(customers), "DIANZHANG_AGENT": agents[0], "DIANZHANG_DAY": first_day,
            "DIANZHANG_CLERK_TOKEN": clerk, "DIANZHANG_TEAM": str(ours.register(port, word, "agent")[0]["values"]["team"]),
        }
        yield lambda deed, connections: requests_a_second(
            bench.peers.parent / "requests" / f"{deed}.lua", port, connections, environment=environment)


def deed(name, bench):
    rows = []
    for connections in (1, 16):
        # Each server has the machine to itself while it is measured.
        rival = None if books.SERVER else partial(alone, baseline_server, bench, RIVALS[name], connections)
        taken = bench.in_turn(partial(alone, our_server, bench, name, connections), rival)
        beside = f"on {books.NAME}" if books.SERVER else "(DRF)"
        goal = None if books.SERVER else GOALS.get((name, connections))
        rows.append(Measure(f"{TITLES[name]} over HTTP, {connections} connections {beside}", "1/s", *taken, goal))
    return rows


def alone(start, bench, name, connections):
    with start(bench) as measure:
        return measure(name, connections)


MEASURES = {"acts": partial(deed, "act"), "applications": partial(deed, "application"), "reads": partial(deed, "read")}
