"""Nothing of what is handed in stays: no row, no file, no line in a log; unless asked for."""

from __future__ import annotations

import io
import logging
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.web.lint.conftest import EN, Answer, file_of, token_in
from tests.web.lint.test_page import SLIP
from tests.web.pages import read
from vatra.web.base.models import AuditEntry
from vatra.web.lint.actions import do_keep_report
from vatra.web.lint.limits import KEPT_DAYS
from vatra.web.lint.models import KeptReport

WORD = "Poiana-Nemaiauzita"
HANDED = SLIP.replace("Buildings", WORD)


def rows() -> dict[str, list[dict[str, Any]]]:
    """Everything in the database."""
    return {model._meta.label: list(model.objects.values()) for model in apps.get_models()}


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for temporary files, of this process and of those it starts."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    yield tmp_path


@pytest.mark.parametrize("how", ["text", "file", "large file", "refused", "streamed"])
def test_nothing_is_left(
    client: Client, db: None, temporary: Path, caplog: pytest.LogCaptureFixture, how: str
) -> None:
    before = rows()
    fields: dict[str, Any] = {"text": HANDED}
    if how == "file":
        fields = {"file": file_of(f"{WORD}.md", HANDED)}
    if how == "large file":
        # Larger than what Django keeps in memory by itself.
        fields = {"file": file_of(f"{WORD}.md", HANDED + " " * 4_000_000)}
    if how == "refused":
        fields = {"file": file_of(f"{WORD}.pdf", f"%PDF-1.7 {WORD}")}
    headers = {"accept": "application/x-ndjson"} if how == "streamed" else {}
    with caplog.at_level(logging.DEBUG):
        response = client.post(EN, fields, headers=headers)
        shown = b"".join(response.streaming_content) if response.streaming else response.content
    assert (WORD.encode() in shown) == (how != "refused")
    assert rows() == before
    assert list(temporary.iterdir()) == []
    assert WORD not in caplog.text


def test_the_files_that_reading_writes_are_in_a_folder_that_goes(
    client: Client, db: None, temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = []
    make = tempfile.TemporaryDirectory

    def watched(*args: Any, **kwargs: Any) -> Any:
        folder = make(*args, **kwargs)
        folders.append(Path(folder.name))
        return folder

    monkeypatch.setattr(tempfile, "TemporaryDirectory", watched)
    client.post(EN, {"text": HANDED})
    assert [folder.parent for folder in folders] == [temporary]
    assert not folders[0].exists()


@pytest.fixture
def kept(client: Client, hand_in: Answer) -> str:
    """The address at which a report was kept, with the key that allows to delete it."""
    _, page = hand_in(text=HANDED)
    response = client.post("/en/lint/keep/", {"report": token_in(page)})
    assert response.status_code == 302
    return response.headers["Location"]


def test_a_report_is_kept_when_asked_and_the_file_is_not(client: Client, kept: str) -> None:
    report = KeptReport.objects.get().report
    assert "findings" in report
    assert HANDED not in str(report)
    page = read(client.get(kept))
    assert "printed 151.926 suggested 151.962" in page.text
    assert "The file itself was not stored." in page.text


def test_its_address_cannot_be_guessed_and_is_in_no_log(client: Client, kept: str) -> None:
    report = KeptReport.objects.get()
    assert len(report.address) == 32
    key = kept.rstrip("/").rsplit("/", 1)[1]
    assert key not in str(rows())
    assert report.address not in str(list(AuditEntry.objects.values()))
    response = client.get(f"/en/lint/reports/{'x' * 32}/")
    assert response.status_code == 404
    assert client.get(kept).headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in client.get(kept).headers["Cache-Control"]


def test_whoever_is_told_may_read_and_not_delete(client: Client, kept: str) -> None:
    public = f"/ro/lint/reports/{KeptReport.objects.get().address}/"
    page = read(client.get(public))
    assert "Ștergeți acest raport" not in page.text
    assert kept.rstrip("/").rsplit("/", 1)[1] not in client.get(public).content.decode()
    assert client.post(public).status_code == 405
    assert client.post(f"{public}{'y' * 32}/").status_code == 404
    assert KeptReport.objects.count() == 1


def test_whoever_kept_it_may_delete_it(client: Client, kept: str) -> None:
    assert "Delete this report" in read(client.get(kept)).text
    page = read(client.post(kept))
    assert "The report is deleted" in page.text
    assert not KeptReport.objects.exists()
    assert client.get(kept).status_code == 404


def test_a_day_comes_when_it_is_gone(client: Client, kept: str) -> None:
    report = KeptReport.objects.get()
    days = report.expires_at - timezone.now()
    assert timedelta(days=KEPT_DAYS - 1) < days <= timedelta(days=KEPT_DAYS)
    KeptReport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(kept).status_code == 404
    out = io.StringIO()
    call_command("purge_lint_reports", stdout=out)
    assert out.getvalue() == "1 deleted\n"
    assert not KeptReport.objects.exists()


def test_keeping_another_one_deletes_those_whose_day_has_come(kept: str) -> None:
    KeptReport.objects.update(expires_at=timezone.now())
    first = KeptReport.objects.get().pk
    do_keep_report(report=KeptReport.objects.get().report)
    assert first not in KeptReport.objects.values_list("pk", flat=True)
    assert KeptReport.objects.count() == 1


def test_kept_findings_can_be_taken_along(client: Client, kept: str) -> None:
    public = f"/en/lint/reports/{KeptReport.objects.get().address}/"
    response = client.get(f"{public}findings.csv")
    assert "linter.column-sum" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(f"{public}findings.json").json()["findings"][0]["severity"] == "error"
