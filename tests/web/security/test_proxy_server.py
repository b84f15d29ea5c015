"""A real server behind a real proxy: people are told apart by what the proxy says, if it may."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.web.faults.http import Browser, serving
from tests.web.jobs.place import Place
from tests.web.people.cast import PASSWORD

pytestmark = pytest.mark.slow
LOGIN = "/ro/account/login/"
BEGIN = "from tests.web.people.cast import person; person('ana')"
# Every address of 127/8 is this machine: two of them are two people.
HERE, THERE = "127.0.0.2", "127.0.0.3"


@contextmanager
def proxy(port: int) -> Iterator[int]:
    """A proxy as they are: what it was told stands before what it sees."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            told = self.headers.get("X-Forwarded-For")
            seen = self.client_address[0]
            kept = ("Host", "Cookie", "Referer", "Content-Type")
            headers = {name: self.headers[name] for name in kept if name in self.headers}
            headers["X-Forwarded-For"] = f"{told}, {seen}" if told else seen
            headers["X-Forwarded-Proto"] = "https"
            inner = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            inner.request(self.command, self.path, content or None, headers)
            given = inner.getresponse()
            body = given.read()
            inner.close()
            self.send_response(given.status)
            for name, each in given.getheaders():
                if name.lower() in ("set-cookie", "location"):
                    self.send_header(name, each)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Nothing: the tests say what they ask."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()


def knock(port: int, source: str, password: str = "wrong", forged: str = "") -> int:
    """An attempt to sign in from a new browser at an address of this machine."""
    more = {"X-Forwarded-For": forged} if forged else {}
    browser = Browser(port, more=more, source=source)
    browser.get(LOGIN)
    sent = {"login": "ana@example.org", "password": password}
    return browser.post(LOGIN, sent).status


def test_behind_a_trusted_proxy_people_are_told_apart_by_the_address_it_saw(
    tmp_path: Path,
) -> None:
    place = Place(tmp_path / "data", "")
    place.call(BEGIN)
    with serving({**place.environment, "VATRA_HTTPS": "1"}) as inner, proxy(inner) as port:
        for number in range(5):
            assert knock(port, HERE, forged=f"198.51.100.{number}") in (200, 429)
        # An invented address opens no lock, and locks nobody else out: not who has it.
        assert knock(port, HERE, PASSWORD, forged="198.51.100.99") == 429
        assert knock(port, HERE, PASSWORD) == 429
        assert knock(port, THERE, PASSWORD) == 302


def test_without_a_trusted_proxy_a_forged_header_counts_for_nothing(tmp_path: Path) -> None:
    place = Place(tmp_path / "data", "")
    place.call(BEGIN)
    with serving(place.environment) as port:
        for number in range(5):
            assert knock(port, HERE, forged=f"198.51.100.{number}") in (200, 429)
        assert knock(port, HERE, PASSWORD, forged="198.51.100.99") == 429
        # Who is said to have knocked, and did not, gets in.
        assert knock(port, THERE, PASSWORD, forged=HERE) == 302
