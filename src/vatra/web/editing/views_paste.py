"""Several rows at once: pasted, looked at, added."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vatra.web.editing.paste import MOST_ROWS, Pasted, pasted
from vatra.web.editing.place import Place, place_of
from vatra.web.editing.views_tables import headings
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.actions import do_save_cells
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.views import signed_in
from vatra.words import Language, say

TEXT, STEP = "text", "step"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def paste(request: HttpRequest, lang: Language, slug: str, name: str) -> HttpResponse:
    """The form, then what it would add, then the rows themselves."""
    place = place_of(request, lang, slug, name, may_edit_city)
    if request.method != "POST":
        return _page(request, place, "", None)
    text = request.POST.get(TEXT, "")
    found = pasted(place, text)
    if not found.ok or request.POST.get(STEP) != "save":
        return _page(request, place, text, found)
    saved = do_save_cells(
        city=place.city, table=place.name, base=place.base, changes=found.changes(),
        actor=signed_in(request),
        note=say("web.editing.note-pasted", lang, table=place.words, count=len(found.rows)),
    )  # fmt: skip
    return redirect(f"{place.url}?saved={saved.version.number}")


def _page(request: HttpRequest, place: Place, text: str, found: Pasted | None) -> HttpResponse:
    content = {
        "place": place,
        "text": text,
        "pasted": found,
        "headings": headings(place.name, place.lang),
        "most": MOST_ROWS,
    }
    page, status = "editing/paste.html", 422 if found is not None and not found.ok else 200
    return work_page(request, place.lang, place.city, page, content, tab="tables", status=status)
