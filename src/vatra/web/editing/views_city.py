"""What a city assumes: its years, its target, its factors, with the explanation of each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vatra.web.cities.models import City
from vatra.web.editing.city_form import FILE_NAME, CityForm, form_of, texts_of
from vatra.web.editing.notices import notice_of
from vatra.web.editing.place import BASE
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city, may_read_work
from vatra.web.workspace.actions import do_save_files
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.models import Version
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, sheet_of, text_of, version_of
from vatra.web.workspace.sheet import Unreadable
from vatra.web.workspace.views import begun, signed_in
from vatra.words import Language


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def city(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The form of ``city.yaml``."""
    rule = may_edit_city if request.method == "POST" else may_read_work
    found = access_work(actor_of(request), slug, lang, rule)
    head = begun(found)
    if request.method != "POST":
        return _page(request, lang, found, head, form_of(text_of(head, FILE_NAME), None, lang))
    base = _base(request, found, head, lang)
    form = form_of(text_of(base, FILE_NAME), request.POST, lang)
    if not form.ok:
        return _page(request, lang, found, base, form, 422)
    try:
        saved = do_save_files(
            city=found, base=base, files={FILE_NAME: form.content.encode()}, kind="edit",
            note="city", actor=signed_in(request),
        )  # fmt: skip
    except Conflict:
        # The form is shown over the newest state, beside what stands there now.
        again = form_of(text_of(head, FILE_NAME), request.POST, lang)
        return _page(request, lang, found, head, again, 409)
    number = f"?saved={saved.version.number}" if saved.is_new else ""
    return redirect(reverse("editing:city", args=[lang, slug]) + number)


def _base(request: HttpRequest, city: City, head: Version, lang: Language) -> Version:
    given = request.POST.get(BASE, "")
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        return head
    return version_of(city, int(given), lang)


def _own_sets(version: Version) -> list[str]:
    """Sets that the city's own factors and parameters stand in."""
    found = []
    for name in ("factors", "parameters"):
        try:
            rows = sheet_of(version, name).rows
        except Unreadable:
            continue
        found += [each.get("set", "").strip() for each in rows]
    return [each for each in dict.fromkeys(found) if each]


def _page(
    request: HttpRequest, lang: Language, city: City, base: Version, form: CityForm,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    now = texts_of(text_of(base, FILE_NAME))
    content = {
        "fields": [
            (each, each.named(now.get(each.key, "") if status == 409 else each.text))
            for each in form.fields(lang, _own_sets(base))
        ],
        "others": form.faults.get("", ()),
        "fault_count": sum(len(each) for each in form.faults.values()),
        "is_clash": status == 409,
        "base": base,
        "notice": notice_of(request, city),
    }
    page = "editing/city.html"
    return work_page(request, lang, city, page, content, tab="tables", status=status)
