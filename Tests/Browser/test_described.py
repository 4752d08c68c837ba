"""A short, deterministic part of what bin/soak holds the API to: it takes and gives what its description says."""
import subprocess
import sys
from pathlib import Path

import server

sys.path.insert(0, str(server.ROOT / "soak"))
from described import LOGIN, schemathesis  # noqa: E402
from office import SCOPES  # noqa: E402

SECONDS = 60


def test_the_api_is_as_it_is_described(tmp_path):
    with server.demonstration(Path(tmp_path)) as address:
        words = [server.program(), "token", LOGIN, "--scopes", SCOPES, "--database", f"sqlite:{tmp_path}/demo.sqlite"]
        token = subprocess.run(words, cwd=tmp_path, check=True, capture_output=True, text=True).stdout.split()[-1]
        told = schemathesis(address, token, SECONDS, phases="coverage", examples=4, seed=7)
    assert told.returncode == 0, told.stdout[-8000:] + told.stderr[-2000:]
