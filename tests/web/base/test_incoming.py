"""Files on their way in lie in the data folder as long as their request; long ones never do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.http import HttpRequest
from django.test import Client, RequestFactory

from vatra.web.base import incoming

MB = 1024 * 1024


@pytest.fixture
def data(settings: Any, tmp_path: Path) -> Path:
    settings.DATA = tmp_path / "data"
    return tmp_path / "data"


def file_of(request: HttpRequest) -> UploadedFile[Any]:
    file = request.FILES["file"]
    assert isinstance(file, UploadedFile)
    return file


def asked(byte_count: int) -> HttpRequest:
    """A form with a file of so many bytes."""
    file = SimpleUploadedFile("../../evil.pdf", bytes(byte_count), "application/pdf")
    return RequestFactory().post("/", {"file": file})


def test_a_file_comes_in_on_the_disk_of_the_data_folder_and_goes_with_its_request(
    data: Path,
) -> None:
    # More than the 3 MB that are held in memory.
    request = asked(4 * MB)
    file = file_of(request)
    (lying,) = incoming.folder().iterdir()
    assert incoming.folder().is_relative_to(data) and lying.stat().st_size == file.size == 4 * MB
    # Its name on the disk is ours, and nobody else may read it.
    assert "evil" not in lying.name and lying.stat().st_mode & 0o077 == 0
    request.close()
    assert list(incoming.folder().iterdir()) == []


def test_a_small_one_stays_in_memory(data: Path) -> None:
    assert file_of(asked(MB)).size == MB
    assert not incoming.folder().exists()


def test_a_form_that_is_too_long_is_not_read(
    data: Path, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anybody asks who sends it: on a page that everybody may open."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
    sent = head + bytes(4 * MB) + b"\r\n--x--\r\n"
    kind = "multipart/form-data; boundary=x"
    read: list[int] = []
    monkeypatch.setattr(
        incoming.ToData, "receive_data_chunk", lambda self, raw, start: read.append(len(raw))
    )
    browser = Client(enforce_csrf_checks=True)
    browser.get("/en/account/login/")
    said = {"CONTENT_LENGTH": str(24 * MB + 1)}
    answer = browser.generic("POST", "/en/account/login/", sent, kind, **said)  # type: ignore[arg-type]
    assert answer.status_code == 413
    assert "files of 24 MB and texts of 3 MB at most" in answer.content.decode()
    assert read == []
    # One that is not too long is read, and then refused for want of a proof of origin.
    answer = browser.generic("POST", "/en/account/login/", sent, kind)
    assert answer.status_code == 403 and sum(read) == 4 * MB
