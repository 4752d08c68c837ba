"""When the server is told to stop, what is under way is answered, and it ends by itself."""
import http.client
import signal
import tempfile
import threading
from urllib.parse import urlsplit

import server

CALLERS = 8


def ask(place, results, stop):
    """Asks over and over on a connection that is kept, until the server says that it is the last answer."""
    connection = http.client.HTTPConnection(place.hostname, place.port, timeout=30)
    connection.connect()
    while not stop.is_set():
        try:
            connection.request("GET", "/setup")
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            results.append(repr(error))
            return
        results.append(answer.status)
        if answer.getheader("Connection") == "close":
            return


def test_nothing_is_cut_when_the_server_stops():
    with tempfile.TemporaryDirectory(prefix="dianzhang-stop.") as folder:
        with server.serving(folder, "--database", f"sqlite:{folder}/book.sqlite") as (address, child):
            results, stop = [], threading.Event()
            callers = [threading.Thread(target=ask, args=(urlsplit(address), results, stop)) for _ in range(CALLERS)]
            for caller in callers:
                caller.start()
            while len(results) < CALLERS * 20:
                stop.wait(0.01)
            child.send_signal(signal.SIGTERM)
            for caller in callers:
                caller.join(30)
            stop.set()
            assert set(results) == {200}, [each for each in results if each != 200]
            assert child.wait(15) == 0
