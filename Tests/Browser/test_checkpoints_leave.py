"""Checkpoints leave the house by themselves, and what comes back proves the book: by every way, with real servers on the other side."""
import base64
import hashlib
import hmac
import json
import re
import shutil
import sqlite3
import threading
import time

import pytest

import outside
from house import House
from server import until

SECRET = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def note_parts(note):
    """Origin, size, root; the signed text; the signatures by their names."""
    text, signatures = note.rsplit("\n\n", 1)
    lines = (line.split(" ") for line in signatures.splitlines())
    return text + "\n", {name: base64.b64decode(value) for _, name, value in lines}


def newest(text):
    return max((int(size) for size in re.findall(r"^dianzhang\.internal/\w+\n(\d+)\n", text, re.M)), default=0)


def test_every_way_and_back(house, tmp_path):
    """File, mail, webhook, witness and time stamp at once; then the book is proved against each of what came."""
    ca = outside.authority(tmp_path)
    stamping = outside.TimeStamping(tmp_path)
    file = tmp_path / "kept.txt"
    with house.serving() as log:
        house.set_up(log)
        page = house.get("/ledger")
        assert 'data-checkpoints="none"' in page, "that checkpoints go nowhere is not said"
        assert "没有设置检查点的去处" in house.command("verify")
    key = house.command("checkpoint", "--key").strip()
    with (
        outside.mail_server() as (mailbox, smtp), outside.web(lambda *_: (204, "text/plain", b"")) as (hook, posts),
        outside.web(stamping.answer) as (stamps, _), outside.witness(tmp_path, key) as witness,
        house.serving(
            checkpoint_file=file, checkpoint_mail="keeper@example.org", smtp_server=f"smtp://127.0.0.1:{smtp}",
            smtp_sender="book@example.org", checkpoint_webhook=hook + "/in?token=qz81", checkpoint_webhook_secret=SECRET,
            checkpoint_witness=witness, checkpoint_timestamp=stamps) as log,
    ):
        house.enter()
        before = int(house.command("checkpoint").splitlines()[1])
        for _ in range(3):
            house.grow()
        size = before + 3
        until(lambda: file.exists() and newest(file.read_text()) >= size, "nothing in the file")
        until(lambda: mailbox.letters and any(newest(decoded(letter)) >= size for _, letter in mailbox.letters), "no mail")
        until(lambda: any(json.loads(body)["size"] >= size for _, _, body in posts), "no post")
        until(lambda: f"— w.example " in file.read_text(), "no cosignature was added to the file")
        until(lambda: "TIME STAMP RESPONSE" in file.read_text(), "no time stamp was added to the file")
        page = house.get("/ledger")
        assert 'data-checkpoints="none"' not in page
        for place in (str(file), "keeper@example.org", hook + "/in", "w.example", stamps):
            assert place in page, f"{place} is not on the page"
        assert "qz81" not in page and "qz81" not in log.read_text(), "what follows the path is shown"
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    read_everything_back(house, tmp_path, file, mailbox, posts, witness.split(" ")[0], ca, key)


def decoded(letter):
    head, body = letter.split(b"\r\n\r\n", 1)
    assert b"base64" in head
    return base64.b64decode(body).decode().replace("\r\n", "\n")


def read_everything_back(house, folder, file, mailbox, posts, witness_key, ca, key):
    recipients, letter = mailbox.letters[-1]
    assert recipients == ["keeper@example.org"]
    text = decoded(letter)
    root = base64.b64decode(re.search(r"^dianzhang\.internal/\w+\n\d+\n(.+)\n", text, re.M).group(1)).hex()
    assert " ".join(root[i:i + 4] for i in range(0, 16, 4)) in text, "the root cannot be read aloud"
    path, headers, body = posts[-1]
    headers = {name.lower(): value for name, value in headers.items()}
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    code = base64.b64encode(hmac.new(bytes(range(32)), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == "v1," + code and abs(time.time() - int(headers["webhook-timestamp"])) < 120
    (folder / "letter.eml").write_bytes(letter)
    (folder / "letter.txt").write_text(text)
    (folder / "post.json").write_bytes(body)
    for kept in (file, folder / "letter.eml", folder / "letter.txt", folder / "post.json"):
        assert "完整无改动" in house.command("verify", "--against", kept, checkpoint_file=file), kept
    assert "w.example" in house.command("verify", "--against", file, "--witness", witness_key)
    house.command("verify", "--against", folder / "post.json", "--witness", witness_key, fails=True)

    # Signatures, by another implementation than ours.
    notes = [note for note in re.findall(r"dianzhang\.internal/\w+\n\d+\n.+\n\n(?:— .+\n)+", file.read_text())]
    cosigned = next(note for note in notes if "— w.example " in note)
    signed, signatures = note_parts(cosigned)
    own = base64.b64decode(key.split("+", 2)[2])
    assert own[0] == 1 and outside.is_signed(signed.encode(), signatures[key.split("+")[0]][4:], own[1:], folder)
    theirs, cosignature = base64.b64decode(witness_key.split("+", 2)[2]), signatures["w.example"]
    seconds = int.from_bytes(cosignature[4:12], "big")
    statement = f"cosignature/v1\ntime {seconds}\n{signed}".encode()
    assert theirs[0] == 4 and outside.is_signed(statement, cosignature[12:], theirs[1:], folder)
    assert not outside.is_signed(statement + b"x", cosignature[12:], theirs[1:], folder)

    # The time stamp, by openssl and its chain of certificates.
    house.command("checkpoint", "--receipts", folder / "receipts")
    stamp = sorted((folder / "receipts").glob("*.tsr"))[-1]
    outside.openssl("ts", "-verify", "-in", stamp, "-data", stamp.with_suffix(".note"), "-CAfile", ca)
    said = house.command("verify", "--against", stamp.with_suffix(".note"), "--against", stamp)
    assert "时间戳所载时刻" in said
    stamped = stamp.with_suffix(".note").read_text()
    other = next(note for note in notes if note.splitlines()[1] != stamped.splitlines()[1])
    (folder / "other.note").write_text(other)
    house.command("verify", "--against", folder / "other.note", "--against", stamp, fails=True)


def test_a_witness_by_other_hands(house, tmp_path):
    """Proofs that we make hold with another implementation of the protocol, and its cosignatures with us."""
    with house.serving() as log:
        house.set_up(log)
    witness = outside.OtherWitness(tmp_path, house.command("checkpoint", "--key").strip())
    with outside.web(witness.answer) as (address, asked):
        with house.serving(checkpoint_witness=f"{witness.key} {address}") as log:
            house.enter()
            for _ in range(6):
                house.grow()
                size = int(house.command("checkpoint").splitlines()[1])
                until(lambda: witness.sizes and witness.sizes[-1] >= size, lambda: log.read_text())
        assert "did not arrive" not in log.read_text()
        # A house that no longer knows what the witness saw last is told, and goes on from there.
        with sqlite3.connect(house.database) as book:
            book.execute("DELETE FROM checkpoint_place")
        before = len(asked)
        house.command("checkpoint", "--send", checkpoint_witness=f"{witness.key} {address}")
        assert [body.split(b"\n")[0] for _, _, body in asked[before:]] == [b"old 0", f"old {size}".encode()]
    house.command("checkpoint", "--receipts", tmp_path / "receipts")
    notes = sorted((tmp_path / "receipts").glob("*.note"))
    # A server that ends before it has kept the answer shows the same size again when it is next at it.
    kept = {int(note.name.split("-")[1]) for note in notes}
    assert kept == set(witness.sizes) and len(kept) >= 7
    assert "stranger" not in notes[-1].read_text(), "lines of others are kept"
    assert "other.example" in house.command("verify", "--against", notes[-1], "--witness", witness.key)


def test_an_older_book_put_back_is_told_by_the_witness(house, tmp_path):
    """A whole older database verifies clean; the witness has seen more, and says so."""
    with house.serving() as log:
        house.set_up(log)
    key = house.command("checkpoint", "--key").strip()
    with outside.witness(tmp_path, key) as witness:
        with house.serving(checkpoint_witness=witness) as log:
            until(lambda: "a checkpoint left" in log.read_text(), lambda: log.read_text())
        shutil.copytree(house.database.parent, tmp_path / "older")
        with house.serving(checkpoint_witness=witness) as log:
            house.enter()
            for _ in range(3):
                house.grow()
            until(lambda: "a checkpoint left" in log.read_text(), lambda: log.read_text())
        kept = house.command("checkpoint")
        shutil.rmtree(house.database.parent)
        shutil.copytree(tmp_path / "older", house.database.parent)
        assert "完整无改动" in house.command("verify"), "the older book is whole in itself"
        with house.serving(checkpoint_witness=witness) as log:
            house.enter()
            house.grow()
            until(lambda: "[" in log.read_text() and "critical" in log.read_text(), lambda: log.read_text())
            page = until(lambda: (text := house.get("/ledger")) and "立即查明" in text and text, "the page does not say so")
            assert 'class="late"' in page
            assert "立即查明" in house.get("/notices"), "administrators are not told"
    (tmp_path / "kept.note").write_text(kept)
    house.command("verify", "--against", tmp_path / "kept.note", fails=True)


def test_a_witness_that_signs_falsely_counts_for_nothing(house, tmp_path):
    """A signature by another key, none at all, and a refusal: nothing is kept and the fault is said."""
    with house.serving() as log:
        house.set_up(log)
    key = house.command("checkpoint", "--key").strip()
    with outside.witness(tmp_path, key) as right:
        pass
    (tmp_path / "liar").mkdir()
    with outside.witness(tmp_path / "liar", key) as liar:
        crossed = right.split(" ")[0] + " " + liar.split(" ")[1]
        with house.serving(checkpoint_witness=crossed) as log:
            until(lambda: "did not arrive" in log.read_text(), lambda: log.read_text())
            assert "not cosigned by w.example" in log.read_text()
    for status, kind, said, words in (
        (200, "text/plain", b"\xe2\x80\x94 w.example AAAA\n", "did not arrive"), (404, "text/plain", b"", "does not know this ledger"),
        (409, "text/x.tlog.size", b"999999\n", "has seen 999999 entries"), (422, "text/plain", b"", "does not continue"),
        (500, "text/plain", b"broken", "refused (500 broken)"),
    ):
        with outside.web(lambda *_: (status, kind, said)) as (address, came):
            said = house.command("checkpoint", "--send", fails=True, checkpoint_witness=f"{right.split(' ')[0]} {address}")
            assert words in said or words == "did not arrive", said
            assert came and came[0][0] == "/add-checkpoint" and came[0][2].startswith(b"old 0\n\ndianzhang.internal/")
    assert "0 written" in house.command("checkpoint", "--receipts", tmp_path / "receipts")


def test_who_is_down_or_slow_holds_up_nobody(house, tmp_path):
    """One place refuses, one never answers: the third gets its checkpoints, acts go on, and the server stops at once."""
    hung = threading.Event()
    file = tmp_path / "kept.txt"

    def never(*_):
        hung.wait(60)
        return 200, "text/plain", b""

    with outside.web(never) as (slow, asked), outside.web(lambda *_: (503, "text/plain", b"closed")) as (down, refused):
        with house.serving() as log:
            house.set_up(log)
        with house.serving(checkpoint_webhook=f"{slow},{down},http://127.0.0.1:9/", checkpoint_file=file) as log:
            house.enter()
            until(lambda: asked and refused and file.exists(), lambda: log.read_text())
            started = time.monotonic()
            for _ in range(10):
                house.grow()
            assert time.monotonic() - started < 10, "acts wait for a place outside"
            assert "503 closed" in until(lambda: (page := house.get("/ledger")) and "503" in page and page, "the fault is not shown")
            stopping = time.monotonic()
        assert time.monotonic() - stopping < 10, "a slow place holds up the end"
        hung.set()


def test_mail_with_a_password_goes_only_over_tls(house, tmp_path):
    ca = outside.authority(tmp_path)
    with house.serving() as log:
        house.set_up(log)
    mail = dict(checkpoint_mail="keeper@example.org", smtp_user="book", smtp_password="right", smtp_sender="book@example.org")
    with outside.mail_server(tls=(tmp_path / "host.pem", tmp_path / "host.key"), needs_login=True) as (mailbox, port):
        address = f"smtp://127.0.0.1:{port}"
        said = house.command("checkpoint", "--send", smtp_server=address, fails=True, **mail)
        assert "not trusted" in said and not mailbox.passwords, said
        said = house.command("checkpoint", "--send", smtp_server=address, trusted_ca=ca, **{**mail, "smtp_password": "wrong"}, fails=True)
        assert "refused" in said and "wrong" not in said
        house.command("checkpoint", "--send", smtp_server=address, trusted_ca=ca, **mail)
        assert mailbox.passwords[-1] == ("book", "right", True) and len(mailbox.letters) == 1
    with outside.mail_server() as (mailbox, port):
        said = house.command("checkpoint", "--send", smtp_server=f"smtp://127.0.0.1:{port}", fails=True, **mail)
        assert not mailbox.letters and not mailbox.passwords, "a password went over the wire in clear"
    said = house.command("config", **mail)
    assert "right" not in said and "keeper@example.org" in said


def test_of_two_servers_one_sends(house):
    """Each place gets each checkpoint once."""
    with house.serving() as log:
        house.set_up(log)
    with outside.web(lambda *_: (200, "text/plain", b"")) as (hook, posts):
        with house.serving("one", checkpoint_webhook=hook), house.serving("two", checkpoint_webhook=hook):
            house.enter()
            for _ in range(5):
                house.grow()
                size = int(house.command("checkpoint").splitlines()[1])
                until(lambda: any(json.loads(body)["size"] >= size for _, _, body in posts), "nothing came")
    sizes = [json.loads(body)["size"] for _, _, body in posts]
    assert len(sizes) >= 5 and len(sizes) == len(set(sizes)), f"a checkpoint came twice: {sizes}"


def test_the_sheet_is_for_paper(house, tmp_path):
    with house.serving() as log:
        house.set_up(log)
    sheet = house.command("checkpoint", "--sheet")
    (tmp_path / "typed.txt").write_text(sheet)
    assert "供口头核对" in sheet and "完整无改动" in house.command("verify", "--against", tmp_path / "typed.txt")
    assert "checkpoint-mail" in house.command("checkpoint", "--send", fails=True)
    for name, value in (("checkpoint_witness", "nonsense"), ("checkpoint_every", "never"), ("checkpoint_timestamp", "ftp://x")):
        assert name.replace("_", "-") in house.command("checkpoint", fails=True, **{name: value})
