"""Many buildings changed by a table: chosen columns out, changed ones in, differences shown."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from vatra.runs.stock_edit import FILE, Edit
from vatra.web.blocks import editing
from vatra.web.blocks.filters import Filter
from vatra.web.blocks.folders import Held
from vatra.web.blocks.queries import grouped, needed, quarter_words
from vatra.web.blocks.views import block_page
from vatra.web.cities.models import City
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.taken import taken
from vatra.words import Language, say


@require_safe
def columns(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Chosen columns of the buildings that fit, as CSV."""
    city = access_city(PUBLIC, slug, lang)
    text = editing.columns_csv(city, needed(city, lang), request.GET)
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    return taken(response, city, "columns", "csv", lang)


def _csv(text: str, city: City, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The form, and what the table that was handed in would change; nothing is stored."""
    city = access_city(PUBLIC, slug, lang)
    held = needed(city, lang)
    content = _form(request, city, held, lang)
    if request.method != "POST":
        return block_page(request, lang, city, "edit", content)
    try:
        sent = editing.given(request)
    except editing.TooLarge:
        megabytes = editing.LARGEST_BYTES // 1_000_000
        content["error"] = say("web.blocks.edit-too-large", lang, megabytes=megabytes)
        return _answered(request, city, content, 413, lang)
    if not sent.strip():
        content["error"] = say("web.blocks.edit-nothing", lang)
        return _answered(request, city, content, 422, lang)
    found = editing.edited(city, sent)
    if found.ok and request.POST.get("download"):
        return _csv(found.csv(), city, FILE)
    content |= _preview(held, found, sent, lang)
    return _answered(request, city, content, 200 if found.ok else 422, lang)


def _answered(
    request: HttpRequest, city: City, content: dict[str, Any], status: int, lang: Language
) -> HttpResponse:
    response = block_page(request, lang, city, "edit", content)
    response.status_code = status
    return response


def _form(request: HttpRequest, city: City, held: Held, lang: Language) -> dict[str, Any]:
    wished = Filter.of(request.GET)
    everyone = range(len(held.zones))
    return {
        "held": held,
        "wished": wished,
        "quarters": [
            (code, quarter_words(code)) for code in grouped(held, everyone, "quarter") if code
        ],
        "choices": editing.column_choices(request.GET, lang),
        "text": editing.columns_csv(city, held, request.GET) if request.GET else "",
        "part": "edit",
    }


def _preview(held: Held, found: Edit, sent: bytes, lang: Language) -> dict[str, Any]:
    return {
        "edit": found,
        "text": sent.decode("utf-8-sig", "replace"),
        "changes": editing.differences(found, lang),
        "changes_count": len(found.changes),
        "buildings_count": len({each.building for each in found.changes}),
        "shown_count": editing.SHOWN,
        "effect": editing.effect(held, found),
        "faults": [
            (each.severity == "error", each.message(lang))
            for each in found.findings
            if each.severity != "note"
        ],
    }
