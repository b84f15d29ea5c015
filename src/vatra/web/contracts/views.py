"""Pages of sealed contracts: parse the request, ask, render."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.kept import sealed_page
from vatra.web.cities.queries import access_city, document
from vatra.web.cities.rules import PUBLIC
from vatra.web.cities.taken import table_file, taken
from vatra.web.cities.views import city_page
from vatra.web.contracts import beside, tables
from vatra.web.contracts.files import output_files
from vatra.web.contracts.forms import ContractForm, given
from vatra.web.contracts.limits import TOO_OFTEN, WINDOW_SECONDS, refused_unread
from vatra.web.contracts.queries import (
    check_contract,
    editions,
    figure_name,
    figure_words,
    own_mismatches,
)
from vatra.words import Language


@require_safe
@sealed_page
def findings(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What does not add up in the rows and in the printed tables."""
    city = access_city(PUBLIC, slug, lang)
    found = tables.findings(document(city), lang)
    content = {
        "found": found,
        "error_count": sum(each["severity"] == "error" for each in found),
        "repair_count": sum(bool(each["repair"]) for each in found),
        "findings_table": tables.findings_table(document(city), lang),
    }
    return city_page(request, lang, city, "contracts/findings.html", content)


@require_safe
def contract(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The sealed contract: its seal, its files, its tables."""
    city = access_city(PUBLIC, slug, lang)
    files = output_files(Path(city.folder))
    content = {
        "mismatches": [each.message(lang) for each in own_mismatches(city)],
        "documents": [each for each in files if each.group == "contract"],
        "table_files": [each for each in files if each.group == "tables"],
        "chart_files": [each for each in files if each.group == "charts"],
        "contract_tables": tables.contract_tables(document(city), lang),
        "editions": editions(city),
        "sealed": document(city),
    }
    # Whether it was taken back since, and who signed it.
    content |= beside.about(city.run_id, lang)
    return city_page(request, lang, city, "contracts/contract.html", content)


@require_safe
@sealed_page
def table(request: HttpRequest, lang: Language, slug: str, name: str, form: str) -> HttpResponse:
    """A table of the contract as CSV or JSON."""
    city = access_city(PUBLIC, slug, lang)
    shown = tables.contract_table(name, document(city), lang)
    if shown is None:
        exist = [
            Choice(each, reverse("contracts:table", args=[lang, slug, each, form]))
            for each in tables.table_names(document(city), lang)
        ]
        raise NotHere("web.cities.table-unknown", exist, name=name)
    return table_file(city, shown, form, lang)


@require_safe
def file(request: HttpRequest, lang: Language, slug: str, name: str) -> HttpResponseBase:
    """A file of the output folder, as it was written."""
    city = access_city(PUBLIC, slug, lang)
    files = output_files(Path(city.folder))
    found = next((each for each in files if each.name == name), None)
    if found is None:
        exist = [
            Choice(each.name, reverse("contracts:file", args=[lang, slug, each.name]))
            for each in files
        ]
        raise NotHere("web.contracts.file-unknown", exist, name=name)
    response = FileResponse(found.path.open("rb"), content_type=found.content_type)
    name, _, form = found.path.name.rpartition(".")
    return taken(response, city, name, form, lang)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, lang: Language) -> HttpResponse:
    """Hand in a contract and see whether its seal holds, and which figure does not.

    The proof of origin is checked by ``_verify``: reading it reads the form, and what is too large
    or too often must not be read at all.
    """
    problem = refused_unread(request, lang)
    if problem is not None:
        form = ContractForm(error=problem.message)
        response = render(request, "contracts/verify.html", {"form": form}, status=problem.status)
        if problem.status == TOO_OFTEN:
            response["Retry-After"] = str(WINDOW_SECONDS)
        return response
    return _verify(request, lang)


@csrf_protect
def _verify(request: HttpRequest, lang: Language) -> HttpResponse:
    if request.method != "POST":
        return render(request, "contracts/verify.html", {"form": ContractForm()})
    content, pasted = given(request)
    elsewhere = beside.answer(request, lang, content)
    if elsewhere is not None:
        return elsewhere
    form = ContractForm.of(content, pasted, lang)
    if form.error:
        return render(request, "contracts/verify.html", {"form": form}, status=422)
    verdict = check_contract(form.content)
    figures = [
        (
            each,
            figure_name(each.path, lang),
            figure_words(each.path, each.sealed, lang),
            figure_words(each.path, each.recomputed, lang),
        )
        for each in verdict.figures()
    ]
    others = [each.message(lang) for each in verdict.others()]
    shown = {"form": form, "verdict": verdict, "figures": figures, "others": others}
    return render(request, "contracts/verify.html", shown | beside.about(verdict.seal, lang))
