"""Pages of a contract's text: the outline, a section in both languages, its figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.contract.narrative import OUTLINE, Section, sections
from vatra.tables import Finding
from vatra.web.base.errors import Choice, NotHere
from vatra.web.cities.models import City
from vatra.web.drafting import files, shown
from vatra.web.drafting.actions import cleaned, do_save_section
from vatra.web.drafting.checklist import gaps
from vatra.web.drafting.compared import Sides, sides_of
from vatra.web.drafting.ground import Ground, ground_of
from vatra.web.drafting.linted import linted
from vatra.web.drafting.queries import approved_review, changes_since, open_review, reviews
from vatra.web.drafting.rules import may_decide
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.models import Version
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, version_of
from vatra.web.workspace.views import begun, signed_in
from vatra.words import Language, language

EDIT = ("GET", "HEAD", "POST")


@require_safe
def contract(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The outline with the state of each section, and where the review stands."""
    city = access_work(actor_of(request), slug, lang)
    head = begun(city)
    ground = ground_of(head)
    last, asked = reviews(city).first(), open_review(city)
    parts = shown.outline(ground, lang)
    lines = [each for _, _, part in parts for each in part]
    content = {
        "parts": parts,
        "files": _files(head, ground, lang) if ground.document is not None else [],
        "written_count": sum(each.state == "both" for each in lines),
        "section_count": len(lines),
        "wrong_count": sum(each.wrong_count for each in lines),
        "stray": [each.message(lang) for each in shown.stray(ground)],
        "is_computed": ground.document is not None,
        "gaps": [(each, each.message(lang)) for each in gaps(ground)],
        "review": last,
        "is_open": asked is not None,
        "may_decide": asked is not None and may_decide(asked).allows(actor_of(request), city),
        "approved": approved_review(city),
        "changes": changes_since(last) if last else 0,
    }
    return work_page(request, lang, city, "drafting/contract.html", content)


def _files(head: Version, ground: Ground, lang: Language) -> list[dict[str, Any]]:
    """Each file of the draft, and the job that makes it now."""
    wanted = files.offered(head, ground.languages, lang)
    jobs = files.open_jobs(wanted)
    return [
        {"url": f"/{lang}/{each.place}", "words": each.words, "job": job}
        for each, job in zip(wanted, jobs, strict=True)
    ]


@csrf_protect
@require_http_methods(EDIT)
def section(request: HttpRequest, lang: Language, slug: str, key: str) -> HttpResponse:
    """One section: both languages side by side, its findings, its tables."""
    rule = may_edit_city if request.method == "POST" else None
    actor = actor_of(request)
    city = access_work(actor, slug, lang, rule) if rule else access_work(actor, slug, lang)
    head = begun(city)
    place = _section(lang, city, key)
    if request.method != "POST":
        return _editor(request, lang, city, place, ground_of(head))
    base = _base(request, city, head, lang)
    texts = _texts(request)
    if request.POST.get("do") == "preview":
        return _editor(request, lang, city, place, ground_of(base), texts)
    if "live" in request.POST:
        texts = _made_live(request.POST["live"], texts)
    try:
        saved = do_save_section(
            city=city, base=base, key=key, texts=texts, actor=signed_in(request)
        )
    except Conflict as problem:
        return _conflict(request, lang, city, place, problem, head, texts)
    done = "merged" if saved.merged and saved.is_new else "saved" if saved.is_new else "same"
    page = reverse("drafting:section", args=[lang, slug, key])
    return redirect(f"{page}?done={done}")


@csrf_protect
@require_POST
def preview(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """A text as it will be printed; part of the section's page while somebody types."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    spoken: Language = "en" if request.POST.get("lang", lang) == "en" else "ro"
    text = cleaned(request.POST.get(f"text-{spoken}", ""))
    head = begun(city)
    seen = shown.preview(text, ground_of(head).figures, spoken, sides_of(city, head))
    return render(request, "drafting/_preview.html", {"seen": seen, "code": spoken})


@require_safe
def figures(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The figures that a text may name, found by words."""
    city = access_work(actor_of(request), slug, lang)
    asked = request.GET.get("q", "")[:100]
    head = begun(city)
    known, sides = ground_of(head).figures, sides_of(city, head)
    found = shown.search_figures(known, asked, lang) if known else []
    rows = [
        (each.path, each.title[lang], each.words(lang), shown.note_of(each, sides, lang))
        for each in found
    ]
    content = {"found": rows, "asked": asked, "count": len(known.listed) if known else 0}
    if request.headers.get("HX-Request"):
        return render(request, "drafting/_figures.html", {"city": city, **content})
    return work_page(request, lang, city, "drafting/figures.html", content, tab="contract")


@require_safe
def lint(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """The linter on the contract as it would be printed, its text included."""
    city = access_work(actor_of(request), slug, lang)
    found = linted(begun(city), lang)
    content = {
        "found": found,
        "error_count": sum(each["severity"] == "error" for each in found or ()),
    }
    if request.headers.get("HX-Request"):
        return render(request, "drafting/_lint.html", {"city": city, **content})
    return work_page(request, lang, city, "drafting/lint.html", content, tab="contract")


def _section(lang: Language, city: City, key: str) -> Section:
    found = sections().get(key)
    if found is None:
        exist = [
            Choice(each.title(lang), reverse("drafting:section", args=[lang, city.slug, each.key]))
            for each in OUTLINE
        ]
        raise NotHere("web.drafting.section-unknown", exist, name=key[:40])
    return found


def _base(request: HttpRequest, city: City, head: Version, lang: Language) -> Version:
    number = request.POST.get("base", "")[:9]
    return version_of(city, int(number), lang) if number.isdecimal() else head


def _texts(request: HttpRequest) -> dict[Language, str]:
    return {
        lang: cleaned(request.POST[f"text-{lang}"])
        for lang in ("ro", "en")
        if f"text-{lang}" in request.POST
    }


def _made_live(wish: str, texts: dict[Language, str]) -> dict[Language, str]:
    """Put the code of a figure where a typed one stands: ``ro:12:20:641.750 t:buildings.2021``."""
    code, start, end, path, typed = [*wish.split(":", 4), "", "", "", "", ""][:5]
    text = texts.get(language(code)) if code in ("ro", "en") else None
    if text is None or not all(each.isdecimal() and len(each) < 9 for each in (start, end)):
        return texts
    at, to = int(start), int(end)
    if text[at:to] != typed:
        return texts
    return texts | {language(code): f"{text[:at]}{{{{ {path} }}}}{text[to:]}"}


def _editor(
    request: HttpRequest,
    lang: Language,
    city: City,
    place: Section,
    ground: Ground,
    texts: dict[Language, str] | None = None,
) -> HttpResponse:
    """The page of a section; ``texts`` those that are not saved yet."""
    if texts is not None:
        ground = shown.with_text(ground, {code: {place.key: each} for code, each in texts.items()})
    known = sides_of(city, ground.version)
    sides = [_side(ground, place, code, lang, known) for code in _in_order(ground.languages, lang)]
    at = OUTLINE.index(place)
    done = request.GET.get("done", "")
    content = {
        "section": place,
        "title": place.title(lang),
        "hint": place.hint(lang),
        "sides": sides,
        "base": ground.version.number,
        "beside": shown.beside(ground, place, lang),
        "is_unsaved": texts is not None,
        "done": f"web.drafting.done-{done}" if done in ("saved", "merged", "same") else "",
        "before": OUTLINE[at - 1] if at else None,
        "after": OUTLINE[at + 1] if at + 1 < len(OUTLINE) else None,
        "found": [],
        "asked": "",
        "is_computed": ground.document is not None,
    }
    return work_page(request, lang, city, "drafting/section.html", content, tab="contract")


def _in_order(languages: tuple[Language, ...], lang: Language) -> list[Language]:
    """The reader's language first."""
    return sorted(languages, key=lambda each: each != lang)


def _side(
    ground: Ground, place: Section, code: Language, lang: Language, known: Sides
) -> dict[str, object]:
    text = ground.narrative.text(code, place.key).strip()
    found = [
        each
        for each in ground.text_findings
        if each.column == place.key and shown.place_words(each) == code
    ]
    return {
        "code": code,
        "text": text,
        "rows": max(10, min(30, text.count("\n") + len(text) // 70 + 4)),
        "seen": shown.preview(text, ground.figures, code, known),
        "findings": [(each, _near(ground, code, place.key, each).message(lang)) for each in found],
        "typed": _offers(ground, code, place.key, text, known),
    }


def _near(ground: Ground, code: Language, key: str, finding: Finding) -> Finding:
    """The finding with lines counted from the top of the section, as its field shows them."""
    written = ground.narrative.sections.get(code, {}).get(key)
    first = written.line - 1 if written else 0
    return replace(finding, lines=tuple(each - first for each in finding.lines))


def _offers(
    ground: Ground, code: Language, key: str, text: str, known: Sides
) -> list[dict[str, object]]:
    """Typed figures with the buttons that make them live; places are those of the trimmed text."""
    written = ground.narrative.sections.get(code, {}).get(key)
    lead = len(written.text) - len(written.text.lstrip()) if written else 0
    found = []
    for each in shown.typed_of(ground, code, key):
        if not each.paths or ground.figures is None:
            continue
        start, end = each.start - lead, each.end - lead
        choices = [
            (
                f"{code}:{start}:{end}:{path}:{text[start:end]}",
                path,
                ground.figures.listed[path].words(code),
                ground.figures.listed[path].title[code],
                shown.note_of(ground.figures.listed[path], known, code),
            )
            for path in each.paths
        ]
        found.append({"typed": each, "choices": choices})
    return found


def _conflict(
    request: HttpRequest,
    lang: Language,
    city: City,
    place: Section,
    problem: Conflict,
    head: Version,
    texts: dict[Language, str],
) -> HttpResponse:
    """Somebody else changed the same lines: both are shown, and the person puts them together."""
    ground = ground_of(head)
    sides = [
        {
            "code": code,
            "mine": mine,
            "theirs": ground.narrative.text(code, place.key).strip(),
            "rows": max(10, min(30, mine.count("\n") + len(mine) // 70 + 4)),
        }
        for code, mine in texts.items()
    ]
    content = {
        "section": place,
        "title": place.title(lang),
        "sides": sides,
        "clashes": problem.clashes,
        "base": head.number,
    }
    page = "drafting/conflict.html"
    return work_page(request, lang, city, page, content, tab="contract", status=409)
