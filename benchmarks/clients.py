"""The people who ask: a small client for the benchmark of load, in a process of its own.

``python -m benchmarks.clients`` reads a wish from its input and prints figures, both JSON. It has a
browser's habits: connections stay open, answers come packed, the whole body is read. wrk is in no
package index, and locust would take a good part of two cores for itself; this client says what
share of a core it took.
"""

from __future__ import annotations

import asyncio
import json
import random
import re
import sys
import time
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

HOST = "127.0.0.1"
FIRST = "first "
UNPACK = 31  # zlib: a gzip header
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_BASE = re.compile(rb'name="base" value="(\d+)"')
_BEFORE = re.compile(rb'name="before-source" value="([^"]*)"')
_DRAFT = re.compile(rb'hx-get="([^"]*/draft/)"')


@dataclass(frozen=True)
class Answer:
    """Status, headers in small letters, body unpacked."""

    status: int
    headers: dict[bytes, bytes]
    body: bytes
    packed_count: int


@dataclass
class Taken:
    """Milliseconds of each kind of request, and how they were answered."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    def note(self, kind: str, ms: float, status: int) -> None:
        """One answer."""
        self.ms.setdefault(kind, []).append(ms)
        self.statuses[str(status)] = self.statuses.get(str(status), 0) + 1

    def figures(self) -> dict[str, Any]:
        """For each kind: how many, median, the 95th of a hundred, the longest [ms]."""
        return {kind: _figures(sorted(ms)) for kind, ms in self.ms.items()}


def _figures(ms: list[float]) -> dict[str, float]:
    return {
        "count": len(ms),
        "p50": round(ms[len(ms) // 2], 1),
        "p95": round(ms[min(len(ms) - 1, int(len(ms) * 0.95))], 1),
        "max": round(ms[-1], 1),
    }


class Browser:
    """One connection that stays open, with its cookies."""

    def __init__(self, port: int, taken: Taken, session: str = "") -> None:
        self.port, self.taken = port, taken
        self.cookies = {"sessionid": session} if session else {}
        self.streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        # Put before the kind of what is asked from now on.
        self.before = ""

    async def ask(
        self, kind: str, path: str, sent: dict[str, str] | None = None, part: bool = False
    ) -> Answer:
        """One request, timed from its first byte to the last of its answer."""
        if self.streams is None:
            self.streams = await asyncio.open_connection(HOST, self.port, limit=1 << 20)
        reader, writer = self.streams
        begin = time.perf_counter()
        writer.write(self._request(path, sent, part))
        answer = await _answer(reader)
        self.taken.note(self.before + kind, (time.perf_counter() - begin) * 1000, answer.status)
        if answer.headers.get(b"connection", b"").lower() == b"close":
            self.close()
        return answer

    def close(self) -> None:
        """End the connection."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None

    def _request(self, path: str, sent: dict[str, str] | None, part: bool) -> bytes:
        body = urlencode(sent).encode() if sent is not None else b""
        lines = [f"{'POST' if sent is not None else 'GET'} {path} HTTP/1.1"]
        lines += [f"Host: {HOST}:{self.port}", "Accept-Encoding: gzip", "Accept: text/html,*/*"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
        if part:
            lines.append("HX-Request: true")
        if sent is not None:
            lines += [f"Origin: http://{HOST}:{self.port}", f"Content-Length: {len(body)}"]
            lines.append("Content-Type: application/x-www-form-urlencoded")
        return "\r\n".join([*lines, "", ""]).encode() + body


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
    headers: dict[bytes, bytes] = {}
    for line in head[1:]:
        name, _, value = line.partition(b":")
        name, said = name.lower(), headers.get(name.lower(), b"")
        # More than one cookie may be set.
        headers[name] = said + b"\n" + value.strip() if said else value.strip()
    body = await _body(reader, headers)
    packed_count = len(body)
    if headers.get(b"content-encoding") == b"gzip":
        body = zlib.decompress(body, UNPACK)
    return Answer(int(head[0].split()[1]), headers, body, packed_count)


async def _body(reader: asyncio.StreamReader, headers: dict[bytes, bytes]) -> bytes:
    if b"content-length" in headers:
        return await reader.readexactly(int(headers[b"content-length"]))
    if headers.get(b"transfer-encoding", b"").lower() != b"chunked":
        return b""
    pieces = []
    while size := int((await reader.readline()).split(b";")[0], 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(pieces)


async def visit(port: int, paths: list[str], in_flight: int, seconds: float, kind: str) -> Taken:
    """Addresses asked for in turn, ``in_flight`` at any time, until the time is over.

    ``seconds`` 0: every address once.
    """
    taken, waiting = Taken(), iter(paths if not seconds else _again(paths))
    end = time.monotonic() + seconds if seconds else float("inf")

    async def one() -> None:
        browser = Browser(port, taken)
        for path in waiting:
            if time.monotonic() >= end:
                break
            await browser.ask(kind, path)
        browser.close()

    await asyncio.gather(*(one() for _ in range(in_flight)))
    return taken


def _again(paths: list[str]) -> Any:
    while True:
        yield from paths


async def edit(
    port: int, editors: list[dict[str, str]], rounds: int, think_seconds: float, row_count: int
) -> Taken:
    """People at work: each opens the desk, the tables, one of them, a row, writes a cell, reads
    the history, and thinks between any two requests. The first round, in which the processes see
    the city for the first time, counts apart."""
    taken = Taken()
    await asyncio.gather(
        *(
            _editor(Browser(port, taken, each["session"]), each["city"], n, rounds, think_seconds,
                    row_count)
            for n, each in enumerate(editors)
        )
    )  # fmt: skip
    return taken


async def _editor(
    browser: Browser, city: str, number: int, rounds: int, think_seconds: float, row_count: int
) -> None:
    # Another one at every run: what stands there already makes no version.
    mark = time.monotonic_ns()
    chance = random.Random(number)
    work = f"/en/cities/{city}/work"

    async def think() -> None:
        await asyncio.sleep(think_seconds * (0.5 + chance.random()))

    # Not all in step.
    await asyncio.sleep(think_seconds * 7 * chance.random())
    for turn in range(rounds):
        browser.before = FIRST if turn == 0 else ""
        desk = await browser.ask("desk", f"{work}/")
        if found := _DRAFT.search(desk.body):
            await browser.ask("draft computed", found[1].decode(), part=True)
        await think()
        await browser.ask("tables", f"{work}/tables/")
        await think()
        page = chance.randrange(1, max(2, row_count // 50))
        await browser.ask("table page", f"{work}/tables/energy/?page={page}")
        await think()
        line, text = chance.randrange(2, row_count), f"read {number}-{turn}-{mark}"
        await _write(browser, work, line, text, think)
        await think()
        await browser.ask("history", f"{work}/history/")
        await think()
    browser.close()


async def _write(browser: Browser, work: str, line: int, text: str, think: Any) -> None:
    """One cell, on the page of its row."""
    url = f"{work}/tables/energy/rows/{line}/"
    form = await browser.ask("row", url)
    token, base, before = (each.search(form.body) for each in (_TOKEN, _BASE, _BEFORE))
    if not (token and base and before):
        raise RuntimeError(f"{url} answered {form.status} without a form")
    if cookie := re.search(rb"(csrftoken)=([^;]+)", form.headers.get(b"set-cookie", b"")):
        browser.cookies["csrftoken"] = cookie[2].decode()
    await think()
    sent = {
        "csrfmiddlewaretoken": token[1].decode(),
        "base": base[1].decode(),
        "before-source": before[1].decode(),
        "c-source": text,
    }
    done = await browser.ask("save a cell", url, sent)
    if done.status != 302:
        raise RuntimeError(f"{url} answered {done.status}")
    await browser.ask("table after it", done.headers[b"location"].decode())


def main() -> None:
    """Carry out the wish."""
    wish = json.load(sys.stdin)
    begin_cpu, begin = time.process_time(), time.perf_counter()
    done = asyncio.run({"visit": visit, "edit": edit}[wish.pop("do")](**wish))
    seconds = time.perf_counter() - begin
    print(
        json.dumps(
            {
                "figures": done.figures(),
                "statuses": done.statuses,
                "a_second": round(sum(len(each) for each in done.ms.values()) / seconds, 1),
                "own_share": round((time.process_time() - begin_cpu) / seconds, 2),
            }
        )
    )


if __name__ == "__main__":
    main()
