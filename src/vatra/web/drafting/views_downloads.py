"""Downloads: the draft with its mark, and SECAP tables of the draft and of what is published."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from vatra.web.cities import folders
from vatra.web.cities.models import City
from vatra.web.cities.queries import document as published_document
from vatra.web.cities.taken import taken
from vatra.web.drafting import files
from vatra.web.drafting.downloads import CONTENT_TYPES, secap_bytes
from vatra.web.people.queries import access_city, actor_of
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import access_work, version_of
from vatra.web.workspace.views import begun
from vatra.words import Language, language


@require_safe
def draft(request: HttpRequest, lang: Language, slug: str, code: str, form: str) -> HttpResponse:
    """The draft as a file in a language; every page of it says that it is not sealed."""
    city = access_work(actor_of(request), slug, lang)
    wanted = files.Wanted(_version(request, city, lang), "draft", language(code), form)
    return _given(request, lang, wanted, f"draft-{wanted.version.number}.{code}")


@require_safe
def secap(request: HttpRequest, lang: Language, slug: str, form: str) -> HttpResponse:
    """Inventory and plan of the draft as a SECAP takes them."""
    city = access_work(actor_of(request), slug, lang)
    wanted = files.Wanted(_version(request, city, lang), "secap", lang, form)
    return _given(request, lang, wanted, f"secap-draft-{wanted.version.number}.{lang}")


@require_safe
def secap_published(request: HttpRequest, lang: Language, slug: str, form: str) -> HttpResponse:
    """The same of the contract that is published."""
    city = access_city(actor_of(request), slug, lang)
    run = folders.run_of(Path(city.folder), city.run_id)
    content = secap_bytes(run, published_document(city), form, lang, draft=False)
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    return taken(response, city, f"secap.{lang}", form, lang)


def _version(request: HttpRequest, city: City, lang: Language) -> Version:
    """The newest version, or that of the address: what somebody waited for stays that."""
    newest, asked = begun(city), request.GET.get("version", "")
    if not asked.isascii() or not asked.isdigit() or len(asked) > 9:
        return newest
    return version_of(city, int(asked), lang)


def _given(request: HttpRequest, lang: Language, wanted: files.Wanted, name: str) -> HttpResponse:
    """The file, or the page of the job that makes it."""
    job = files.job_for(wanted, actor_of(request))
    city = wanted.version.city
    if job is not None:
        return redirect("jobs:job", lang, city.slug, job.pk)
    return _file(city, name, wanted.form, files.content_of(wanted))


def _file(city: City, name: str, form: str, content: bytes) -> HttpResponse:
    mark = "synthetic-" if city.synthetic else ""
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{mark}{city.slug}-{name}.{form}"'
    return response
