"""Where the bench keeps its books: a folder each with SQLite, or, beside `bin/postgres run --durable`, a database each on that server."""
import contextlib
import os
import shutil
import sqlite3

from machine import run

# Where a test finds its server, the bench finds it too.
SERVER = os.environ.get("DIANZHANG_TEST_POSTGRES")
NAME = "PostgreSQL" if SERVER else "SQLite"


def database(folder):
    """The address of the book of a folder."""
    return address(folder.name) if SERVER else f"sqlite:{folder}/book.sqlite"


def address(name):
    return SERVER.replace("/postgres?", f"/{name.replace('-', '_')}?")


def copy(original, folder):
    """Copies a book with its key."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(original, folder)
    if SERVER:
        was, new = (place.name.replace("-", "_") for place in (original, folder))
        say(SERVER, f'DROP DATABASE IF EXISTS "{new}"', f'CREATE DATABASE "{new}" TEMPLATE "{was}"')


def make(folder):
    """An empty place for a book."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if SERVER:
        # One server holds copies of one book, and all of them have its key.
        os.environ["DIANZHANG_KEY_FILE"] = str(folder.parent / "book.key")
        (folder.parent / "book.key").unlink(missing_ok=True)
        name = folder.name.replace("-", "_")
        say(SERVER, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')


def open_without_limit(folder):
    """One person measures how fast personal data is opened: more documents in a minute than anybody opens in an hour."""
    change = ("DELETE FROM setting WHERE name = 'reading-limit'", "INSERT INTO setting (name, value) VALUES ('reading-limit', '1000000')")
    if SERVER:
        return say(database(folder), *change)
    with contextlib.closing(sqlite3.connect(folder / "book.sqlite")) as book, book:
        for statement in change:
            book.execute(statement)


def say(place, *statements):
    run(["psql", place, "--quiet", "--set", "ON_ERROR_STOP=1", *[word for statement in statements for word in ("--command", statement)]])
