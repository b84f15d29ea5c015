"""Pages of a city's versions: parse the request, ask, render."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.tables import FindingsError, has_errors
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city, may_read_work
from vatra.web.workspace import preview as previews
from vatra.web.workspace.actions import do_restore_version, do_undo_version
from vatra.web.workspace.actions_start import do_open_workspace, do_start_city, may_start_city
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.doors import doors
from vatra.web.workspace.forms import CityForm
from vatra.web.workspace.models import Version
from vatra.web.workspace.naming import finding_words, table_words
from vatra.web.workspace.packs import computed
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, head_of, version_of, versions
from vatra.web.workspace.why import changes, moved
from vatra.words import Language

A_PAGE = 50
FILES_SHOWN = 5


def signed_in(request: HttpRequest) -> User:
    """The person who writes; rules have made sure that there is one."""
    actor = actor_of(request)
    if not isinstance(actor, User):
        raise Refused("web.people.must-sign-in")
    return actor


def begun(city: City) -> Version:
    """The newest version; ``Refused`` with the next step where work has not begun."""
    head = head_of(city)
    if head is None:
        raise Refused("web.workspace.not-begun", city=city.name)
    return head


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def new_city(request: HttpRequest, lang: Language) -> HttpResponse:
    """A new city from its name and years."""
    actor = actor_of(request)
    need(may_start_city.refusal(actor, None), None)
    form = CityForm.of(request.POST)
    problem = ""
    if request.method == "POST":
        try:
            city = do_start_city(values=form.content(), actor=signed_in(request))
            return redirect("desk:desk", lang, city.slug)
        except FindingsError as found:
            form = form.with_faults(found, lang)
        except Refused as refused:
            problem = refused.message(lang)
    content = {"form": form, "problem": problem}
    status = 422 if form.faults or problem else 200
    return render(request, "workspace/new_city.html", content, status=status)


@csrf_protect
@require_POST
def start(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Begin work on a city that is shown already."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    do_open_workspace(city=city, actor=signed_in(request))
    return redirect("desk:desk", lang, slug)


@require_safe
def history(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """All versions: who changed what, when."""
    city = access_work(actor_of(request), slug, lang)
    begun(city)
    before = request.GET.get("before", "")
    found = versions(city)
    if before.isdecimal():
        found = found.filter(number__lt=int(before[:9]))
    shown = list(found[: A_PAGE + 1])
    content = {
        "versions": [(each, *_files(each, lang)) for each in shown[:A_PAGE]],
        "older": shown[A_PAGE - 1].number if len(shown) > A_PAGE else None,
    }
    return work_page(request, lang, city, "workspace/history.html", content)


def _files(version: Version, lang: Language) -> tuple[list[tuple[str, int]], int]:
    """The first files that a version touched, with how many changes are known; how many more."""
    counts: dict[str, int] = {}
    for each in version.changes:
        # The text has a file in each language, and one name.
        words = table_words(each["file"], lang)
        counts[words] = counts.get(words, 0) + 1
    shown = list(counts.items())[:FILES_SHOWN]
    return shown, len(counts) - len(shown)


@require_safe
def version(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """What one version changed, and what that did to the figures."""
    city = access_work(actor_of(request), slug, lang)
    found = version_of(city, number, lang)
    return _compared(request, lang, city, found.parent, found)


@require_safe
def compare(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Two versions side by side; without more, what is published and the newest one."""
    city = access_work(actor_of(request), slug, lang)
    head = begun(city)
    published = city.workspace.published
    default = published.number if published else 1
    numbers = [
        int(given[:9]) if (given := request.GET.get(name, "")).isdecimal() else other
        for name, other in (("from", default), ("to", head.number))
    ]
    old, new = (version_of(city, number, lang) for number in numbers)
    return _compared(request, lang, city, old, new)


def _compared(
    request: HttpRequest, lang: Language, city: City, old: Version | None, new: Version
) -> HttpResponse:
    content = {
        "old": old,
        "new": new,
        "newest": list(versions(city)[:100]),
        "figures": moved(old, new, lang) if old else [],
        "tables": changes(old, new, lang) if old else [],
        "is_ready": old is not None and computed(old).ok and computed(new).ok,
        "is_head": city.workspace.head_id == new.pk,
        "is_single": old is not None and new.parent_id == old.pk,
    }
    return work_page(request, lang, city, "workspace/compare.html", content, tab="history")


@require_safe
def findings(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What is wrong with the draft, all of it."""
    city = access_work(actor_of(request), slug, lang)
    found = computed(begun(city)).findings
    content = {
        "findings": [
            (each, finding_words(each, lang), table_words(each.file, lang), doors(each, slug, lang))
            for each in found
        ],
        "forbids": has_errors(found),
        "error_count": sum(each.severity == "error" for each in found),
    }
    return work_page(request, lang, city, "workspace/findings.html", content, tab="tables")


@csrf_protect
@require_POST
def undo(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """Take back one version and keep the later ones."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    found = version_of(city, number, lang)
    try:
        saved = do_undo_version(version=found, actor=signed_in(request))
    except Conflict as problem:
        content = {"clashes": problem.clashes, "new": found}
        page = "workspace/conflict.html"
        return work_page(request, lang, city, page, content, tab="history", status=409)
    return _back(request, lang, slug, saved.version)


@csrf_protect
@require_POST
def restore(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """Make an earlier version the newest one again."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    saved = do_restore_version(version=version_of(city, number, lang), actor=signed_in(request))
    return _back(request, lang, slug, saved.version)


@csrf_protect
@require_POST
def preview(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Show the draft on the city's pages, or what is published again."""
    city = access_work(actor_of(request), slug, lang, may_read_work)
    wanted = request.POST.get("show") == "draft"
    previews.switch(request, slug, wanted)
    if wanted or city.is_listed:
        return redirect(_own(request) or reverse("cities:overview", args=[lang, slug]))
    return redirect("desk:desk", lang, slug)


def _back(request: HttpRequest, lang: Language, slug: str, version: Version) -> HttpResponse:
    own = _own(request)
    return redirect(own or reverse("workspace:version", args=[lang, slug, version.number]))


def _own(request: HttpRequest) -> str:
    """Where the form wants to go on, if that is a page of ours."""
    to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        to, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return to if is_ours and to.startswith("/") else ""
