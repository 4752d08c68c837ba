"""What was acknowledged is kept: killed servers, restarted databases, two servers, ends by request."""
import random
import time

from acting import SERVICE, Crew, require_kept, require_numbers, require_truth, tokens
from office import Book, RoundFailed, restart_postgres


def killed(scratch, engine, rounds):
    """The server is killed in the middle of acts of twelve programs, again and again, on one book."""
    book, dice, acts, starts = Book(scratch, engine, "killed"), random.Random(7), 0, []
    words = tokens(book)
    with book.serving() as server:
        for _ in range(rounds):
            with Crew([server.port], words) as crew:
                time.sleep(1 + dice.random() * 1.5)
                server.kill()
            started = time.monotonic()
            server.start()
            starts.append(time.monotonic() - started)
            acts += require_kept(crew.memory, server.port, words["asker"])
            book.verify()
            require_numbers(book)
    return f"{rounds} rounds, {acts:,} acts acknowledged, 0 lost; verified {rounds} of {rounds} times; back after {max(starts):.2f} s at most"


def ended(scratch, engine, rounds):
    """SIGTERM in the middle of acts: what is in flight is answered."""
    book, acts, cuts, longest = Book(scratch, engine, "ended"), 0, 0, 0
    words = tokens(book)
    with book.serving() as server:
        for _ in range(rounds):
            with Crew([server.port], words) as crew:
                time.sleep(1.2)
                code, seconds = server.terminate()
                # Connections that came after the end are refused, which is no cut: only what had been sent counts.
                crew.ending.set()
            longest, cuts = max(longest, seconds), cuts + len(crew.memory.unsure)
            if code != 0:
                raise RoundFailed(f"the server ended with {code}")
            server.start()
            acts += require_kept(crew.memory, server.port, words["asker"])
            require_truth(crew.memory, book, words["asker"], server.port)
        book.verify()
    return f"{rounds} rounds, {acts:,} acts acknowledged, 0 lost; ended within {longest:.2f} s; {cuts} connections met a server that had ended"


def restarted(scratch, _, rounds):
    """PostgreSQL restarts under the server, politely and not; who is not sure asks again under the same key."""
    book, acts, longest = Book(scratch, "postgres", "restarted"), 0, 0
    words = tokens(book)
    with book.serving() as server:
        with Crew([server.port], words, retry=True) as crew:
            for number in range(rounds):
                time.sleep(1.0)
                restart_postgres("fast" if number % 2 else "immediate")
                started, before = time.monotonic(), crew.memory.acts
                while crew.memory.acts == before and time.monotonic() < started + 30:
                    time.sleep(0.01)
                longest = max(longest, time.monotonic() - started)
            time.sleep(1.0)
        acts += require_kept(crew.memory, server.port, words["asker"])
        require_truth(crew.memory, book, words["asker"], server.port)
        unsure = len(crew.memory.unsure)
    book.verify()
    require_numbers(book)
    return f"{rounds} restarts, {acts:,} acts acknowledged, 0 lost, 0 doubled, {unsure} asked for again; acts went on after {longest:.1f} s at most"


def two_servers(scratch, _, rounds):
    """Two servers on one PostgreSQL; one is killed and comes back, the other serves on."""
    book, acts = Book(scratch, "postgres", "two"), 0
    words = tokens(book)
    with book.serving(ports=2) as servers:
        for number in range(rounds):
            victim, other = servers[number % 2], servers[1 - number % 2]
            with Crew([server.port for server in servers], words) as crew:
                time.sleep(1.5)
                victim.kill()
                before = crew.memory.acts
                time.sleep(1.5)
                if crew.memory.acts == before:
                    raise RoundFailed("the other server does not serve on")
            victim.start()
            acts += require_kept(crew.memory, other.port, words["asker"])
            require_truth(crew.memory, book, words["asker"], victim.port)
            require_numbers(book)
            book.verify()
    return f"{rounds} rounds, {acts:,} acts acknowledged, 0 lost; the other server served on each time"
