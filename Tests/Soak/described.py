"""Holds the running product to the description of its API: what it says is taken and given, and nothing else.

    .build-venv/bin/python Tests/Soak/described.py [--seconds 290] [--seed N]

Starts the demonstration on loopback, and ends with the status of schemathesis.
"""
import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Tests" / "Browser"))
import server  # noqa: E402

# Who may do most: the compliance officer reads and takes steps of nearly every register.
LOGIN = "zhoumin"


def main():
    asked = argparse.ArgumentParser()
    asked.add_argument("--seconds", type=int, default=290)
    asked.add_argument("--examples", type=int, default=40)
    asked.add_argument("--seed", type=int)
    asked.add_argument("--phases", default="examples,coverage,fuzzing")
    asked.add_argument("--login", default=LOGIN)
    asked.add_argument("--report")
    options = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="dianzhang-described.") as folder:
        with server.demonstration(Path(folder)) as address:
            return run(address, token(Path(folder), options.login), options)


def token(folder, login):
    command = [server.program(), "token", login, "--database", f"sqlite:{folder}/demo.sqlite"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]


def run(address, word, options):
    command = [
        Path(sys.executable).parent / "schemathesis", "--config-file", ROOT / "Tests" / "Soak" / "schemathesis.toml",
        "run", f"{address}/api/openapi.json", "--header", f"Authorization: Bearer {word}", "--checks", "all", "--mode", "all",
        "--phases", options.phases, "--max-examples", options.examples, "--continue-on-failure", "--request-timeout", 20,
        "--max-time", options.seconds, "--warnings", "off",
    ]
    if options.seed is not None:
        command += ["--seed", options.seed, "--generation-deterministic"]
    if options.report:
        command += ["--report", "ndjson", "--report-ndjson-path", options.report]
    with tempfile.TemporaryDirectory(prefix="dianzhang-schemathesis.") as folder:
        # Schemathesis itself ends by `--max-time`; this is for when it does not.
        return subprocess.run([str(part) for part in command], cwd=folder, timeout=options.seconds + 120, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
