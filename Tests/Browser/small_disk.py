"""The product with its demonstration on a disk of its own, in memory and small, that a test can fill and free."""
import functools
import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import server

ROOT = server.ROOT

# Obeys one word a line. What room there is goes in ever smaller pieces, so that not one block is left. PostgreSQL begins a new segment of its
# log before: without room for the next one it would not refuse, it would stop.
SCRIPT = r"""
set -e
mount -t tmpfs -o size="$SIZE",mode=1777 none "$DISK"
start() { "$@" >"$LOG" 2>&1 & child=$!; }
if [ "$ENGINE" = postgres ]; then
    serve='echo "$DIANZHANG_TEST_POSTGRES" >"$DISK/url"; unset TMPDIR; exec "$@" --database "$DIANZHANG_TEST_POSTGRES"'
    export TMPDIR="$DISK"
    start "$POSTGRES" run --durable sh -c "$serve" sh "$@"
else
    start "$@" --database "sqlite:$DISK/book.sqlite"
fi
while read -r word; do
    case $word in
    fill)
        [ "$ENGINE" = sqlite ] || psql "$(cat "$DISK/url")" -qc 'SELECT pg_switch_wal()' -c CHECKPOINT >/dev/null
        for size in 1M 64k 4k; do dd if=/dev/zero bs=$size status=none >>"$DISK/filler" 2>/dev/null || true; done ;;
    free) rm -f "$DISK/filler" ;;
    *) break ;;
    esac
    echo "done"
done
kill $child; wait $child || true
umount -l "$DISK"
"""


class SmallDisk:
    def __init__(self, address, child):
        self.address, self.child = address, child

    def fill(self):
        self.say("fill")

    def free(self):
        self.say("free")

    def say(self, word):
        self.child.stdin.write(word + "\n")
        self.child.stdin.flush()
        answer = self.child.stdout.readline()
        assert answer == "done\n", f"the small disk answers {answer!r}"


@functools.cache
def is_possible(engine):
    """Whether this machine lets a command have a disk of its own; PostgreSQL needs the real root besides, to run as somebody else."""
    if engine == "postgres" and (os.getuid() != 0 or not list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        return False
    probe = subprocess.run(namespace(engine) + ["sh", "-c", "mount -t tmpfs none /mnt"], capture_output=True)
    return probe.returncode == 0


def namespace(engine):
    return ["unshare", "--mount"] if engine == "postgres" else ["unshare", "--map-root-user", "--mount"]


@contextmanager
def demonstration(engine, size):
    """Yields the disk on which the server's database lies."""
    program = os.environ.get("DIANZHANG_BINARY") or str(ROOT / ".build" / "debug" / "dianzhang")
    port = server.free_port()
    with tempfile.TemporaryDirectory(prefix="dianzhang-disk.") as folder:
        log, disk = Path(folder, "server.log"), Path(folder, "disk")
        disk.mkdir()
        Path(folder).chmod(0o755)
        environment = dict(
            os.environ, SIZE=size, DISK=str(disk), LOG=str(log), ENGINE=engine, POSTGRES=str(ROOT / "bin" / "postgres"),
            DIANZHANG_KEY_FILE=f"{folder}/key")
        command = namespace(engine) + ["sh", "-c", SCRIPT, "sh", program, "serve", "--demo", "--port", str(port)]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=folder)
        try:
            address = f"http://127.0.0.1:{port}"
            server.wait(child, address, log)
            yield SmallDisk(address, child)
        finally:
            child.stdin.close()
            try:
                child.wait(30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
