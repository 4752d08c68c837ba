"""Hostile connections: idle ones, slow heads, slow bodies, all at once, while others are served."""
import asyncio
import statistics
import time

from office import Book, Program, RoundFailed

HEAD = b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\n"


def crowded(scratch, engine, idle, heads, bodies, seconds):
    book = Book(scratch, engine, "crowded")
    token = book.token("linxiaowen")
    with book.serving() as server:
        return asyncio.run(crowd(server.port, token, idle, heads, bodies, seconds))


async def crowd(port, token, idle, heads, bodies, seconds):
    ended = {"idle": 0, "slow heads": 0, "slow bodies": 0}
    tasks = [asyncio.create_task(hold(port, b"", 0, seconds, ended, "idle")) for _ in range(idle)]
    tasks += [asyncio.create_task(hold(port, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ", 5, seconds, ended, "slow heads")) for _ in range(heads)]
    tasks += [asyncio.create_task(hold(port, HEAD, 10, seconds, ended, "slow bodies")) for _ in range(bodies)]
    times = await asyncio.to_thread(serve_others, port, token, seconds)
    await asyncio.gather(*tasks)
    left = {"idle": idle - ended["idle"], "slow heads": heads - ended["slow heads"], "slow bodies": bodies - ended["slow bodies"]}
    if any(left.values()):
        raise RoundFailed(f"after {seconds} s these are still open: {left}")
    median, worst = statistics.median(times) * 1000, max(times) * 1000
    return (f"{idle} idle, {heads} slow heads, {bodies} slow bodies, all ended by the server within {seconds} s; "
            f"{len(times):,} others served, median {median:.1f} ms, worst {worst:.0f} ms")


async def hold(port, beginning, pause, seconds, ended, kind):
    """Sends a byte now and then; counts when the server ends it."""
    until = time.monotonic() + seconds
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        if beginning:
            writer.write(beginning)
            await writer.drain()
        while time.monotonic() < until:
            try:
                answer = await asyncio.wait_for(reader.read(4096), pause or 5)
                if not answer:
                    ended[kind] += 1
                    break
            except TimeoutError:
                if pause:
                    writer.write(b"a")
                    await writer.drain()
        writer.close()
    except OSError:
        ended[kind] += 1


def serve_others(port, token, seconds):
    program, times, until = Program(port, token), [], time.monotonic() + seconds
    while time.monotonic() < until:
        started = time.monotonic()
        status, answer = program.ask("GET", "/api/v1/exemption?limit=5")
        times.append(time.monotonic() - started)
        if status != 200:
            raise RoundFailed(f"somebody else was answered {status} {answer}")
        time.sleep(0.02)
    return times
