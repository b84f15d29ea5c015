"""Drafts are computed beside the pages where a worker is awake, and at once where none is."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests.web.people.cast import as_person
from vatra.web.cities.models import City
from vatra.web.jobs.models import Job, Worker
from vatra.web.jobs.registry import kinds
from vatra.web.people.models import User
from vatra.web.workspace.actions import do_save_cells
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.drafts import KIND, is_overtaken, is_ready
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import computed, is_computed


def edited(city: City, base: Version, amount: str, actor: User) -> Version:
    change = CellChange("change", 2, "amount", "1000", amount)
    saved = do_save_cells(city=city, table="energy", base=base, changes=[change], actor=actor)
    return saved.version


@pytest.fixture
def awake(settings: Any, poiana: City) -> None:
    """A worker that was seen just now, and a queue that nobody empties."""
    settings.JOBS_BACKEND = "default"
    Worker.objects.create(name="w", seen_at=timezone.now())


def test_without_a_worker_who_asks_computes(poiana: City, first: Version, ana: User) -> None:
    assert is_ready(first, actor=ana)
    assert not is_computed(first)
    assert Job.objects.count() == 0


def test_with_a_worker_the_page_asks_once_and_does_not_wait(
    poiana: City, first: Version, ana: User, awake: None
) -> None:
    assert not is_ready(first, actor=ana)
    assert not is_ready(first, actor=ana)
    job = Job.objects.get()
    assert (job.kind, job.params) == (KIND, {"numbers": [1]})
    page = as_person(ana).get("/en/cities/poiana/work/draft/", headers={"hx-request": "true"})
    assert 'hx-trigger="load delay:1500ms"' in page.content.decode()
    assert not is_computed(first)


def test_the_job_computes_the_newest_and_leaves_what_was_overtaken(
    poiana: City, first: Version, ana: User
) -> None:
    class Handle:
        def __init__(self, *numbers: int) -> None:
            self.params = {"numbers": list(numbers)}
            self.job = Job(city=poiana)

        def check(self) -> None: ...

    second = edited(poiana, first, "1100", ana)
    run: Any = kinds()[KIND].run
    assert is_overtaken(first) and not is_overtaken(second)
    assert run(Handle(1)) == {"overtaken": True}
    assert not is_computed(first)
    assert run(Handle(1, 2)) == {"numbers": [1, 2]}
    assert is_computed(first) and is_computed(second)
    assert is_ready(first, second, actor=ana)
    assert not is_overtaken(first)


def test_another_release_computes_anew(
    poiana: City, first: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may know other factors: a draft of before would show figures that nobody gets now."""
    computed(first)
    assert is_computed(first)
    monkeypatch.setattr("vatra.__version__", "99.0.0")
    assert not is_computed(first)
