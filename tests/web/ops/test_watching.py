"""Readiness and metrics: what they say, to whom, and what they never hold."""

from __future__ import annotations

import re
import shutil
from collections import namedtuple
from collections.abc import Iterator

import pytest
from django.db import DatabaseError
from django.test import Client

from vatra.web.cities.models import City
from vatra.web.ops import checks, counters, views
from vatra.web.site.networks import networks

Usage = namedtuple("Usage", "total used free")
FIGURE = re.compile(r'^[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? -?[0-9.e+-]+$')


@pytest.fixture(autouse=True)
def asked_anew() -> Iterator[None]:
    views.need_tables.cache_clear()
    yield
    views.need_tables.cache_clear()


def test_ready_when_database_tables_and_disk_are_there(client: Client, db: None) -> None:
    answer = client.get("/ready")
    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "database": True, "tables": True, "disk": True}


def test_not_ready_while_migrations_wait(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = ["base.0009"]
    monkeypatch.setattr(views, "pending_migrations", lambda: waiting)
    assert client.get("/ready").json()["tables"] is False
    assert client.get("/ready").status_code == 503
    waiting.clear()
    assert client.get("/ready").status_code == 200


def test_not_ready_without_room(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 10**12, 199 * checks.MB))
    answer = client.get("/ready")
    assert (answer.status_code, answer.json()["disk"]) == (503, False)


def test_not_ready_without_a_database(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise DatabaseError("the password is hush")

    with monkeypatch.context() as patch:
        patch.setattr(views.connection, "cursor", away)
        answer = client.get("/ready")
    assert (answer.status_code, answer.json()["database"]) == (503, False)
    assert b"hush" not in answer.content


def figures(client: Client) -> dict[str, float]:
    text = client.get("/metrics").content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert [line for line in lines if not FIGURE.match(line)] == []
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_requests_are_counted_by_name_of_address(client: Client, cluj: City) -> None:
    key = 'vatra_requests_total{view="cities:overview",status="2xx"}'
    missing = 'vatra_requests_total{view="none",status="4xx"}'
    before = figures(client)
    client.get("/ro/cities/cluj-napoca/?q=ana.pop@example.org")
    client.get("/nothing/ana.pop@example.org")
    after = figures(client)
    assert after[key] - before.get(key, 0) == 1
    assert after[missing] - before.get(missing, 0) == 1
    assert after["vatra_request_seconds_count"] - before["vatra_request_seconds_count"] == 2
    assert after['vatra_request_seconds_bucket{le="+Inf"}'] == after["vatra_request_seconds_count"]
    assert after["vatra_request_seconds_sum"] > before["vatra_request_seconds_sum"]
    assert after["vatra_cities"] == 1
    assert after["vatra_database_bytes"] >= 0
    text = client.get("/metrics").content.decode()
    assert "example.org" not in text
    assert "cluj" not in text


def test_probes_are_not_counted(client: Client, db: None) -> None:
    before = figures(client)["vatra_request_seconds_count"]
    client.get("/health")
    client.get("/ready")
    assert figures(client)["vatra_request_seconds_count"] == before


def test_what_every_process_counted_is_added_up(client: Client, db: None) -> None:
    before = figures(client)["vatra_request_seconds_count"]
    other = counters.Counters(counters.folder(), counters.size())
    first_step = len(counters.view_names()) * len(counters.STATUSES)
    other.add([(first_step, 5)])
    other.add([(first_step, 2)])
    assert figures(client)["vatra_request_seconds_count"] - before == 7


def test_a_duration_falls_into_the_step_that_ends_at_or_above_it() -> None:
    ms = 1_000_000
    # Steps end at 10, 25, 50 ms and so on up to 10 s; what is longer has a step of its own.
    assert [counters._step(each) for each in (0, 10 * ms, 10 * ms + 1, 10_000 * ms)] == [
        0,
        0,
        1,
        10,
    ]
    assert counters._step(10_000 * ms + 1) == 11


@pytest.mark.parametrize(
    ("address", "more", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("::ffff:127.0.0.1", {}, 200),
        ("192.0.2.7", {}, 404),
        ("", {}, 404),
        ("127.0.0.1", {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ("127.0.0.1", {"HTTP_FORWARDED": "for=192.0.2.7"}, 404),
        ("127.0.0.1", {"HTTP_X_REAL_IP": "192.0.2.7"}, 404),
    ],
)
def test_metrics_are_for_the_allowed_addresses_and_never_through_a_proxy(
    client: Client, db: None, address: str, more: dict[str, str], status: int
) -> None:
    assert client.get("/metrics", REMOTE_ADDR=address, **more).status_code == status  # type: ignore[arg-type]


def test_allowed_networks_are_a_setting(
    client: Client, db: None, settings: pytest.FixtureRequest
) -> None:
    settings.METRICS_FROM = networks("10.0.0.0/8")  # type: ignore[attr-defined]
    assert client.get("/metrics", REMOTE_ADDR="10.1.2.3").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404
