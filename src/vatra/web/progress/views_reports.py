"""Frozen reports: made by who works on the city, read and checked by everybody."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vatra.runs.monitor_frozen import altered_parts
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.taken import file_name
from vatra.web.cities.views import city_page
from vatra.web.people.errors import Refused
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_read_work
from vatra.web.people.views_account import SEND, signed_in
from vatra.web.progress import reports
from vatra.web.progress.actions import do_freeze_year, may_freeze
from vatra.web.progress.models import FrozenReport
from vatra.web.progress.news import news
from vatra.web.progress.queries import Outlook, reports_of
from vatra.web.progress.sentences import answer, counts, grounds
from vatra.web.progress.views_work import TAB
from vatra.web.progress.working import base_of, in_hand, with_newest
from vatra.web.workspace.pages import work_page
from vatra.words import Language


@never_cache
@require_http_methods(SEND)
def annual(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Reports that were frozen, and the button that freezes the year."""
    hand = in_hand(request, lang, slug, may_freeze if request.method == "POST" else may_read_work)
    problem = ""
    year = hand.document["year"] if hand.document is not None else None
    if request.method == "POST":
        hand = with_newest(hand)
        year = hand.document["year"] if hand.document is not None else None
        try:
            made = do_freeze_year(
                city=hand.city, version=base_of(request, hand), year=int(year or 0),
                actor=signed_in(request),
            )  # fmt: skip
        except Refused as refused:
            problem = refused.message(lang)
        else:
            args = [lang, slug, made.year, made.edition]
            public = hand.city.is_listed and bool(hand.city.folder)
            return redirect(reverse("progress:report", args=args) if public else request.path)
    found = reports_of(hand.city)
    content = {
        "year": year,
        "answer": f"{answer(hand.outlook, lang)} {grounds(hand.outlook, lang)}".strip(),
        "reports": found,
        "edition": next((each.edition + 1 for each in found if each.year == year), 1),
        "base": hand.version.number if hand.version else "",
        "problem": problem,
        "may_write": may_freeze.allows(actor_of(request), hand.city) and not hand.is_behind,
        **news(request, hand, lang),
    }
    status = 409 if problem else 200
    return work_page(request, lang, hand.city, "progress/annual.html", content, tab=TAB,
                     status=status)  # fmt: skip


@require_safe
def report(
    request: HttpRequest, lang: Language, slug: str, year: int, edition: int
) -> HttpResponse:
    """A frozen report: whether it is still as it was sealed, and its files."""
    city = access_city(PUBLIC, slug, lang)
    found = _report(city, year, edition, lang)
    document = reports.read_report(city, year, edition)
    altered = ["file"] if document is None else altered_parts(document)
    if not altered and document is not None and document["seal"]["value"] != found.seal:
        altered = ["seal"]
    later = FrozenReport.objects.filter(city=city, year=year, edition__gt=edition).first()
    content = {"report": found, "altered": altered, "later": later, "forms": reports.FORMS}
    if document is not None and not altered:
        # What was altered says nothing that may be quoted.
        said = Outlook(document)
        rests_on = f"{grounds(said, lang)} {counts(document, lang)}"
        content |= {"says": answer(said, lang), "rests_on": rests_on}
    return city_page(request, lang, city, "progress/report.html", content)


@require_safe
def report_file(
    request: HttpRequest, lang: Language, slug: str, year: int, edition: int, form: str
) -> HttpResponseBase:
    """A file of a frozen report, as it was written."""
    city = access_city(PUBLIC, slug, lang)
    _report(city, year, edition, lang)
    path = reports.file_of(city, year, edition, form, lang)
    if not path.is_file():
        url = reverse("progress:report", args=[lang, slug, year, edition])
        raise NotHere("web.progress.report-gone", [Choice(f"{year}/{edition}", url)])
    name = f"progress-{year}-{edition}" + ("" if form == "json" else f".{lang}")
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=file_name(city, name, form),
        content_type=reports.CONTENT_TYPES[form],
    )


def _report(city: City, year: int, edition: int, lang: Language) -> FrozenReport:
    found = FrozenReport.objects.filter(city=city, year=year, edition=edition).first()
    if found is None:
        exist = [
            Choice(f"{each.year}/{each.edition}",
                   reverse("progress:report", args=[lang, city.slug, each.year, each.edition]))
            for each in reports_of(city)
        ]  # fmt: skip
        raise NotHere("web.progress.report-unknown", exist, year=str(year), edition=str(edition))
    return found
