"""Files of a draft: a worker makes them, once; a page never writes a document itself then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.web.people.cast import as_person
from vatra.web.cities.models import City
from vatra.web.drafting import files
from vatra.web.jobs.actions import do_cancel_job
from vatra.web.jobs.handle import Handle
from vatra.web.jobs.models import Job, Worker
from vatra.web.jobs.queue import run_job
from vatra.web.people.models import User
from vatra.web.workspace.actions import do_save_files
from vatra.web.workspace.packs import FINDINGS, MADE
from vatra.web.workspace.queries import head_of

WORK = "/en/cities/poiana/work/contract/"
PDF = f"{WORK}draft.en.pdf"


@pytest.fixture
def awake(settings: Any, poiana: City) -> None:
    """A worker that was seen just now, and a queue that is emptied by hand."""
    settings.JOBS_BACKEND = "default"
    Worker.objects.create(name="w", seen_at=timezone.now())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which documents were written, instead of writing them."""
    found: list[str] = []

    def write(document: Any, form: str, lang: str) -> bytes:
        found.append(f"{lang}.{form}")
        return f"{document['seal']} {lang}.{form}".encode()

    monkeypatch.setattr(files, "draft_bytes", write)
    return found


def run(job: Job) -> Job:
    run_job.func(job.pk, job.attempt)
    job.refresh_from_db()
    return job


def kept(settings: Any) -> list[Path]:
    return [each for each in (Path(settings.DATA) / MADE).rglob("files/*") if each.is_file()]


def test_a_page_asks_a_worker_and_gives_what_was_made(
    ana: User, rodica: User, awake: None, written: list[str]
) -> None:
    first, second = as_person(ana), as_person(rodica)
    answer = first.get(PDF)
    job = Job.objects.get()
    page = f"/en/cities/poiana/work/jobs/{job.pk}/"
    assert (answer.status_code, answer["Location"]) == (302, page)
    # Who asks for the same waits for the same.
    assert second.get(PDF)["Location"] == page and Job.objects.count() == 1
    assert "PDF, EN: being made" in first.get(WORK).content.decode()
    assert run(job).state == "done" and written == ["en.pdf"]
    link = f'href="{PDF}?version=1"'
    assert link in first.get(page).content.decode() and link in first.get(WORK).content.decode()
    for browser, address in ((first, f"{PDF}?version=1"), (second, PDF)):
        given = browser.get(address)
        assert given.content.endswith(b" en.pdf")
        assert "poiana-draft-1.en.pdf" in given["Content-Disposition"]
    assert written == ["en.pdf"]


def test_what_somebody_waited_for_stays_that_when_the_draft_moves_on(
    poiana: City, ana: User, awake: None, written: list[str]
) -> None:
    browser = as_person(ana)
    browser.get(PDF)
    job = Job.objects.get()
    do_save_files(
        city=poiana, base=head_of(poiana), files={"narrative.en.md": b"## goal\n\nA goal.\n"},
        kind="text", note="", actor=ana,
    )  # fmt: skip
    assert run(job).result == {"file": "cities/poiana/work/contract/draft.en.pdf?version=1"}
    assert "draft-1" in browser.get(f"{PDF}?version=1")["Content-Disposition"]
    # The newest is another document, with a job of its own.
    assert browser.get(PDF).status_code == 302
    assert [each.params["version"] for each in Job.objects.order_by("pk")] == [1, 2]


@pytest.mark.parametrize("step", ["web.drafting.job-writing", "web.drafting.job-keeping"])
def test_a_file_that_was_stopped_is_not_kept_and_can_be_asked_for_again(
    ana: User, awake: None, written: list[str], settings: Any, monkeypatch: pytest.MonkeyPatch,
    step: str,
) -> None:  # fmt: skip
    browser, tell = as_person(ana), Handle.progress
    browser.get(PDF)
    job = Job.objects.get()

    def stopped(handle: Handle, done: int, total: int = 0, said: str = "") -> None:
        if said == step:
            do_cancel_job(job=job, actor=ana)
            # As if the last look were long ago.
            handle._looked = 0.0
        tell(handle, done, total, said)

    with monkeypatch.context() as patch:
        patch.setattr(Handle, "progress", stopped)
        assert run(job).state == "cancelled"
    assert kept(settings) == []
    browser.get(PDF)
    assert run(Job.objects.latest("pk")).state == "done" and len(kept(settings)) == 1


def test_without_a_worker_who_asks_makes_the_file_and_it_is_kept(
    ana: User, written: list[str], settings: Any
) -> None:
    browser = as_person(ana)
    assert browser.get(PDF).content == browser.get(PDF).content
    assert written == ["en.pdf"] and Job.objects.count() == 0
    assert [each.suffix for each in kept(settings)] == [".pdf"]


def test_a_faulty_draft_is_said_at_once_or_by_the_job(
    poiana: City, ana: User, awake: None, written: list[str], settings: Any
) -> None:
    do_save_files(
        city=poiana, base=head_of(poiana), files={"energy.csv": b"sector\nnowhere\n"},
        kind="edit", note="", actor=ana,
    )  # fmt: skip
    browser = as_person(ana)
    browser.get(PDF)
    job = run(Job.objects.get())
    assert (job.state, job.error_key) == ("failed", files.NOT_COMPUTED)
    # By now it is known: nobody is sent to a job that cannot end well.
    assert browser.get(PDF).status_code == 503 and Job.objects.count() == 1
    assert written == [] and list((Path(settings.DATA) / MADE).rglob(FINDINGS))


def test_secap_tables_are_a_workers_too_and_plain_json_is_not(
    ana: User, awake: None, settings: Any
) -> None:
    browser: Client = as_person(ana)
    assert browser.get(f"{WORK}secap.json").status_code == 302
    assert run(Job.objects.get()).state == "done"
    assert browser.get(f"{WORK}secap.json")["Content-Type"] == "application/json"
    # Computed by now, there is nothing left to write that would take time.
    assert browser.get(f"{WORK}draft.en.json").status_code == 200
    assert browser.get(f"{WORK}draft.en.pdf?version=99").status_code == 404
    assert Job.objects.count() == 1
