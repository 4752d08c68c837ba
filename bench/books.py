"""Where the bench keeps its books: a folder each with SQLite, or, beside `bin/postgres run --durable`, a database each on that server."""
import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from machine import run

# Where a test finds its server, the bench finds it too.
SERVER = os.environ.get("DIANZHANG_TEST_POSTGRES")
KEY = Path(__file__).resolve().parent.parent / ".build-bench" / "postgres.key"
NAME = "PostgreSQL" if SERVER else "SQLite"


def database(folder):
    """The address of the book of a folder."""
    return SERVER.replace("/postgres?", f"/{name(folder)}?") if SERVER else f"sqlite:{folder}/book.sqlite"


def name(folder):
    """Of its database; two builds that are measured in turn have folders of their own."""
    return f"{folder.parent.name}_{folder.name}".replace("-", "_").replace(".", "")


def copy(original, folder):
    """Copies a book with its key."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(original, folder)
    if SERVER:
        say(SERVER, f'DROP DATABASE IF EXISTS "{name(folder)}"', f'CREATE DATABASE "{name(folder)}" TEMPLATE "{name(original)}"')


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
    if SERVER:
        say(SERVER, f'DROP DATABASE IF EXISTS "{name(folder)}"')


def megabytes(folder):
    """What the book of a folder takes on the disk."""
    if SERVER:
        size = run(["psql", database(folder), "--tuples-only", "--no-align", "--command", "SELECT pg_database_size(current_database())"])
        return int(size.output) / 1e6
    return sum(file.stat().st_size for file in folder.glob("book.sqlite*")) / 1e6


def make(folder):
    """An empty place for a book."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if SERVER:
        # One key for all that the server holds.
        os.environ["DIANZHANG_KEY_FILE"] = str(KEY)
        say(SERVER, f'DROP DATABASE IF EXISTS "{name(folder)}"', f'CREATE DATABASE "{name(folder)}"')


def open_without_limit(folder):
    """One person measures how fast personal data is opened: more documents in a minute than anybody opens in an hour."""
    change(folder, USUAL_LIMIT, "INSERT INTO setting (name, value) VALUES ('reading-limit', '1000000')")


def close_limit(folder):
    """The usual limit again: `verify` names a setting that somebody has written past the program."""
    change(folder, USUAL_LIMIT)


USUAL_LIMIT = "DELETE FROM setting WHERE name = 'reading-limit'"


def change(folder, *statements):
    if SERVER:
        return say(database(folder), *statements)
    with contextlib.closing(sqlite3.connect(folder / "book.sqlite")) as book, book:
        for statement in statements:
            book.execute(statement)


def say(place, *statements):
    run(["psql", place, "--quiet", "--set", "ON_ERROR_STOP=1", *[word for statement in statements for word in ("--command", statement)]])
