"""The page of the search: parse what is asked, ask, render."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from vatra.web.people.queries import actor_of
from vatra.web.search.queries import KINDS, LONGEST_QUERY, Asked, Found, search
from vatra.words import Language, say

HIGHEST_PAGE = 100
SLUG_LENGTH = 80


@require_safe
def results(request: HttpRequest, lang: Language) -> HttpResponse:
    """What was found for the words of the address; the part alone for a page that asks for it."""
    asked, faults = read(request, lang)
    found = search(actor_of(request), asked, lang)
    content: dict[str, Any] = {
        "asked": asked,
        "faults": faults,
        "found": found,
        "kinds": [
            (kind, say(f"web.search.kind-{kind}", lang), count, _at(asked, kind=kind, page=1))
            for kind, count in found.kinds
        ],
        "all_url": _at(asked, kind="", page=1),
        "hits": [(each, say(f"web.search.kind-{each.kind}", lang)) for each in found.hits],
        "longest": LONGEST_QUERY,
        **_pages(asked, found),
    }
    is_part = request.htmx and request.htmx.target == "results"  # type: ignore[attr-defined]
    template = "search/_results.html" if is_part else "search/search.html"
    response = render(request, template, content, status=422 if faults else 200)
    patch_vary_headers(response, ["HX-Request", "HX-Target", "Cookie"])
    # What somebody looks for is theirs.
    patch_cache_control(response, private=True, no_store=True)
    return response


def read(request: HttpRequest, lang: Language) -> tuple[Asked, list[str]]:
    """What is asked, and what of it cannot be."""
    text, faults = request.GET.get("q", ""), []
    if "\0" in text:
        text = text.replace("\0", " ")
        faults.append(say("web.search.fault-sign", lang))
    if len(text) > LONGEST_QUERY:
        text = text[:LONGEST_QUERY]
        faults.append(say("web.search.fault-long", lang, count=LONGEST_QUERY))
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        faults.append(say("web.search.fault-kind", lang))
        kind = ""
    city = request.GET.get("city", "").replace("\0", "")[:SLUG_LENGTH]
    return Asked(text.strip(), kind, city, _page(request.GET.get("page", "1"))), faults


def _page(text: str) -> int:
    is_number = text.isascii() and text.isdigit() and len(text) < 6
    return min(max(int(text), 1), HIGHEST_PAGE) if is_number else 1


def _at(asked: Asked, **changes: Any) -> str:
    parts = {"q": asked.text, "kind": asked.kind, "city": asked.city, "page": asked.page} | changes
    parts = {name: value for name, value in parts.items() if value and (name, value) != ("page", 1)}
    return "?" + urlencode(parts)


def _pages(asked: Asked, found: Found) -> dict[str, str]:
    has_next = asked.page < found.pages_count
    return {
        "before_url": _at(asked, page=asked.page - 1) if asked.page > 1 else "",
        "after_url": _at(asked, page=asked.page + 1) if has_next else "",
    }
