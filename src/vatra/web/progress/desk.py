"""How a plan will be followed, and tasks that are due, as the desk tells them."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse

from vatra.web.base.moments import day_words
from vatra.web.cities.models import City
from vatra.web.people.holding import today
from vatra.web.people.models import User
from vatra.web.progress.models import Task
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import sheet_of, workspace_of
from vatra.web.workspace.sheet import Unreadable
from vatra.web.workspace.steps import Step, Waiting
from vatra.words import Language, say

# What is due later than this is not on the desk yet.
_SOON = timedelta(days=14)


def steps(city: City, head: Version, lang: Language) -> list[Step]:
    """Say what will be measured, then report what was done."""
    return [_indicators(city, head, lang), _reported(city, head, lang)]


def _indicators(city: City, head: Version, lang: Language) -> Step:
    name = say("web.progress.step-indicators", lang)
    url = reverse("progress:indicators", args=[lang, city.slug])
    count = _count(head, "indicators")
    if count:
        return Step(
            55, name, say("web.progress.step-indicators-done", lang, count=count), url, "done"
        )
    words = say("web.progress.step-indicators-means", lang)
    if not (_count(head, "actions") or _count(head, "measures")):
        return Step(55, name, words, url, "blocked", say("web.progress.step-needs-plan", lang))
    return Step(55, name, words, url, "open")


def _reported(city: City, head: Version, lang: Language) -> Step:
    name = say("web.progress.step-report", lang)
    url = reverse("progress:work", args=[lang, city.slug])
    count = _count(head, "progress") + _count(head, "indicator_values")
    if count:
        words = say("web.progress.step-report-done", lang, count=count)
        return Step(100, name, words, url, "done")
    words = say("web.progress.step-report-means", lang)
    workspace = workspace_of(city)
    if workspace is None or workspace.published is None:
        why = say("web.progress.step-needs-publication", lang)
        return Step(100, name, words, url, "blocked", why)
    return Step(100, name, words, url, "open")


def waiting(person: User, city: City, lang: Language) -> list[Waiting]:
    """Open tasks of the person that are late or due soon."""
    found = Task.objects.filter(city=city, owner=person, state="open", due__lte=today() + _SOON)
    return [_task(city, each, lang) for each in found]


def _task(city: City, task: Task, lang: Language) -> Waiting:
    day = day_words(task.due, lang)
    key = "web.progress.waits-late" if task.due < today() else "web.progress.waits-task"
    url = reverse("progress:task", args=[lang, city.slug, task.pk])
    return Waiting(say(key, lang, title=task.title, day=day), url)


def _count(head: Version, table: str) -> int:
    try:
        return len(sheet_of(head, table).rows)
    except Unreadable:
        return 0
