"""A short, deterministic part of what bin/soak holds the API to: it takes and gives what its description says."""
import subprocess
import sys

import server

SECONDS = 60


def test_the_api_is_as_it_is_described():
    command = [
        sys.executable, str(server.ROOT / "Tests" / "Soak" / "described.py"),
        "--phases", "coverage", "--seed", "7", "--examples", "4", "--seconds", str(SECONDS),
    ]
    told = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS + server.SECONDS_TO_START + 60, check=False)
    assert told.returncode == 0, told.stdout[-8000:] + told.stderr[-2000:]
