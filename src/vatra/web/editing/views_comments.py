"""What people say to each other about a city's figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.web.base.errors import NotHere
from vatra.web.cities.models import City
from vatra.web.editing import queries
from vatra.web.editing.actions import (
    do_add_comment,
    do_begin_thread,
    do_change_comment,
    do_see_mentions,
    do_set_thread,
)
from vatra.web.editing.models import KINDS, LONGEST_TEXT, STATES, Comment, Thread
from vatra.web.editing.queries import A_PAGE, Filter, anchor_of, thread_of
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_contribute
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work
from vatra.web.workspace.views import signed_in
from vatra.words import Language

FORM = ("GET", "HEAD", "POST")


@require_safe
def comments(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """All threads, or those about one thing with the form to begin one."""
    city = access_work(actor_of(request), slug, lang)
    wished = Filter.of({name: str(request.GET[name]) for name in request.GET})
    return _listed(request, lang, city, wished)


@require_POST
def new(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Say something about a thing."""
    city = access_work(actor_of(request), slug, lang, may_contribute)
    kind, anchor = request.POST.get("kind", ""), request.POST.get("anchor", "")
    text = request.POST.get("text", "")
    try:
        made = do_begin_thread(
            city=city, kind=kind, anchor=anchor, text=text, actor=signed_in(request)
        )
    except Refused as refused:
        wished = Filter.of({"kind": kind, "anchor": anchor})
        return _listed(request, lang, city, wished, refused.message(lang), text)
    return redirect(_thread_url(lang, city, made))


@never_cache
@require_http_methods(FORM)
def thread(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """One thread, and the form that answers."""
    rule = may_contribute if request.method == "POST" else None
    city = _city(request, slug, lang, rule)
    found = thread_of(city, pk, lang)
    if request.method != "POST":
        return _thread(request, lang, city, found)
    text = request.POST.get("text", "")
    try:
        do_add_comment(thread=found, text=text, actor=signed_in(request))
    except Refused as refused:
        return _thread(request, lang, city, found, refused.message(lang), text)
    return redirect(_thread_url(lang, city, found))


@require_POST
def state(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Resolve a thread, or open it again."""
    city = access_work(actor_of(request), slug, lang, may_contribute)
    found = thread_of(city, pk, lang)
    try:
        do_set_thread(thread=found, state=request.POST.get("state", ""), actor=signed_in(request))
    except Refused as refused:
        return _thread(request, lang, city, found, refused.message(lang))
    return redirect(_thread_url(lang, city, found))


@require_POST
def seen(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Take a thread that names me off my list."""
    city = access_work(actor_of(request), slug, lang)
    found = thread_of(city, pk, lang)
    do_see_mentions(thread=found, actor=signed_in(request))
    return redirect(_thread_url(lang, city, found))


@never_cache
@require_http_methods(FORM)
def edit(request: HttpRequest, lang: Language, slug: str, pk: int, comment: int) -> HttpResponse:
    """Say what I said differently."""
    city = access_work(actor_of(request), slug, lang, may_contribute)
    found = thread_of(city, pk, lang)
    said = Comment.objects.filter(thread=found, pk=comment).first()
    if said is None:
        raise NotHere("web.editing.thread-unknown")
    if said.author_id != signed_in(request).pk:
        raise Refused("web.editing.not-yours")
    if request.method != "POST":
        return _thread(request, lang, city, found, edited=said, text=said.text)
    text = request.POST.get("text", "")
    try:
        do_change_comment(comment=said, text=text, actor=signed_in(request))
    except Refused as refused:
        return _thread(request, lang, city, found, refused.message(lang), text, said)
    return redirect(_thread_url(lang, city, found))


def _city(request: HttpRequest, slug: str, lang: Language, rule: Any) -> City:
    actor = actor_of(request)
    return access_work(actor, slug, lang, rule) if rule else access_work(actor, slug, lang)


def _thread_url(lang: Language, city: City, found: Thread) -> str:
    return reverse("editing:thread", args=[lang, city.slug, found.pk])


def _listed(
    request: HttpRequest, lang: Language, city: City, wished: Filter,
    problem: str = "", text: str = "",
) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    person = actor if isinstance(actor, User) else None
    given = request.GET.get("page", "")
    page = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    start = (max(page, 1) - 1) * A_PAGE
    found = list(queries.threads(city, wished, person)[start : start + A_PAGE + 1])
    shown = found[:A_PAGE]
    content = {
        "wished": wished,
        "kinds": KINDS,
        "states": (*STATES, "all"),
        "threads": [_with_anchor(city, each, lang, person) for each in shown],
        "later": _query(wished, page + 1) if len(found) > A_PAGE else "",
        "about": anchor_of(city, wished.kind, wished.anchor, lang) if wished.is_about_one else None,
        "open_count": Thread.objects.filter(city=city, state="open").count(),
        "may_comment": may_contribute.allows(actor, city),
        "people": queries.people_of(city),
        "problem": problem,
        "text": text,
        "longest": LONGEST_TEXT,
    }
    page_name, status = "editing/comments.html", 422 if problem else 200
    return work_page(request, lang, city, page_name, content, tab="tables", status=status)


def _query(wished: Filter, page: int) -> str:
    parts = {"state": wished.state, "kind": wished.kind, "anchor": wished.anchor}
    parts |= {"mine": "1" if wished.only_mine else "", "page": str(page)}
    return urlencode({name: value for name, value in parts.items() if value})


def _thread(
    request: HttpRequest, lang: Language, city: City, found: Thread,
    problem: str = "", text: str = "", edited: Comment | None = None,
) -> HttpResponse:  # fmt: skip
    actor = actor_of(request)
    person = actor if isinstance(actor, User) else None
    content = _with_anchor(city, found, lang, person) | {
        "may_comment": may_contribute.allows(actor, city),
        "people": queries.people_of(city),
        "problem": problem,
        "text": text,
        "edited": edited,
        "longest": LONGEST_TEXT,
        "is_page": True,
    }
    page_name, status = "editing/thread.html", 422 if problem else 200
    return work_page(request, lang, city, page_name, content, tab="tables", status=status)


def _with_anchor(city: City, found: Thread, lang: Language, person: User | None) -> dict[str, Any]:
    said = list(found.comments.all())
    names_me = person is not None and any(
        mention.person_id == person.pk and mention.seen_at is None
        for each in said
        for mention in each.mentions.all()
    )
    return {
        "thread": found,
        "said": said,
        "anchor": anchor_of(city, found.kind, found.anchor, lang),
        "names_me": names_me,
    }
