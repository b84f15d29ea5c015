"""Editions for everybody: the list, one with its seal and signatures, two side by side."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from vatra.web.base.addresses import public
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.cities.queries import access_city
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.taken import marked
from vatra.web.cities.views import city_page
from vatra.web.progress.verifying import report_with_seal
from vatra.web.publication import folders, queries, shown, verifying
from vatra.web.publication.differences import between
from vatra.web.publication.models import Signature
from vatra.web.publication.qr import qr_svg
from vatra.web.publication.views_work import file_response
from vatra.words import Language, say

# Editions stand under the tab of the contract.
_TAB = {"here": "contract", "part": "editions"}
TYPES = {"json": "application/json", "pdf": "application/pdf", "p7s": "application/pkcs7-signature"}


@require_safe
def editions(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What was ever published: also what is superseded or withdrawn."""
    city = access_city(PUBLIC, slug, lang)
    every = list(queries.editions(city))
    content = {
        "editions": [(each, shown.edition_words(each, lang)) for each in every],
        "pairs": list(pairwise(every)),
    }
    return city_page(request, lang, city, "publication/editions.html", content | _TAB)


@require_safe
def edition(request: HttpRequest, lang: Language, slug: str, number: int) -> HttpResponse:
    """One edition: its seal, who signed, whether it all holds now, its files."""
    city = access_city(PUBLIC, slug, lang)
    found = queries.edition_of(city, number, lang)
    known = verifying.standing(found, lang)
    page = reverse("publication:verify-seal", args=[lang, found.seal])
    url = public(page)
    others = [each for each in queries.editions(city) if each.pk != found.pk]
    content: dict[str, Any] = {
        "edition": found,
        "standing": known,
        "says": shown.in_words(queries.document_of(found), lang),
        "files": [each for each in shown.files_of(found) if each.group == "contract"],
        "verify_page": page,
        "verify_url": url,
        # What is printed and photographed must not lead to the machine of who printed it.
        "code": qr_svg(url, say("web.publication.code-label", lang, number=number)) if url else "",
        "others": others,
        "mismatches": [each.message(lang) for each in known.mismatches],
    }
    content |= verifying.named(known, lang)
    return city_page(request, lang, city, "publication/edition.html", content | _TAB)


@require_safe
def file(
    request: HttpRequest, lang: Language, slug: str, number: int, name: str
) -> HttpResponseBase:
    """A file of an edition, as it was sealed."""
    city = access_city(PUBLIC, slug, lang)
    found = queries.edition_of(city, number, lang)
    home = reverse("publication:file", args=[lang, slug, number, "-"])[:-1]
    response = file_response(found, name, home, f"{slug}-edition-{number}")
    gone = queries.withdrawal(found) if found.state == "withdrawn" else None
    return marked(response, gone, lang)


@require_safe
def signature(
    request: HttpRequest, lang: Language, slug: str, number: int, name: str
) -> HttpResponseBase:
    """The file of a signature, to be verified elsewhere."""
    city = access_city(PUBLIC, slug, lang)
    found = queries.edition_of(city, number, lang)
    rows = list(Signature.objects.filter(signatory__contract=found))
    row = next((each for each in rows if each.file == name), None)
    path = queries.folder_of(found) / folders.SIGNATURES / row.file if row else None
    if row is None or path is None or not path.is_file():
        url = "publication:signature"
        exist = [
            Choice(each.file, reverse(url, args=[lang, slug, number, each.file])) for each in rows
        ]
        raise NotHere("web.publication.signature-unknown", exist, name=name[:100])
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=f"{slug}-edition-{number}-{row.file}",
        content_type=TYPES[row.file.rpartition(".")[2]],
    )


@require_safe
def compare(
    request: HttpRequest, lang: Language, slug: str, number: int, other: int
) -> HttpResponse:
    """What moved from one edition to another, and by how much."""
    city: City = access_city(PUBLIC, slug, lang)
    after = queries.edition_of(city, number, lang)
    before = queries.edition_of(city, other, lang)
    content = {
        "before": before,
        "after": after,
        "change": between(queries.document_of(before), queries.document_of(after), lang),
    }
    return city_page(request, lang, city, "publication/compare.html", content | _TAB)


@require_safe
def verify_seal(request: HttpRequest, lang: Language, seal: str) -> HttpResponse:
    """What is known here of a seal: the page that a printed edition leads to.

    The seal of a frozen report leads to the page of that report.
    """
    found = queries.shown_with_seal(seal)
    report = None if found else report_with_seal(seal)
    if report is not None:
        args = [lang, report.city.slug, report.year, report.edition]
        return redirect("progress:report", *args)
    known = verifying.standing(found, lang) if found else None
    content = {
        "seal": seal,
        "standing": known,
        "mismatches": [each.message(lang) for each in known.mismatches] if known else [],
    }
    content |= verifying.named(known, lang)
    return render(request, "publication/verify_seal.html", content, status=200 if known else 404)
