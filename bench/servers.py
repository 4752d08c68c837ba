"""Several servers on one PostgreSQL: single durable acts at 64 connections, shared among three servers, and at one of them alone."""
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import books
import ours
from machine import BenchFailed, requests_a_second
from measure import Measure

CONNECTIONS = 64


def rate(bench, servers):
    folder = ours.fresh_book(bench, "servers")
    clerk, reader = ours.token(bench, folder, ours.CLERK), ours.token(bench, folder)
    with ExitStack() as stack:
        ports = [stack.enter_context(ours.serving(bench, folder)) for _ in range(servers)]
        environment = {
            "DIANZHANG_CLERK_TOKEN": clerk, "DIANZHANG_TEAM": str(ours.register(ports[0], reader, "agent")[0]["values"]["team"])}

        def share(number):
            return requests_a_second(
                bench.peers.parent / "requests" / "act.lua", ports[number], CONNECTIONS // servers, seconds=6,
                environment=environment | {"DIANZHANG_SHARE": str(number)})

        with ThreadPoolExecutor(servers) as pool:
            return sum(pool.map(share, range(servers)))


def servers(bench):
    if not books.SERVER:
        raise BenchFailed("several servers need a PostgreSQL: bin/postgres run --durable bin/bench servers")
    three, one = bench.in_turn(lambda: rate(bench, 3), lambda: rate(bench, 1))
    return [Measure(f"single durable acts, three servers, {CONNECTIONS} connections (one of them alone)", "1/s", three, one, 1.8)]


MEASURES = {"servers": servers}
