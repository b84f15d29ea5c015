"""A browser of few words, for servers in processes of their own."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

PATIENCE_SECONDS = 90
ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[int]:
    """``vatra serve`` on the data of an environment; its port."""
    port = free_port()
    command = [sys.executable, "-m", "vatra.cli", "serve", "--port", str(port)]
    own = {"VATRA_WORKERS_JOBS": "0", "VATRA_HOSTS": "localhost"}
    process = subprocess.Popen(command, cwd=ROOT, env={**environment, **own})
    try:
        Browser(port).wait()
        yield port
    finally:
        process.terminate()
        process.wait(60)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """``status`` 0: the server is not there."""

    status: int
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Browser:
    """Asks one server, with cookies that it keeps.

    ``more``: headers of every request; ``source``: the address of this machine that it asks from.
    """

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)
    source: str = "127.0.0.1"

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def post(self, path: str, sent: Mapping[str, str]) -> Answer:
        """A form; a token against forgery is fetched with a page first."""
        name = next((each for each in self.cookies if each.endswith("csrftoken")), "")
        content = {**sent, "csrfmiddlewaretoken": self.cookies.get(name, "")}
        return self.ask("POST", path, urlencode(content))

    def ask(self, verb: str, path: str, content: str | None = None) -> Answer:
        headers = {"Host": "localhost", "Accept-Encoding": "identity", **self.more}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={it}" for name, it in self.cookies.items())
        if content is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Referer"] = "https://localhost/"
        server = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=60, source_address=(self.source, 0)
        )
        try:
            server.request(verb, path, content, headers)
            given = server.getresponse()
            text = given.read().decode("utf-8", errors="replace")
        except OSError:
            return Answer(0)
        finally:
            server.close()
        for line in given.headers.get_all("Set-Cookie") or ():
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        headers = {name.lower(): each for name, each in given.headers.items()}
        return Answer(given.status, text, headers)

    def wait(self, path: str = "/health", status: int = 200) -> None:
        """Until an address answers so."""
        end = time.monotonic() + PATIENCE_SECONDS
        while self.get(path).status != status:
            assert time.monotonic() < end, f"{path} does not answer {status}"
            time.sleep(0.2)
