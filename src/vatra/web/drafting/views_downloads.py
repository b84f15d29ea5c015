"""Downloads: the draft with its mark, and SECAP tables of the draft and of what is published."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from vatra.web.base.errors import NotReady
from vatra.web.cities import folders
from vatra.web.cities.models import City
from vatra.web.cities.queries import document as published_document
from vatra.web.drafting.downloads import CONTENT_TYPES, draft_bytes, secap_bytes
from vatra.web.people.queries import access_city, actor_of
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import Computed, computed
from vatra.web.workspace.queries import access_work
from vatra.web.workspace.views import begun
from vatra.words import Language, language


@require_safe
def draft(request: HttpRequest, lang: Language, slug: str, code: str, form: str) -> HttpResponse:
    """The draft as a file in a language; every page of it says that it is not sealed."""
    city = access_work(actor_of(request), slug, lang)
    head = begun(city)
    found = _ready(computed(head))
    content = draft_bytes(found.document or {}, form, language(code))
    return _file(city, f"draft-{head.number}.{code}", form, content)


@require_safe
def secap(request: HttpRequest, lang: Language, slug: str, form: str) -> HttpResponse:
    """Inventory and plan of the draft as a SECAP takes them."""
    city = access_work(actor_of(request), slug, lang)
    head: Version = begun(city)
    found = _ready(computed(head))
    run, document = found.run, found.document
    if run is None or document is None:
        raise NotReady("web.drafting.not-computed")
    content = secap_bytes(run, document, form, lang, draft=True)
    return _file(city, f"secap-draft-{head.number}.{lang}", form, content)


@require_safe
def secap_published(request: HttpRequest, lang: Language, slug: str, form: str) -> HttpResponse:
    """The same of the contract that is published."""
    city = access_city(actor_of(request), slug, lang)
    run = folders.run_of(Path(city.folder), city.run_id)
    content = secap_bytes(run, published_document(city), form, lang, draft=False)
    return _file(city, f"secap.{lang}", form, content)


def _ready(found: Computed) -> Computed:
    if not found.ok:
        raise NotReady("web.drafting.not-computed")
    return found


def _file(city: City, name: str, form: str, content: bytes) -> HttpResponse:
    mark = "synthetic-" if city.synthetic else ""
    response = HttpResponse(content, content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{mark}{city.slug}-{name}.{form}"'
    return response
