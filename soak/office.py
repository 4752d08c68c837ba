"""The product under the rounds: its binary, its demonstration's book on either engine, and programs that act in it."""
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = Path(os.environ.get("DIANZHANG_BINARY") or ROOT / ".build-release" / "release" / "dianzhang")
SECONDS_TO_START = 240  # the demonstration writes its history first
SCOPES = "read,reveal,act,sign"  # what a program's token may do: all there is


class RoundFailed(Exception):
    """A promise did not hold; the message says which."""


class Book:
    """A database with the demonstration in it, and its key."""

    def __init__(self, scratch, engine, name):
        self.engine, self.folder = engine, scratch / f"{engine}-{name}"
        self.key = self.folder / "key"
        shutil.rmtree(self.folder, ignore_errors=True)
        if engine == "sqlite":
            shutil.copytree(original(scratch, engine), self.folder)
            self.address = f"sqlite:{self.folder}/book.sqlite"
        else:
            self.folder.mkdir(parents=True)
            shutil.copy(original(scratch, engine) / "key", self.key)
            self.address = postgres(f"soak_{name}")
            psql(f'DROP DATABASE IF EXISTS "soak_{name}"', f'CREATE DATABASE "soak_{name}" TEMPLATE soak_original')

    def run(self, *words, check=True):
        done = subprocess.run(
            [str(PRODUCT), *words, "--database", self.address, "--key-file", str(self.key)], capture_output=True, text=True, timeout=600)
        if check and done.returncode != 0:
            raise RoundFailed(f"{' '.join(words)} ended with {done.returncode}: {(done.stdout + done.stderr).strip()[-600:]}")
        return done

    def token(self, login):
        return self.run("token", login, "--scopes", SCOPES).stdout.split()[-1]

    def verify(self):
        """The proof itself; anything but clean fails the round."""
        return self.run("verify").stdout

    def query(self, sql):
        """Rows as lists of text, asked beside the product."""
        if self.engine == "sqlite":
            import sqlite3

            with sqlite3.connect(f"file:{self.folder}/book.sqlite?mode=ro", uri=True) as connection:
                return [[None if value is None else str(value) for value in row] for row in connection.execute(sql)]
        done = subprocess.run(["psql", self.address, "-XAtq", "-F", "\x1f", "-c", sql], capture_output=True, text=True, check=True)
        return [line.split("\x1f") for line in done.stdout.splitlines()]

    @contextmanager
    def serving(self, ports=1, log="serve.log"):
        """Yields a server (or several on the same book); stops what is left of them."""
        servers = [Server(self, self.folder / f"{number}-{log}") for number in range(ports)]
        try:
            yield servers[0] if ports == 1 else servers
        finally:
            for server in servers:
                server.stop()


class Server:
    def __init__(self, book, log):
        self.book, self.log, self.port = book, log, free_port()
        self.start()

    def start(self):
        """On the same port each time, so that programs find it again."""
        environment = os.environ | {"DIANZHANG_LOG_LEVEL": "error"}
        words = ["serve", "--demo", "--database", self.book.address, "--key-file", str(self.book.key), "--port", str(self.port)]
        with open(self.log, "a") as out:
            self.child = subprocess.Popen([str(PRODUCT), *words], stdout=out, stderr=out, env=environment, cwd=self.book.folder)
        until = time.monotonic() + SECONDS_TO_START
        while not self.listens():
            if self.child.poll() is not None or time.monotonic() > until:
                raise RoundFailed(f"the server does not listen; see {self.log}:\n{self.log.read_text(errors='replace')[-1500:]}")
            time.sleep(0.02)

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def kill(self):
        self.child.send_signal(signal.SIGKILL)
        self.child.wait()

    def terminate(self):
        started = time.monotonic()
        self.child.terminate()
        code = self.child.wait(60)
        return code, time.monotonic() - started

    def stop(self):
        if self.child.poll() is None:
            self.child.terminate()
            try:
                self.child.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


class Program:
    """A program with a person's token. An answer is (status, body); a cut connection is (0, reason)."""

    def __init__(self, port, token):
        self.port, self.token, self.connection = port, token, None

    def ask(self, method, path, body=None, **headers):
        headers = {"Authorization": f"Bearer {self.token}"} | {name.replace("_", "-"): value for name, value in headers.items()}
        payload = None
        if body is not None:
            payload, headers["Content-Type"] = json.dumps(body, ensure_ascii=False).encode(), "application/json"
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            self.connection.request(method, path, payload, headers)
            answer = self.connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            self.close()
            return 0, type(error).__name__
        try:
            return answer.status, json.loads(text) if text else None
        except ValueError:
            return answer.status, text[:300].decode(errors="replace")

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


# The PostgreSQL that `bin/postgres run --durable` made around the rounds.

def postgres(database):
    address = os.environ.get("DIANZHANG_TEST_POSTGRES")
    if not address:
        raise RoundFailed("run the rounds by bin/soak, which brings a PostgreSQL along")
    return address.replace("/postgres?", f"/{database}?")


def postgres_folder():
    return urllib.parse.parse_qs(urllib.parse.urlparse(os.environ["DIANZHANG_TEST_POSTGRES"]).query)["host"][0]


def psql(*statements):
    for statement in statements:
        subprocess.run(["psql", os.environ["DIANZHANG_TEST_POSTGRES"], "-Xqc", statement], check=True, capture_output=True)


def restart_postgres(mode):
    """As its own user, with the options that it was started with."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    words = [str(programs / "pg_ctl"), "-D", f"{postgres_folder()}/data", "-m", mode, "-w", "-t", "60", "restart"]
    if os.getuid() == 0:
        import pwd

        owner = pwd.getpwuid(os.stat(f"{postgres_folder()}/data").st_uid)
        words = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")


def original(scratch, engine):
    """The demonstration's book, made once for each build of the product."""
    folder = scratch / f"original-{engine}"
    mark, built = folder / "built-by", str(PRODUCT.stat().st_mtime_ns)
    # A PostgreSQL lasts as long as the run that brought it.
    kept = os.environ.get("DIANZHANG_TEST_POSTGRES", "") if engine == "postgres" else ""
    if mark.exists() and mark.read_text() == built + kept:
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    book = Book.__new__(Book)
    book.engine, book.folder, book.key = engine, folder, folder / "key"
    book.address = f"sqlite:{folder}/book.sqlite"
    if engine == "postgres":
        book.address = postgres("soak_original")
        psql("DROP DATABASE IF EXISTS soak_original", "CREATE DATABASE soak_original")
    print(f"making the demonstration on {engine}", file=sys.stderr, flush=True)
    with book.serving():
        pass
    mark.write_text(built + kept)
    return folder
