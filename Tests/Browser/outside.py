"""The world outside the house, for checkpoints that leave: a mail server, a web server that listens, a time stamping authority, a witness."""
import base64
import hashlib
import http.server
import ssl
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

import server


class Mailbox:
    """What came by mail, as it came."""

    def __init__(self):
        self.letters, self.passwords = [], []

    async def handle_DATA(self, _, session, envelope):
        self.letters.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, given):
        assert isinstance(given, LoginPassword)
        self.passwords.append((given.login.decode(), given.password.decode(), session.ssl is not None))
        return AuthResult(success=given.password == b"right", handled=False)


@contextmanager
def mail_server(tls=None, needs_login=False):
    """Yields the mailbox and the port."""
    mailbox, port = Mailbox(), server.free_port()
    more = {}
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*tls)
        more["tls_context"] = context
    if needs_login:
        more.update(authenticator=mailbox.authenticate, auth_required=True)
    controller = Controller(mailbox, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield mailbox, port
    finally:
        controller.stop()


@contextmanager
def web(answer):
    """A web server. `answer(path, headers, body)` gives status, media type and body. Yields its address and the list of what came."""
    came = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            came.append((self.path, dict(self.headers), body))
            status, kind, said = answer(self.path, self.headers, body)
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            try:
                self.wfile.write(said)
            except BrokenPipeError:
                pass

        def log_message(self, *_):
            pass

    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{httpd.server_address[1]}", came
    finally:
        httpd.shutdown()
        httpd.server_close()


def openssl(*arguments, **more):
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, **more).stdout


def authority(folder):
    """A certificate authority that is thrown away, with certificates for a time stamping service and for 127.0.0.1."""
    (folder / "extensions").write_text(
        "[stamp]\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"
        "[host]\nsubjectAltName=IP:127.0.0.1\n")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "ca.key", "-out", folder / "ca.pem",
            "-days", "3650", "-subj", "/CN=Throw-away authority")
    for name in ("stamp", "host"):
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / f"{name}.key", "-out", folder / f"{name}.csr",
                "-subj", f"/CN={name}")
        openssl("x509", "-req", "-in", folder / f"{name}.csr", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
                "-CAcreateserial", "-out", folder / f"{name}.pem", "-days", "3650", "-extfile", folder / "extensions",
                "-extensions", name)
    return folder / "ca.pem"


class TimeStamping:
    """An RFC 3161 service made of `openssl ts`."""

    def __init__(self, folder):
        self.folder, self.lock, self.answers = folder, threading.Lock(), None
        (folder / "serial").write_text("01\n")
        (folder / "ts.conf").write_text(
            f"[tsa]\ndefault_tsa=one\n[one]\nserial={folder}/serial\ncrypto_device=builtin\nsigner_cert={folder}/stamp.pem\n"
            f"certs={folder}/ca.pem\nsigner_key={folder}/stamp.key\nsigner_digest=sha256\ndefault_policy=1.2.3.4.1\n"
            "other_policies=1.2.3.4.5\ndigests=sha256\naccuracy=secs:1\nordering=yes\ntsa_name=yes\ness_cert_id_chain=no\n")

    def answer(self, path, headers, body):
        if headers["Content-Type"] != "application/timestamp-query":
            return 415, "text/plain", b"not a query"
        with self.lock:
            (self.folder / "query.tsq").write_bytes(body)
            said = openssl("ts", "-reply", "-queryfile", self.folder / "query.tsq", "-config", self.folder / "ts.conf")
        return 200, "application/timestamp-reply", said


@contextmanager
def witness(folder, *logs, name="w.example"):
    """Our own witness. Yields what stands in `checkpoint-witness`, key and address."""
    port, log = server.free_port(), folder / "witness.log"
    origins = [part for key in logs for part in ("--origin", key)]
    with open(log, "a") as output:
        child = subprocess.Popen(
            [server.program(), "witness", "--data", folder / "witness.json", "--name", name, "--port", str(port), *origins],
            stdout=output, stderr=output)
    try:
        def said():
            assert child.poll() is None, log.read_text()
            return [line for line in log.read_text().splitlines() if f":{port}" in line and "checkpoint-witness" in line]
        line = server.until(said, "the witness does not start")[-1]
        yield line.removeprefix("checkpoint-witness: ")
    finally:
        child.terminate()
        child.wait(20)


class OtherWitness:
    """The witness's side of C2SP tlog-witness once more, by other hands than ours: hashes by Python, signatures by openssl."""

    def __init__(self, folder, log_key, name="other.example"):
        self.folder, self.name, self.lock, self.last, self.sizes = folder, name, threading.Lock(), None, []
        self.log_key = base64.b64decode(log_key.split("+", 2)[2])[1:]
        openssl("genpkey", "-algorithm", "ed25519", "-out", folder / "other.key")
        self.raw = openssl("pkey", "-in", folder / "other.key", "-pubout", "-outform", "DER")[-32:]
        self.id = hashlib.sha256(name.encode() + b"\n\x04" + self.raw).digest()[:4]

    @property
    def key(self):
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(bytes([4]) + self.raw).decode()}"

    def answer(self, path, headers, body):
        with self.lock:
            head, note = body.decode().split("\n\n", 1)
            old, *proof = head.split("\n")
            old, proof = int(old.removeprefix("old ")), [base64.b64decode(line) for line in proof]
            text, signatures = note.rsplit("\n\n", 1)
            text += "\n"
            signature = base64.b64decode(signatures.split("\n")[0].split(" ")[2])[4:]
            if not is_signed(text.encode(), signature, self.log_key, self.folder):
                return 403, "text/plain", b""
            size, root = int(text.split("\n")[1]), base64.b64decode(text.split("\n")[2])
            seen = self.last or (0, None)
            if old != seen[0]:
                return 409, "text/x.tlog.size", f"{seen[0]}\n".encode()
            if seen[0] and not continues(seen, (size, root), proof):
                return 422, "text/plain", b""
            self.last = (size, root)
            self.sizes.append(size)
            seconds = 1_700_000_000 + len(self.sizes)
            (self.folder / "statement").write_bytes(f"cosignature/v1\ntime {seconds}\n{text}".encode())
            signed = openssl("pkeyutl", "-sign", "-inkey", self.folder / "other.key", "-rawin", "-in", self.folder / "statement")
            line = base64.b64encode(self.id + seconds.to_bytes(8, "big") + signed).decode()
            return 200, "text/plain", f"\u2014 stranger AAAAAAAAAAAA\n\u2014 {self.name} {line}\n".encode()


def continues(old, new, proof):
    """RFC 9162, section 2.1.4.2, step by step."""
    (first, old_root), (second, new_root) = old, new
    if first == second:
        return not proof and old_root == new_root
    if first & (first - 1) == 0:
        proof = [old_root, *proof]
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = proof[0]
    for c in proof[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return fr == old_root and sr == new_root and sn == 0


def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def public_key(raw, folder):
    """An Ed25519 public key as a file for openssl."""
    path = folder / (hashlib.sha256(raw).hexdigest()[:8] + ".pem")
    der = bytes.fromhex("302a300506032b6570032100") + raw
    path.write_text(f"-----BEGIN PUBLIC KEY-----\n{base64.b64encode(der).decode()}\n-----END PUBLIC KEY-----\n")
    return path


def is_signed(message, signature, raw, folder):
    (folder / "message").write_bytes(message)
    (folder / "signature").write_bytes(signature)
    return subprocess.run(
        ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", public_key(raw, folder), "-rawin", "-in", folder / "message",
         "-sigfile", folder / "signature"], capture_output=True).returncode == 0
