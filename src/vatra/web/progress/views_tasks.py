"""Pages of tasks: by person, by measure, overdue first; a calendar file of their days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.cities.taken import file_name
from vatra.web.people.holding import today
from vatra.web.people.models import User
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_read_work
from vatra.web.people.views_account import SEND, signed_in
from vatra.web.progress.actions import do_change_task, do_end_task, do_make_task, may_keep_tasks
from vatra.web.progress.calendar import calendar
from vatra.web.progress.forms import Form, task_form
from vatra.web.progress.models import STATES, Task
from vatra.web.progress.views_work import TAB
from vatra.web.progress.working import Hand, in_hand, people_choices
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work
from vatra.words import Language

OVER_SHOWN = 50


@never_cache
@require_http_methods(SEND)
def tasks(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What is to be done, overdue first; the form adds to it."""
    is_sent = request.method == "POST"
    hand = in_hand(request, lang, slug, may_keep_tasks if is_sent else may_read_work)
    form = _form(hand, lang, {"remind": "on", "action": request.GET.get("action", "")[:40]})
    if is_sent:
        form = form.sent(request.POST)
        if form.ok:
            do_make_task(city=hand.city, actor=signed_in(request), **_values(form))
            return redirect(reverse("progress:tasks", args=[lang, slug]) + "?done=task#said")
    content = _listed(request, hand.city) | {"form": form, "names": dict(hand.actions(lang))}
    return _page(request, lang, hand, "progress/tasks.html", content, form)


def _listed(request: HttpRequest, city: City) -> dict[str, Any]:
    """Open tasks of everybody or of one person, of all measures or one."""
    asked = {name: request.GET.get(name, "").replace("\0", "")[:40] for name in ("owner", "of")}
    found = Task.objects.filter(city=city).select_related("owner").order_by("due", "id")
    if asked["owner"].isascii() and asked["owner"].isdigit() and len(asked["owner"]) < 18:
        found = found.filter(owner_id=int(asked["owner"]))
    if asked["of"]:
        found = found.filter(action=asked["of"])
    day = today()
    still = list(found.filter(state="open"))
    return {
        "overdue": [each for each in still if each.due < day],
        "coming": [each for each in still if each.due >= day],
        "over": list(found.exclude(state="open").order_by("-done_at")[:OVER_SHOWN]),
        "asked": asked,
        "people": people_choices(city),
        "measures": sorted({each.action for each in Task.objects.filter(city=city)} - {""}),
    }


@never_cache
@require_http_methods(SEND)
def task(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """One task, to be read or changed."""
    is_sent = request.method == "POST"
    hand = in_hand(request, lang, slug, may_keep_tasks if is_sent else may_read_work)
    found = _task(hand.city, pk, lang)
    form = _form(hand, lang, {
        "title": found.title, "due": found.due.isoformat(), "owner": str(found.owner_id or ""),
        "action": found.action, "note": found.note, "remind": "on" if found.remind else "",
    })  # fmt: skip
    if is_sent:
        form = form.sent(request.POST)
        if form.ok:
            do_change_task(task=found, actor=signed_in(request), **_values(form))
            return redirect(reverse("progress:tasks", args=[lang, slug]) + "?done=task#said")
    content = {"task": found, "form": form, "names": dict(hand.actions(lang))}
    return _page(request, lang, hand, "progress/task.html", content, form)


@never_cache
@require_POST
def state(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Say that a task is done or dropped, or open it again."""
    city = access_work(actor_of(request), slug, lang, may_keep_tasks)
    found = _task(city, pk, lang)
    wanted = request.POST.get("state", "")
    if wanted in STATES:
        do_end_task(task=found, state=wanted, actor=signed_in(request))
    return redirect(reverse("progress:tasks", args=[lang, slug]) + "?done=state")


@never_cache
@require_safe
def tasks_file(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The days of open tasks for a calendar: all of the city, or one person's (``?owner=``)."""
    city = access_work(actor_of(request), slug, lang)
    listed = _listed(request, city)
    root = f"{request.scheme}://{request.get_host()}"
    content = calendar([*listed["overdue"], *listed["coming"]], city, root, lang)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = file_name(city, "tasks", "ics")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _task(city: City, pk: int, lang: Language) -> Task:
    found = Task.objects.filter(city=city, pk=pk).select_related("owner", "city").first()
    if found is None:
        url = reverse("progress:tasks", args=[lang, city.slug])
        raise NotHere("web.progress.task-unknown", [Choice(city.name, url)])
    return found


def _form(hand: Hand, lang: Language, values: dict[str, str]) -> Form:
    actions = hand.actions(lang)
    known = values.get("action", "")
    if known and known not in dict(actions):
        # An action that the plan no longer has stays with its task.
        actions = [*actions, (known, known)]
    return task_form(lang, actions, people_choices(hand.city), values)


def _values(form: Form) -> dict[str, Any]:
    owner = form.values["owner"]
    return {
        "title": form.values["title"],
        "due": form.day("due"),
        "owner": User.objects.get(pk=int(owner)) if owner else None,
        "action": form.values["action"],
        "note": form.values["note"],
        "remind": bool(form.values["remind"]),
    }


def _page(
    request: HttpRequest,
    lang: Language,
    hand: Hand,
    template: str,
    content: dict[str, Any],
    form: Form,
) -> HttpResponse:
    shared = {"may_write": may_keep_tasks.allows(actor_of(request), hand.city)}
    status = 200 if form.ok else 422
    return work_page(request, lang, hand.city, template, shared | content, tab=TAB, status=status)
