"""Policies stand on every answer: pages, files, redirects, errors, static files."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.web.site.collected import RIGHTS
from tests.web.site.walking import Walk
from vatra.web.base import views

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PRESENT = ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Resource-Policy")
# Pages that a city's own site may show in a frame.
FRAMED = re.compile(r"/(ro|en)/embed/")


def faults(response: Any, url: str) -> list[str]:
    found = [f"{url}: {k}" for k, v in WANTED.items() if response.headers.get(k) != v]
    found += [f"{url}: {name} is missing" for name in PRESENT if name not in response.headers]
    policy = response.headers.get("Content-Security-Policy", "")
    if FRAMED.match(url):
        assert "frame-ancestors *" in policy
        policy = policy.replace("frame-ancestors *", "")
    found += [f"{url}: {word}" for word in ("unsafe", "*", "http:", "data:") if word in policy]
    if not FRAMED.match(url) and (
        response.headers.get("X-Frame-Options") != "DENY" or "frame-ancestors 'none'" not in policy
    ):
        found.append(f"{url}: may be framed")
    return found


@pytest.mark.parametrize("name", [n for n, right in RIGHTS.items() if "GET" in right.methods])
def test_on_every_address_for_everybody(walk: Walk, name: str) -> None:
    found = []
    for who in ("visitor", "administrator", "runner"):
        _, response = walk.ask(name, who, "GET")
        found += faults(response, walk.url(name))
        kept = "no-store" not in response.headers.get("Cache-Control", "")
        if RIGHTS[name].is_framed:
            # Kept for everybody, because it is the same for everybody and knows of nobody.
            public = Client().get(response.request["PATH_INFO"])
            same = response.content == public.content and not response.cookies
            found += [] if same else [f"{name}: {who} sees something of their own"]
        elif kept and who != "visitor":
            found.append(f"{name}: what {who} sees may be kept by a cache")
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("method", "url", "status"),
    [
        ("GET", "/ro/nowhere/", 404),
        ("DELETE", "/ro/", 405),
        ("GET", "/ro", 301),
        ("GET", "/static/dist/main.css", 200),
        ("GET", "/static/dist/nothing.css", 404),
        ("GET", "/ro/log/", 302),
        ("GET", "/ro/cities/%00/", 404),
    ],
)
def test_on_errors_redirects_and_static_files(
    client: Client, db: None, method: str, url: str, status: int
) -> None:
    response = client.generic(method, url)
    response.close()
    assert response.status_code == status
    assert not faults(response, url)


def test_on_a_form_without_its_proof(db: None) -> None:
    response = Client(enforce_csrf_checks=True).post("/ro/account/login/", {})
    assert response.status_code == 403
    assert not faults(response, "csrf")


def test_on_a_foreign_host(client: Client, db: None) -> None:
    response = client.get("/ro/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert not faults(response, "host")


def test_a_fault_of_ours_says_nothing_of_itself(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("password=hunter2 at /srv/secret.py")

    with monkeypatch.context() as patch:
        patch.setattr(views.connection, "cursor", broken)
        response = Client(raise_request_exception=False).get("/health")
    assert response.status_code == 500
    text = response.content.decode()
    for word in ("hunter2", "RuntimeError", "Traceback", "secret.py", "Django"):
        assert word not in text
    assert not faults(response, "/health")


def test_a_server_without_its_version(client: Client, db: None) -> None:
    headers = {name.lower() for name in client.get("/ro/").headers}
    assert not headers & {"server", "x-powered-by", "x-django-version"}
