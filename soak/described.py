"""Holds the running product to the description of its API: what it says is taken and given, and nothing else (schemathesis)."""
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from office import Book, RoundFailed

# Who may do most: customer service reads and takes steps of nearly every register.
LOGIN = "zhoumin"


def asked(scratch, engine, seconds):
    book = Book(scratch, engine, "described")
    token = book.token(LOGIN)
    with book.serving() as server:
        done = schemathesis(f"http://127.0.0.1:{server.port}", token, seconds)
    if done.returncode != 0:
        raise RoundFailed(f"schemathesis ends with {done.returncode}:\n{done.stdout[-3000:]}{done.stderr[-500:]}")
    book.verify()
    cases = re.search(r"(\d[\d,]*) generated", done.stdout)
    return f"{seconds} s, {int(cases[1].replace(',', '')):,} requests made from the description, as it says each time" if cases else done.stdout[-200:]


def schemathesis(address, token, seconds, phases="examples,coverage,fuzzing", examples=40, seed=None):
    command = [
        Path(sys.executable).parent / "schemathesis", "--config-file", Path(__file__).parent / "schemathesis.toml",
        "run", f"{address}/api/openapi.json", "--header", f"Authorization: Bearer {token}", "--checks", "all", "--mode", "all",
        "--phases", phases, "--max-examples", examples, "--continue-on-failure", "--request-timeout", 20,
        "--max-time", seconds, "--warnings", "off",
    ]
    if seed is not None:
        command += ["--seed", seed, "--generation-deterministic"]
    with tempfile.TemporaryDirectory(prefix="dianzhang-schemathesis.") as folder:
        # Schemathesis itself ends by `--max-time`; this is for when it does not.
        return subprocess.run(
            [str(part) for part in command], cwd=folder, timeout=seconds + 120, check=False, capture_output=True, text=True)
