"""As much of a browser as a bench needs: one connection that stays open, one cookie, forms."""
import asyncio
import re
import time
import urllib.parse

from machine import BenchFailed

HIDDEN = re.compile(r'name="csrf" value="([^"]*)"')


class Browser:
    def __init__(self, port):
        self.port, self.cookie, self.reader, self.writer = port, "", None, None

    async def ask(self, path, form=None, expect=200):
        """Sends a request and reads the whole answer.

        Returns its text, where it leads to, and how long it took in milliseconds.
        """
        address, body = f"127.0.0.1:{self.port}", b""
        lines = [f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: {address}"]
        if self.cookie:
            lines.append(f"Cookie: {self.cookie}")
        if form is not None:
            body = urllib.parse.urlencode(form).encode()
            lines += [f"Origin: http://{address}", "Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        try:
            async with asyncio.timeout(60):
                head, text, taken = await self.send("\r\n".join([*lines, "", ""]).encode() + body)
        except (OSError, EOFError) as error:
            raise BenchFailed(f"{path} got no answer: {error!r}") from error
        status = int(head.split(" ", 2)[1])
        if status != expect:
            raise BenchFailed(f"{path} was answered {status}: {text[-200:]}")
        self.keep(head)
        place = re.search(r"\r\nlocation: *([^\r]*)", head, re.IGNORECASE)
        return text, place and place.group(1), taken

    async def send(self, request):
        if self.writer is None:
            self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)
        started = time.perf_counter()
        self.writer.write(request)
        head, text = await self.read()
        return head, text, (time.perf_counter() - started) * 1000

    async def read(self):
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        length = re.search(r"\r\ncontent-length: *(\d+)", head, re.IGNORECASE)
        if length:
            return head, (await self.reader.readexactly(int(length.group(1)))).decode()
        parts = []
        while size := int(await self.reader.readuntil(b"\r\n"), 16):
            parts.append((await self.reader.readexactly(size + 2))[:-2])
        await self.reader.readuntil(b"\r\n")
        return head, b"".join(parts).decode()

    def keep(self, head):
        cookie = re.search(r"\r\nset-cookie: *([^;\r]*)", head, re.IGNORECASE)
        if cookie:
            self.cookie = cookie.group(1)

    def close(self):
        if self.writer:
            self.writer.close()
        self.reader = self.writer = None


def csrf(page):
    """The word by which a form is known to come from this page."""
    return HIDDEN.search(page).group(1)


async def each(things, port, many, body):
    """Does something with each thing, so many at a time, each with a browser of its own that is closed afterwards."""
    waiting = list(reversed(things))

    async def work():
        while waiting:
            browser = Browser(port)
            try:
                await body(browser, waiting.pop())
            finally:
                browser.close()

    await asyncio.gather(*[work() for _ in range(many)])


def slowest(times):
    """The slowest hundredth."""
    return sorted(times)[min(len(times) - 1, len(times) * 99 // 100)]
