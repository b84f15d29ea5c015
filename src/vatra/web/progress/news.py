"""What a save did to the plan's progress: said once the newest version has been computed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from vatra.web.cities.models import City
from vatra.web.people.queries import actor_of
from vatra.web.progress.queries import PROGRESS_FILES, Outlook, is_known, outlook_of_version
from vatra.web.progress.sentences import change_sentences
from vatra.web.progress.working import Hand
from vatra.web.workspace.drafts import is_ready
from vatra.web.workspace.models import Version
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, head_of
from vatra.words import Language, say


def news(request: HttpRequest, hand: Hand, lang: Language) -> dict[str, Any]:
    """What a page says above its figures: what changed, or that this is still being computed."""
    before = _before(request, hand.city)
    if hand.version is None:
        return {}
    about = {"told": hand.told, "before": before}
    if hand.is_behind or (before is not None and not is_known(before)):
        return about | {"waits": True}
    return about | _said(before, hand.outlook, lang)


@never_cache
@require_safe
def draft(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The progress of the newest version: a part of the page, or the page without scripts."""
    city = access_work(actor_of(request), slug, lang)
    head, before = head_of(city), _before(request, city)
    wanted = [each for each in (before, head) if each is not None]
    done = is_ready(*wanted, actor=actor_of(request))
    outlooks = [outlook_of_version(each) for each in wanted] if done else []
    if head is None or not request.htmx:  # type: ignore[attr-defined]
        since = f"?since={before.number}" if before else ""
        return redirect(reverse("progress:work", args=[lang, slug]) + since)
    content: dict[str, Any] = {"before": before, "again": True, "waits": not done}
    if done:
        content |= _said(before, outlooks[-1], lang) | {"page": _page(request, city, lang)}
    response = work_page(request, lang, city, "progress/_news.html", content, tab="progress")
    patch_vary_headers(response, ["HX-Request"])
    return response


def _before(request: HttpRequest, city: City) -> Version | None:
    """The version that the address names as the state before."""
    number = request.GET.get("since", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return Version.objects.filter(city=city, number=int(number)).first()


def _said(before: Version | None, now: Outlook, lang: Language) -> dict[str, Any]:
    if before is None:
        return {}
    was = outlook_of_version(before)
    if now.document is None or _has_new_faults(was, now):
        return {"since": [say("web.progress.since-faults", lang)]}
    return {"since": change_sentences(was, now, lang)}


def _has_new_faults(was: Outlook, now: Outlook) -> bool:
    return any(
        each.severity == "error" and each.file in PROGRESS_FILES and each not in was.findings
        for each in now.findings
    )


def _page(request: HttpRequest, city: City, lang: Language) -> str:
    """The page that asks, if it is one of progress: its figures are fetched anew."""
    whole = urlsplit(request.htmx.current_url_abs_path or "")  # type: ignore[attr-defined]
    is_ours = whole.path.startswith(reverse("progress:work", args=[lang, city.slug]))
    return f"{whole.path}?{whole.query}" if is_ours else ""
