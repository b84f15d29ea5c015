"""The log holds what an operator needs and nothing of a person."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from vatra.web.cities.models import City
from vatra.web.site.logs import JsonLines, Lines, logging_settings

SECRETS = ("ana.pop@example.org", "ana.pop", "hush", "d" * 32)


class Kept(logging.Handler):
    """Lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler = Kept()
    requests = logging.getLogger("vatra.requests")
    loggers = [requests, logging.getLogger("django")]
    level = requests.level
    requests.setLevel(logging.INFO)
    for each in loggers:
        each.addHandler(handler)
    yield handler
    for each in loggers:
        each.removeHandler(handler)
    requests.setLevel(level)


def test_a_request_is_one_line_without_its_address(client: Client, cluj: City, kept: Kept) -> None:
    client.get("/ro/cities/cluj-napoca/?q=ana.pop@example.org&password=hush")
    (line,) = kept.lines
    entry = json.loads(line)
    assert {name: entry[name] for name in ("logger", "method", "view", "status")} == {
        "logger": "vatra.requests",
        "method": "GET",
        "view": "cities:overview",
        "status": 200,
    }
    assert entry["ms"] > 0
    assert set(entry) == {"at", "level", "logger", "message", "method", "view", "status", "ms"}
    assert not [secret for secret in SECRETS if secret in line]


def test_probes_leave_no_line(client: Client, db: None, kept: Kept) -> None:
    for name in ("health", "ready", "metrics"):
        client.get(f"/{name}")
    assert kept.lines == []


def test_a_fault_keeps_its_kind_and_place_and_not_its_words(
    cluj: City, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise RuntimeError("Key (email)=(ana.pop@example.org) exists, password hush")

    monkeypatch.setattr("vatra.web.cities.views.pictures.picture", break_down)
    client = Client(raise_request_exception=False)
    client.get("/ro/cities/cluj-napoca/?q=ana.pop@example.org")
    fault = next(json.loads(line) for line in kept.lines if "fault" in line)
    assert fault["fault"] == "RuntimeError"
    assert "test_logs.py" in fault["where"][-1]
    assert fault["where"][-1].endswith("break_down")
    written = "\n".join(kept.lines)
    assert not [secret for secret in SECRETS if secret in written]
    assert "cluj-napoca" not in written


def record(message: str) -> logging.LogRecord:
    return logging.LogRecord("x", logging.ERROR, "f.py", 1, message, (), None)


@pytest.mark.parametrize("form", [Lines, JsonLines])
def test_messages_of_others_lose_addresses(form: type[logging.Formatter]) -> None:
    text = "Not Found: /ro/lint/reports/dddd/?q=1 for <ana.pop@example.org> after 3/4 of it"
    written = form().format(record(text))
    assert "Not Found: /..." in written
    assert "3/4 of it" in written
    assert not [each for each in ("ana", "example", "reports", "q=1") if each in written]


def test_a_line_for_a_terminal_keeps_the_words_of_a_fault() -> None:
    try:
        raise ValueError("what a developer needs")
    except ValueError:
        noted = logging.LogRecord("x", logging.ERROR, "f.py", 1, "failed", (), sys.exc_info())
    assert "what a developer needs" in Lines().format(noted)
    assert "what a developer needs" not in JsonLines().format(noted)


def test_lines_of_requests_are_for_an_operated_server_only() -> None:
    levels = {
        form: logging_settings(form)["loggers"]["vatra.requests"]["level"]
        for form in ("line", "json")
    }
    assert levels == {"line": "WARNING", "json": "INFO"}


def test_an_unknown_form_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="VATRA_LOG is 'xml'. Use one of line, json"):
        logging_settings("xml")
