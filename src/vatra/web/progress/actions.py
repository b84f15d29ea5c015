"""Writes of progress: each one atomic and logged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from vatra.runs.monitor_frozen import progress_report
from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.holding import memberships_of
from vatra.web.people.models import User
from vatra.web.people.rules import may_contribute, may_edit_city
from vatra.web.progress import reports
from vatra.web.progress.models import FALL_PERCENT, STATES, FrozenReport, LetterChoice, Task
from vatra.web.progress.queries import outlook_of_version
from vatra.web.workspace.actions import Saved, do_save_cells
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.models import Version, Workspace
from vatra.web.workspace.queries import pack_files, sheet_of

TWICE = timedelta(minutes=1)

may_keep_tasks = may_contribute
may_report = may_edit_city
may_freeze = may_edit_city


def do_write_row(
    *,
    city: City,
    base: Version,
    table: str,
    row: Mapping[str, str],
    actor: User,
    note: str = "",
) -> Saved:
    """Enter a row of a table of progress, or change the one that has its key.

    ``row`` column -> text. Raises as ``do_save_cells`` does.
    """
    need(may_report.refusal(actor, city), city)
    found = sheet_of(base, table)
    key = tuple(row.get(name, "").strip() for name in found.table.keys)
    at = next((n for n in range(len(found.rows)) if found.key_of(n) == key), None)
    if at is None:
        changes = [CellChange("add", row={name: text for name, text in row.items() if text})]
    else:
        before = found.rows[at]
        changes = [
            CellChange("change", found.lines[at], name, before.get(name, ""), text)
            for name, text in row.items()
            if before.get(name, "").strip() != text.strip()
        ]
    return do_save_cells(
        city=city, table=table, base=base, changes=changes, actor=actor, note=note,
        rule=may_report,
    )  # fmt: skip


# Tasks


def do_make_task(
    *,
    city: City,
    title: str,
    due: date,
    actor: User,
    owner: User | None = None,
    action: str = "",
    note: str = "",
    remind: bool = True,
) -> Task:
    """Enter a task. Raises ``Refused`` when the actor may not, or the owner is no member."""
    need(may_keep_tasks.refusal(actor, city), city)
    _need_member(owner, city)
    now = timezone.now()
    same = Task.objects.filter(
        city=city, title=title, due=due, owner=owner, action=action, note=note, made_by=actor,
        state="open", made_at__gt=now - TWICE,
    ).first()  # fmt: skip
    if same is not None:
        # The button was pressed twice.
        return same
    with transaction.atomic():
        task = Task.objects.create(
            city=city, title=title, due=due, owner=owner, action=action, note=note, remind=remind,
            made_by=actor, made_at=now, changed_at=now,
        )  # fmt: skip
        _record_task(task, "make", actor)
    return task


def do_change_task(
    *,
    task: Task,
    actor: User,
    title: str,
    due: date,
    owner: User | None,
    action: str,
    note: str,
    remind: bool,
) -> Task:
    """Say it anew. Raises ``Refused`` when the actor may not, or the owner is no member."""
    need(may_keep_tasks.refusal(actor, task.city), task.city)
    _need_member(owner, task.city)
    with transaction.atomic():
        held = Task.objects.select_for_update().get(pk=task.pk)
        held.title, held.due, held.owner, held.action = title, due, owner, action
        held.note, held.remind, held.changed_at = note, remind, timezone.now()
        held.save()
        _record_task(held, "change", actor)
    return held


def do_end_task(*, task: Task, state: str, actor: User) -> Task:
    """Say that it is done or dropped, or open it again; nothing happens where it is so already."""
    need(may_keep_tasks.refusal(actor, task.city), task.city)
    if state not in STATES:
        raise ValueError(f"state '{state}' is not one of {', '.join(STATES)}")
    with transaction.atomic():
        held = Task.objects.select_for_update().get(pk=task.pk)
        if held.state == state:
            return held
        held.state, held.changed_at = state, timezone.now()
        held.done_at = None if state == "open" else held.changed_at
        held.save(update_fields=["state", "done_at", "changed_at"])
        _record_task(held, {"open": "reopen", "done": "finish", "dropped": "drop"}[state], actor)
    return held


def _need_member(owner: User | None, city: City) -> None:
    if owner is not None and not memberships_of(owner).filter(city=city).exists():
        raise Refused("web.progress.owner-no-member", city=city.name)


def _record_task(task: Task, verb: str, actor: User) -> None:
    do_record_write(
        actor=actor.log_name, verb=verb, noun="task", name=task.log_name,
        detail=task.due.isoformat(), city=task.city.slug,
    )  # fmt: skip


# Letters


def do_choose_letters(
    *, person: User, rhythm: str, fall_percent: int = FALL_PERCENT
) -> LetterChoice:
    """How often a person wants letters; one's own choice, so there is no rule to ask."""
    with transaction.atomic():
        chosen, _ = LetterChoice.objects.update_or_create(
            person=person, defaults={"rhythm": rhythm, "fall_percent": fall_percent}
        )
        do_record_write(
            actor=person.log_name, verb="choose", noun="letters", name=person.log_name,
            detail=rhythm,
        )  # fmt: skip
    return chosen


# Reports


# What is reported of a plan; the rest of a pack is the plan itself, or what it rests on.
REPORTED = ("progress.csv", "indicators.csv", "indicator_values.csv", "participation.csv")


def _need_published_plan(city: City, version: Version) -> None:
    """A report is public at once: it may not show a plan that nobody approved yet."""
    shown = Workspace.objects.select_related("published").get(city=city).published
    if shown is None:
        return
    one, other = pack_files(shown), pack_files(version)
    differ = [
        name
        for name in sorted({*one, *other})
        if one.get(name) != other.get(name) and name not in REPORTED and not name.endswith(".md")
    ]
    if differ:
        raise Refused("web.progress.plan-differs", city=city.name, files=differ[:5])


def do_freeze_year(*, city: City, version: Version, year: int, actor: User) -> FrozenReport:
    """Freeze what a version tells of the plan's progress as the report of a year.

    The first report of a year is its first edition; a later one is another, and names the seal it
    replaces. Raises ``Refused`` when the actor may not, the version has no plan to report on, or
    says the same as the last edition, also when somebody else froze that a moment ago.
    """
    need(may_freeze.refusal(actor, city), city)
    _need_published_plan(city, version)
    outlook = outlook_of_version(version)
    if outlook.document is None:
        raise Refused("web.progress.nothing-to-freeze", city=city.name)
    _need_year(outlook.document, year)
    while True:
        last = _last(city, year)
        _need_news(city, last, outlook.document)
        document = progress_report(
            outlook.document,
            year=year,
            edition=last.edition + 1 if last else 1,
            replaces=last.seal if last else "",
        )
        # Documents take seconds to make; nobody's writing waits for that.
        with reports.prepared(city.slug, document) as files:
            made = _freeze(city, version, files, document, last, actor)
        if made is not None:
            return made


def _last(city: City, year: int) -> FrozenReport | None:
    return FrozenReport.objects.filter(city=city, year=year).order_by("-edition").first()


def _freeze(
    city: City,
    version: Version,
    files: reports.Prepared,
    document: Mapping[str, Any],
    before: FrozenReport | None,
    actor: User,
) -> FrozenReport | None:
    """The row and the files of an edition; None when another one came after ``before``."""
    about = document["report"]
    with transaction.atomic():
        # Two who freeze at once: the second waits here, and looks again.
        Workspace.objects.select_for_update().get(city=city)
        if _last(city, about["year"]) != before:
            return None
        made = FrozenReport.objects.create(
            city=city, year=about["year"], edition=about["number"], seal=files.seal,
            version_number=version.number, made_at=timezone.now(), made_by=actor,
        )  # fmt: skip
        do_record_write(
            actor=actor.log_name, verb="freeze", noun="report",
            name=f"{made.year}/{made.edition}", detail=made.seal, city=city.slug,
        )  # fmt: skip
        # Last, so that a row that cannot be written leaves no files behind.
        files.settle()
    return made


def _need_year(document: Mapping[str, object], year: int) -> None:
    known = document["year"]
    if known is None:
        raise Refused("web.progress.nothing-reported")
    if year != known:
        raise Refused("web.progress.other-year", year=str(year), known=str(known))


def _need_news(city: City, last: FrozenReport | None, document: Mapping[str, object]) -> None:
    if last is None:
        return
    before = reports.read_report(city, last.year, last.edition)
    own = {"format", "digests", "seal", "report"}
    if before is not None and {k: v for k, v in before.items() if k not in own} == {
        k: v for k, v in document.items() if k not in own
    }:
        raise Refused("web.progress.same-report", year=str(last.year), edition=str(last.edition))
