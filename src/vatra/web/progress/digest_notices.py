"""What progress tells people by letter: late measures, falls, indicators behind, tasks due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from vatra.contract.canonical import digest
from vatra.runs.monitor_frozen import unit_of
from vatra.web.base.errors import NotReady
from vatra.web.cities.models import City
from vatra.web.people.notices import Notice
from vatra.web.people.roles import EDITORS
from vatra.web.progress.models import SeenChance, Task
from vatra.web.progress.queries import Outlook, outlook_of_version, published_outlook
from vatra.web.workspace.queries import head_of
from vatra.web.workspace.store import Damaged
from vatra.words import LANGUAGES

DUE_DAYS = 7
PPM = 1_000_000


def notices(city: City, day: date) -> Iterator[Notice]:
    """All that there is to tell of a city on a day; what was told before is told again here."""
    yield from _tasks(city, day)
    outlook = _outlook(city)
    if outlook is None or outlook.document is None:
        return
    yield from _late(city, outlook.document)
    yield from _indicators(city, outlook.document)
    yield from _fall(city, outlook)


def _outlook(city: City) -> Outlook | None:
    """As the work stands, else as published; None where neither can be computed today."""
    head = head_of(city)
    try:
        return outlook_of_version(head) if head else published_outlook(city)
    except (NotReady, Damaged):
        # The check of the installation says so; a letter about tasks must not wait for it.
        return None


def _tasks(city: City, day: date) -> Iterator[Notice]:
    soon = day + timedelta(days=DUE_DAYS)
    due = Task.objects.filter(city=city, state="open", remind=True, due__lte=soon)
    for task in due.exclude(owner=None).order_by("due", "id"):
        kind = "overdue" if task.due < day else "due"
        yield Notice(
            f"task:{task.pk}:{task.due.isoformat()}:{kind}:{task.owner_id}",
            f"web.progress.notice-task-{kind}",
            {"city": city.name, "title": task.title, "day": task.due},
            "progress:task",
            (city.slug, task.pk),
            people=frozenset({int(task.owner_id or 0)}),
        )


def _late(city: City, document: Mapping[str, Any]) -> Iterator[Notice]:
    for each in document["actions"]:
        months = each["delay_months"]
        if not months or months <= 0 or each["status"] in ("done", "cancelled"):
            continue
        yield Notice(
            f"late:{city.slug}:{each['code']}:{each['year']}:{months}",
            "web.progress.notice-late",
            {
                "city": city.name,
                "code": each["code"],
                "name": document["names"][each["code"]],
                "count": months,
                "year": str(each["year"]),
            },
            "progress:measure",
            (city.slug, each["code"]),
            roles=EDITORS,
        )


def _indicators(city: City, document: Mapping[str, Any]) -> Iterator[Notice]:
    for each in document["indicators"]:
        if each["verdict"] != "behind":
            continue
        last = each["values"][-1]
        yield Notice(
            f"indicator:{city.slug}:{each['code']}:{last['year']}:{last['quarter']}:{last['value']}",
            "web.progress.notice-indicator",
            {
                "city": city.name,
                "name": each["names"],
                "value": float(last["value"]),
                "expected": float(each["expected"]) if each["expected"] else float("nan"),
                "unit": {lang: unit_of(each, lang) for lang in LANGUAGES},
            },
            "progress:indicators",
            (city.slug,),
            roles=EDITORS,
        )


def _fall(city: City, outlook: Outlook) -> Iterator[Notice]:
    """That the probability of the target fell, since a letter last looked at another state."""
    stage, document = outlook.stage, outlook.document
    if stage is None or document is None or stage["probability_ppm"] is None:
        return
    seen = _seen(city, digest(document["target"]), int(stage["probability_ppm"]))
    if seen.before_ppm is None or seen.now_ppm is None or seen.now_ppm >= seen.before_ppm:
        return
    yield Notice(
        f"fall:{city.slug}:{seen.run_id}",
        "web.progress.notice-fall",
        {
            "city": city.name,
            "year": str(document["city"]["target_year"]),
            "before": seen.before_ppm / PPM,
            "now": seen.now_ppm / PPM,
        },
        "progress:work",
        (city.slug,),
        roles=EDITORS,
        fall_ppm=seen.before_ppm - seen.now_ppm,
    )


def _seen(city: City, state: str, now_ppm: int) -> SeenChance:
    """What was seen before this state of the plan, and in it; looking twice changes nothing."""
    with transaction.atomic():
        seen, is_new = SeenChance.objects.select_for_update().get_or_create(
            city=city, defaults={"run_id": state, "before_ppm": None, "now_ppm": now_ppm}
        )
        if not is_new and seen.run_id != state:
            seen.run_id, seen.before_ppm, seen.now_ppm = state, seen.now_ppm, now_ppm
            seen.save()
    return seen
