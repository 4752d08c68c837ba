"""A disk that fills up under twelve programs, and has room again."""
import sys
import time

from acting import SERVICE, Memory, exemption
from office import ROOT, Program, RoundFailed

sys.path.insert(0, str(ROOT / "Tests" / "Browser"))


def filled(_, engine, room):
    import small_disk

    if not small_disk.is_possible(engine):
        return "not possible on this machine: no command may have a disk of its own"
    with small_disk.demonstration(engine, room) as disk:
        program = Program(int(disk.address.rsplit(":", 1)[1]), token(disk, engine))
        memory = Memory()
        ask(program, memory, 40)
        disk.fill()
        ask(program, memory, 2000, until_refused=True)
        if program.ask("GET", "/api/v1/exemption?limit=5")[0] != 200:
            raise RoundFailed("reading does not go on while the disk is full")
        disk.free()
        started = time.monotonic()
        while ask(program, memory, 1) == 0:
            if time.monotonic() > started + 60:
                raise RoundFailed("acting does not go on when there is room again")
            time.sleep(0.2)
        for document in memory.requested:
            if program.ask("GET", f"/api/v1/exemption/{document}")[0] != 200:
                raise RoundFailed("an acknowledged act is lost")
        return f"{len(memory.requested):,} acts acknowledged, 0 lost; refused in words while full, reading went on, acting again after {time.monotonic() - started:.1f} s"


def ask(program, memory, times, until_refused=False):
    done = 0
    for number in range(times):
        owner = f"满盘{time.monotonic_ns()}{number}"
        status, answer = program.ask("POST", "/api/v1/exemption", exemption(owner) | {"reason": "多名客户留存。" * (20 if until_refused else 1)})
        if status == 201:
            memory.requested[answer["id"]] = owner
            done += 1
        elif status != 503:
            raise RoundFailed(f"an act is answered {status} {answer}")
        elif until_refused:
            return done
    return done


def token(disk, engine):
    import os
    import subprocess

    from office import PRODUCT, SCOPES

    namespace = ["nsenter", "--target", str(disk.child.pid), "--mount", "--user", "--preserve-credentials"]
    folder = os.readlink(f"/proc/{disk.child.pid}/cwd")
    if engine == "postgres":
        raise RoundFailed("only on SQLite")
    words = [str(PRODUCT), "token", SERVICE, "--scopes", SCOPES, "--database", f"sqlite:{folder}/disk/book.sqlite", "--key-file", f"{folder}/key"]
    for prefix in (namespace, [word for word in namespace if word not in ("--user", "--preserve-credentials")]):
        done = subprocess.run([*prefix, *words], capture_output=True, text=True)
        if done.returncode == 0:
            return done.stdout.split()[-1]
    raise RoundFailed(f"no token: {done.stderr[-400:]}")
