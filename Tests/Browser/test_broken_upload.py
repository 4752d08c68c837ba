"""An upload that breaks off is no fault of the server, and leaves no errors in its log."""
import socket
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import server


def test_an_upload_that_breaks_off_is_no_error():
    with tempfile.TemporaryDirectory(prefix="dianzhang-upload.") as folder:
        with server.serving(folder, "--database", f"sqlite:{folder}/book.sqlite") as (address, _):
            place = urlsplit(address)
            for _ in range(20):
                with socket.create_connection((place.hostname, place.port)) as caller:
                    head = (
                        f"POST /login HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Length: 100000\r\n"
                        "Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin=a"
                    )
                    caller.sendall(head.encode())
            server.wait_until_answered(address)
        log = Path(folder, "server.log").read_text()
        assert " error " not in log and "500" not in log, log
