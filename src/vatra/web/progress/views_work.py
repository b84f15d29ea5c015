"""Pages of work: where the plan stands, and the forms by which people say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from vatra.runs.monitor_frozen_tables import measures_table, spending_table
from vatra.runs.monitor_tables import report_tables
from vatra.tables import label
from vatra.web.base.errors import Choice, NotHere
from vatra.web.people.holding import today
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_read_work
from vatra.web.people.views_account import SEND, signed_in
from vatra.web.progress.actions import do_write_row, may_report
from vatra.web.progress.charts import MONEY, PATH, chart_names, chart_of, indicator_names
from vatra.web.progress.drawn import drawing
from vatra.web.progress.forms import Form, indicator_form, report_form, value_form
from vatra.web.progress.news import news
from vatra.web.progress.sentences import answer, counts, grounds
from vatra.web.progress.shown import listed_measures, page_table
from vatra.web.progress.typed import number_of, read_text, shown_text
from vatra.web.progress.working import Hand, base_of, in_hand, with_newest
from vatra.web.workspace.changes import Conflict
from vatra.web.workspace.naming import finding_words
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import sheet_of
from vatra.web.workspace.sheet import Unreadable
from vatra.words import Language, say

TAB = "progress"
NUMBERS = ("number", "percent", "money")
FIRST, LAST = "indicator", "value"
FIRST_TABLE, LAST_TABLE = "indicators", "indicator_values"
FIGURES = ("adoption_percent", "committed_eur", "spent_eur")


@never_cache
@require_safe
def work(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Where the plan stands: expected target year, measures, what a delay costs."""
    hand = in_hand(request, lang, slug)
    content: dict[str, Any] = {
        "faults": [finding_words(each, lang) for each in hand.outlook.findings],
        **news(request, hand, lang),
    }
    document = hand.document
    if document is not None:
        tables = {each.id: each for each in report_tables(document, lang)}
        content |= {
            "answer": answer(hand.outlook, lang),
            "grounds": grounds(hand.outlook, lang),
            "counts": counts(document, lang),
            "drawing": drawing(chart_of(PATH, document, lang)),
            "measures": listed_measures(document, lang),
            "tables": [page_table(tables[name]) for name in ("target", "slips") if name in tables],
        }
    return work_page(request, lang, hand.city, "progress/progress.html", content, tab=TAB)


@never_cache
@require_http_methods(SEND)
def measure(request: HttpRequest, lang: Language, slug: str, code: str) -> HttpResponse:
    """What was reported of a measure, and the form for a year of it."""
    hand = in_hand(request, lang, slug, may_report if request.method == "POST" else may_read_work)
    document = _document(hand, lang)
    if code not in document["names"] and hand.is_behind:
        hand = with_newest(hand)
        document = _document(hand, lang)
    if code not in document["names"]:
        exist = [Choice(words, reverse("progress:measure", args=[lang, slug, each]))
                 for each, words in hand.actions(lang)]  # fmt: skip
        raise NotHere("web.progress.measure-unknown", exist, code=code[:40])
    rows = _reported(hand, code)
    form = _report_form(request, hand, rows, lang)
    if request.method == "POST":
        form = form.sent(request.POST)
        if form.ok:
            saved = _save(request, hand, "progress", form, lang, {"action": code})
            if isinstance(saved, HttpResponse):
                return saved
            form = saved
    shown = [_row(each, hand, lang) for each in rows]
    content = {
        "code": code,
        "name": document["names"][code][lang],
        "rows": shown,
        "is_over": _is_over(shown, lang),
        "shown": next(each for each in listed_measures(document, lang) if each.code == code),
        "form": form,
    }
    return _page(request, lang, hand, "progress/measure.html", content, form)


def _reported(hand: Hand, code: str) -> list[dict[str, str]]:
    if hand.version is None:
        return []
    try:
        rows = sheet_of(hand.version, "progress").rows
    except Unreadable:
        return []
    mine = [dict(each) for each in rows if each.get("action", "").strip() == code]
    return sorted(mine, key=lambda each: each.get("year", ""))


def _row(row: dict[str, str], hand: Hand, lang: Language) -> dict[str, str]:
    """A row of reports as people read it."""
    style = hand.style()
    figures = {name: read_text(row.get(name, ""), style, lang) for name in FIGURES}
    return {**row, **figures, "status": label("progress_status", row.get("status", ""), lang)}


def _is_over(rows: Sequence[Mapping[str, str]], lang: Language) -> bool:
    """Whether more was spent than contracts commit, where any commitment was reported."""
    committed, spent = (
        sum(number_of(row[name], lang) or 0 for row in rows if row[name])
        for name in ("committed_eur", "spent_eur")
    )
    return any(row["committed_eur"] for row in rows) and spent > committed


def _report_form(
    request: HttpRequest, hand: Hand, rows: list[dict[str, str]], lang: Language
) -> Form:
    """The year that the address asks for, with what is known of it."""
    document = hand.document or {}
    base, target = document["city"]["base_year"], document["city"]["target_year"]
    years = list(range(base + 1, target + 1))
    asked = request.GET.get("year", "")
    last = document["year"] or base + 1
    year = asked if asked in {str(each) for each in years} else str(last)
    known = next((each for each in rows if each.get("year", "").strip() == year), {})
    form, style = report_form(lang, years, {}), hand.style()
    values = {
        each.name: shown_text(known.get(each.name, ""), style, lang)
        if each.kind in NUMBERS
        else known.get(each.name, "")
        for each in form.fields
    }
    return report_form(lang, years, {**values, "year": year})


@never_cache
@require_http_methods(SEND)
def indicators(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """Every indicator with its picture; two forms: a new one, and a new value."""
    hand = in_hand(request, lang, slug, may_report if request.method == "POST" else may_read_work)
    document = _document(hand, lang)
    forms = _indicator_forms(hand, document, lang)
    sent = request.POST.get("form", "")
    if request.method == "POST" and sent in forms:
        form = forms[sent].sent(request.POST)
        if sent == LAST and form.ok and int(form.values["year"]) > today().year:
            # A target may lie ahead, a measured value does not.
            form = form.with_fault("year", say("web.progress.fault-later", lang, year=today().year))
        if form.ok:
            table = FIRST_TABLE if sent == FIRST else LAST_TABLE
            saved = _save(request, hand, table, form, lang)
            if isinstance(saved, HttpResponse):
                return saved
            form = saved
        forms[sent] = form
    names = indicator_names(document)
    content = {
        "listed": [
            (each["names"][lang], drawing(chart_of(name, document, lang)))
            for each, name in zip(document["indicators"], names, strict=True)
        ],
        "behind_count": sum(each["verdict"] == "behind" for each in document["indicators"]),
        "faults": [finding_words(each, lang) for each in hand.outlook.findings],
        "forms": forms,
        "can_value": bool(_indicators(hand, document, lang)),
    }
    wrong = next((each for each in forms.values() if not each.ok), None)
    return _page(request, lang, hand, "progress/indicators.html", content, wrong)


def _indicator_forms(hand: Hand, document: Any, lang: Language) -> dict[str, Form]:
    listed = _indicators(hand, document, lang)
    year = document["year"] or document["city"]["base_year"]
    return {
        FIRST: indicator_form(lang, hand.actions(lang)),
        LAST: value_form(lang, listed, year),
    }


def _indicators(hand: Hand, document: Any, lang: Language) -> list[tuple[str, str]]:
    """Code and words of each indicator: also of one that was saved a moment ago."""
    listed = {each["code"]: each["names"][lang] for each in document["indicators"]}
    if hand.version is not None and hand.is_behind:
        with suppress(Unreadable):
            rows = sheet_of(hand.version, FIRST_TABLE).rows
            names = {row["code"].strip(): row.get(f"name_{lang}", "").strip() for row in rows}
            listed = {code: names[code] or listed.get(code, "") for code in names if code}
    return [(code, f"{code} {name}".strip()) for code, name in listed.items()]


@never_cache
@require_safe
def money(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What the plan asks for, what was committed and spent, by year and by measure."""
    hand = in_hand(request, lang, slug)
    document = _document(hand, lang)
    has_money = MONEY in chart_names(document)
    content = {
        "drawing": drawing(chart_of(MONEY, document, lang)) if has_money else None,
        "tables": [page_table(spending_table(document, lang)),
                   page_table(measures_table(document, lang))],
    }  # fmt: skip
    return _page(request, lang, hand, "progress/money.html", content, None)


def _document(hand: Hand, lang: Language) -> Any:
    """What is known; 404 with the way to the overview where there is no plan to keep."""
    if hand.document is None:
        url = reverse("progress:work", args=[lang, hand.city.slug])
        raise NotHere("web.progress.no-plan", [Choice(hand.city.name, url)], city=hand.city.name)
    return hand.document


def _save(
    request: HttpRequest,
    hand: Hand,
    table: str,
    form: Form,
    lang: Language,
    more: dict[str, str] | None = None,
) -> HttpResponse | Form:
    """Save a row; the form with what stands against it where it cannot be saved."""
    style = hand.style()
    kinds = {each.name: each.kind for each in form.fields}
    row = {
        name: form.number(name, style) if kinds[name] in NUMBERS else text
        for name, text in form.values.items()
    }
    base = base_of(request, hand)
    first = form.fields[0].name
    try:
        do_write_row(
            city=hand.city, base=base, table=table, row={**row, **(more or {})},
            actor=signed_in(request),
        )  # fmt: skip
    except Conflict as problem:
        theirs = "; ".join(dict.fromkeys(each.theirs for each in problem.clashes if each.theirs))
        return form.with_fault(first, say("web.progress.conflict", lang, theirs=theirs or "–"))
    except Unreadable as problem:
        return form.with_fault(first, problem.finding.message(lang))
    back = reverse("progress:indicators" if table != "progress" else "progress:work",
                   args=[lang, hand.city.slug])  # fmt: skip
    # Without an end of its own the address would keep that of the form, out of sight of this.
    return redirect(f"{back}?since={base.number}&done=saved#said")


def _page(
    request: HttpRequest,
    lang: Language,
    hand: Hand,
    template: str,
    content: dict[str, Any],
    form: Form | None,
) -> HttpResponse:
    may_write = may_report.allows(actor_of(request), hand.city)
    shared = {"may_write": may_write, "base": hand.version.number if hand.version else ""}
    shared |= news(request, hand, lang)
    status = 422 if form is not None and not form.ok else 200
    return work_page(request, lang, hand.city, template, shared | content, tab=TAB, status=status)
