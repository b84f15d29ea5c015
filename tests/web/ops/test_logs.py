"""The log holds what an operator needs and nothing of a person."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.test import Client

from vatra.web.base.faults import IS_AWAY
from vatra.web.cities.models import City
from vatra.web.site.logs import Away, JsonLines, Lines, logging_settings

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


def test_a_database_that_is_away_is_a_line_a_minute(
    cluj: City, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    # Alone: the log of the site has a filter of its own, which is past its first line by then.
    monkeypatch.setattr(logging.getLogger("django"), "handlers", [kept])
    kept.addFilter(Away(lambda: now))

    def away(*_: object) -> None:
        raise OperationalError("unable to open database file of ana.pop@example.org")

    monkeypatch.setattr("vatra.web.cities.views.pictures.picture", away)
    client = Client(raise_request_exception=False)

    def said() -> list[str]:
        kept.lines.clear()
        assert client.get("/ro/cities/cluj-napoca/?q=ana.pop").status_code == 503
        return [each for each in kept.lines if "does not answer" in each or "fault" in each]

    (line,) = said()
    entry = json.loads(line)
    assert set(entry) == {"at", "level", "logger", "message"} and entry["level"] == "error"
    assert "0 times more" in entry["message"] and not [each for each in SECRETS if each in line]
    # 59 seconds later and again: nothing; at 60 seconds those two are told of.
    now = 1059.0
    assert said() == said() == []
    now = 1060.0
    (line,) = said()
    assert "2 times more" in line


def test_other_faults_are_told_of_while_a_database_is_away(kept: Kept) -> None:
    kept.addFilter(Away(lambda: 0.0))
    log = logging.getLogger("vatra.requests")
    for fault in (OperationalError("database is locked"), OperationalError("no such table: x")):
        for _ in range(2):
            log.error("broke", exc_info=fault)
    log.warning("asking again", extra=IS_AWAY)
    assert ["fault" in json.loads(each) for each in kept.lines] == [False, True, True]


@pytest.mark.parametrize("form", ["line", "json"])
def test_both_forms_of_the_log_count_them(form: str) -> None:
    about = logging_settings(form)
    assert about["handlers"]["console"]["filters"] == ["away"]
    assert about["filters"]["away"]["()"] is Away
