"""A house of its own for a test: the product on an empty database, set up by its administrator, run with settings as a test wants them."""
import http.cookiejar
import os
import re
import subprocess
import urllib.parse
import urllib.request
from contextlib import contextmanager

import server


class House:
    def __init__(self, folder):
        self.folder, self.units = folder, 0
        self.database = folder / "book" / "book.sqlite"
        jar = http.cookiejar.CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar), urllib.request.ProxyHandler({}))

    def environment(self, settings):
        names = {"DIANZHANG_" + name.upper().replace("-", "_"): str(value) for name, value in settings.items()}
        return {**os.environ, "no_proxy": "*", "DIANZHANG_DATABASE": f"sqlite:{self.database}", **names}

    def command(self, *arguments, fails=False, **settings):
        """Runs a command of the program; settings with _ for -."""
        settings = {name.replace("_", "-"): value for name, value in settings.items()}
        done = subprocess.run([server.program(), *map(str, arguments)], env=self.environment(settings), capture_output=True, text=True)
        assert (done.returncode != 0) == fails, f"{arguments} ends with {done.returncode}:\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    @contextmanager
    def serving(self, name="server", **settings):
        """Yields the log of the running server."""
        port = server.free_port()
        address, log = f"http://127.0.0.1:{port}", self.folder / f"{name}.log"
        settings = {"checkpoint-every": "1s", "port": port, **{name.replace("_", "-"): value for name, value in settings.items()}}
        with open(log, "w") as output:
            child = subprocess.Popen([server.program(), "serve"], env=self.environment(settings), stdout=output, stderr=output)
        try:
            server.wait(child, address, log)
            self.address = address
            yield log
        finally:
            child.terminate()
            try:
                # A transfer under way does not hold up the end.
                assert child.wait(15) == 0, log.read_text()
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
                raise

    def set_up(self, log):
        code = re.search(r"one-time code (\S+)", log.read_text()).group(1)
        self.post("/setup", code=code, unit="公司", name="管理员", login="admin", password="correct horse battery")

    def get(self, path):
        return self.browser.open(self.address + path, timeout=30).read().decode()

    def post(self, path, **fields):
        body = urllib.parse.urlencode(fields).encode()
        return self.browser.open(self.address + path, body, timeout=30).read().decode()

    def enter(self):
        self.post("/login", login="admin", password="correct horse battery")

    def grow(self):
        """Another act, and so another entry."""
        page = self.get("/admin/units")
        csrf = re.search(r'name="csrf" value="([^"]+)"', page).group(1)
        parent = re.search(r'name="unit" value="(\w+)"', page).group(1)
        self.units += 1
        self.post("/admin/units/add", csrf=csrf, parent=parent, zh=f"科室{self.units}", en=f"Section {self.units}")
