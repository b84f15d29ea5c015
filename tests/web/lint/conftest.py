"""The linter's page over HTTP: hand something in, read what comes back."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.browser.conftest import open_page
from tests.web.pages import Page, read

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

__all__ = ["open_page"]

EN, RO = "/en/lint/", "/ro/lint/"
Answer = Callable[..., tuple[int, Page]]


def file_of(name: str, content: bytes | str) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def token_in(page: Page) -> str:
    """The signed report that a page carries."""
    return next(
        attrs["value"] for tag, attrs in page.tags if tag == "input" and attrs["name"] == "report"
    )


def by_id(page: Page, name: str) -> tuple[str, dict[str, str]]:
    """The tag that bears an id."""
    return next((tag, attrs) for tag, attrs in page.tags if attrs.get("id") == name)


def events(response: Any) -> list[dict[str, Any]]:
    """The steps of a streamed answer."""
    content = io.BytesIO(b"".join(response.streaming_content))
    return [json.loads(line) for line in content if line.strip()]


def plain(text: str) -> str:
    """Words without runs of blanks."""
    return re.sub(r"\s+", " ", text)


@pytest.fixture
def hand_in(client: Client, db: None) -> Answer:
    """Send a file, a text or the wish for the example; status and page."""

    def send(url: str = EN, **fields: Any) -> tuple[int, Page]:
        response = client.post(url, fields)
        return response.status_code, read(response)

    return send


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """Address of a server that shows no city: the linter needs none."""
    return str(live_server.url)
