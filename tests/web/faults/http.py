"""A browser of few words, for servers in processes of their own."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

PATIENCE_SECONDS = 90


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
    """Asks one server, with cookies that it keeps; ``more``: headers of every request."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    more: dict[str, str] = field(default_factory=dict)

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
        server = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
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
