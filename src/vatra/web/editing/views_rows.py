"""Rows changed one by one: a cell in place, a row on its page, a new row, one less."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from vatra.tables import Column, fold
from vatra.web.base.errors import Choice, NotHere
from vatra.web.editing.cells import Input, input_of, shown
from vatra.web.editing.changing import BEFORE, VALUE, new_row, wanted_of
from vatra.web.editing.clashes import clash_rows
from vatra.web.editing.grid import key_words, name_of
from vatra.web.editing.ground import Row
from vatra.web.editing.notices import notice_of
from vatra.web.editing.place import Place, place_of, problem_of, row_unknown
from vatra.web.editing.prefill import prefilled
from vatra.web.editing.rowcheck import Fault, faults_of
from vatra.web.editing.views_tables import table_part
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.actions import Saved, do_save_cells, do_undo_version
from vatra.web.workspace.changes import CellChange, Conflict
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import version_of
from vatra.web.workspace.sheet import Unreadable
from vatra.web.workspace.views import signed_in
from vatra.words import Language, say

FORM = ("GET", "HEAD", "POST")
PAGE_OF = "HX-Current-URL"


def is_part(request: HttpRequest) -> bool:
    """Whether a script asks for a part of the page it is on."""
    return "HX-Request" in request.headers


@never_cache
@require_http_methods(FORM)
def cell(
    request: HttpRequest, lang: Language, slug: str, name: str, line: int, column: str
) -> HttpResponse:
    """One cell: its input, and what was typed into it."""
    place = place_of(request, lang, slug, name, may_edit_city)
    found = _column(place, column)
    seen = _seen(place, line)
    if not is_part(request):
        # Without scripts a cell is written on the page of its row; what was typed is never lost.
        if request.method == "POST":
            return row(request, lang, slug, name, line)
        return redirect(f"{_row_url(place, line)}?base={place.base.number}#f-{column}")
    if request.method != "POST":
        return _cell_form(request, place, found, line, seen.get(column, ""), seen, ())
    wanted = wanted_of(place, line, request.POST)
    if wanted is None:
        return _gone(request, place, line, request.POST)
    if not wanted.ok:
        given = wanted.given.get(column, "")
        return _cell_form(request, place, found, line, given, seen, wanted.faults)
    return _write(request, place, wanted.changes(line), line)


@never_cache
@require_http_methods(FORM)
def row(request: HttpRequest, lang: Language, slug: str, name: str, line: int) -> HttpResponse:
    """All cells of a row as a form; cells that the form leaves out stay."""
    place = place_of(request, lang, slug, name, may_edit_city)
    seen = _seen(place, line)
    if request.method != "POST":
        faults = faults_of(place.seen(), seen, line, lang)
        return _row_page(request, place, line, seen, seen, faults)
    wanted = wanted_of(place, line, request.POST)
    if wanted is None:
        return _gone(request, place, line, request.POST)
    if not wanted.ok:
        return _row_page(request, place, line, seen, {**seen, **wanted.given}, wanted.faults, 422)
    return _write(request, place, wanted.changes(line), line)


@never_cache
@require_http_methods(FORM)
def new(request: HttpRequest, lang: Language, slug: str, name: str) -> HttpResponse:
    """A new row; ``?from=12`` begins with the texts of another, ``?<column>=`` with its own."""
    place = place_of(request, lang, slug, name, may_edit_city)
    if request.method != "POST":
        return _row_page(request, place, None, {}, prefilled(place, request.GET), ())
    wanted = new_row(place, request.POST)
    if not wanted.ok:
        return _row_page(request, place, None, {}, wanted.given, wanted.faults, 422)
    filled = {column: text for column, text in wanted.texts.items() if text}
    return _write(request, place, [CellChange("add", row=filled)], None)


@require_POST
def remove(request: HttpRequest, lang: Language, slug: str, name: str, line: int) -> HttpResponse:
    """Take a row out; undo brings it back."""
    place = place_of(request, lang, slug, name, may_edit_city)
    _seen(place, line)
    return _write(request, place, [CellChange("remove", line)], line)


@require_POST
def undo(request: HttpRequest, lang: Language, slug: str, name: str, number: int) -> HttpResponse:
    """Take back what one version did to the pack; undoing an undo does it again."""
    place = place_of(request, lang, slug, name, may_edit_city)
    version = version_of(place.city, number, lang)
    try:
        saved = do_undo_version(version=version, actor=signed_in(request))
    except Conflict as problem:
        content = {"place": place, "rows": clash_rows(place, problem.clashes), "undone": number}
        return _part_or_page(request, place, "clash_undo", content)
    return _done(request, place, saved)


def _write(
    request: HttpRequest, place: Place, changes: list[CellChange], line: int | None
) -> HttpResponse:
    try:
        saved = do_save_cells(
            city=place.city, table=place.name, base=place.base, changes=changes,
            actor=signed_in(request), note=place.words,
        )  # fmt: skip
    except Conflict as problem:
        rows = clash_rows(place, problem.clashes)
        is_removal = any(each.op == "remove" for each in changes)
        content = {
            "place": place,
            "rows": rows,
            "line": line,
            "line_now": place.line_now(line) if line else None,
            "kept": _kept(request.POST, {each.column for each in rows}),
        }
        return _part_or_page(request, place, "clash_remove" if is_removal else "clash", content)
    except Unreadable as problem:
        return _unreadable(request, place, problem)
    return _done(request, place, saved)


def _kept(form: QueryDict, clashing: set[str]) -> list[tuple[str, str]]:
    """What a form held beside the cells that clash, to be sent again."""
    return [
        (name, str(text)) for name, text in form.items()
        if name.startswith((VALUE, BEFORE)) and name.partition("-")[2] not in clashing
    ]  # fmt: skip


def _done(request: HttpRequest, place: Place, saved: Saved) -> HttpResponse:
    number = saved.version.number if saved.is_new else None
    if is_part(request):
        query = QueryDict(urlsplit(request.headers.get(PAGE_OF, "")).query)
        now = Place(place.city, place.lang, place.table, saved.version, saved.version)
        notice = notice_of(request, place.city, number) if number else None
        response = table_part(request, now, query, notice)
        response["HX-Retarget"], response["HX-Reswap"] = "#sheet", "outerHTML"
        return response
    return redirect(place.url + (f"?saved={number}" if number else ""))


def _part_or_page(
    request: HttpRequest, place: Place, kind: str, content: dict[str, Any]
) -> HttpResponse:
    """Somebody else changed the same: a dialog in the page, or a page of its own."""
    content |= {"kind": kind, "city": place.city}
    if is_part(request):
        response = render(request, "editing/_clash.html", content)
        response["HX-Retarget"], response["HX-Reswap"] = "#clash", "innerHTML"
        return response
    page = "editing/clash.html"
    return work_page(request, place.lang, place.city, page, content, tab="tables", status=409)


def _gone(request: HttpRequest, place: Place, line: int, form: QueryDict) -> HttpResponse:
    """The row was taken out meanwhile: what was typed is offered as a new row."""
    seen = place.seen().row(line) or {}
    texts = dict(seen) | {
        name.removeprefix(VALUE): str(text) for name, text in form.items() if name.startswith(VALUE)
    }
    content = {"place": place, "texts": [(k, v) for k, v in texts.items() if v.strip()]}
    return _part_or_page(request, place, "clash_gone", content)


def _cell_form(
    request: HttpRequest, place: Place, column: Column, line: int, text: str, row: Row,
    faults: tuple[Fault, ...],
) -> HttpResponse:  # fmt: skip
    content = {
        "place": place,
        "city": place.city,
        "line": line,
        "field": field_of(place, column, text, row.get(column.name, ""), faults, is_cell=True),
        "others": [each for each in faults if each.column != column.name],
        "key": key_words(place.seen(), row),
    }
    response = render(request, "editing/_cell.html", content)
    response["HX-Retarget"] = f"#cell-{line}-{column.name}"
    response["HX-Reswap"] = "innerHTML"
    return response


def _row_page(
    request: HttpRequest, place: Place, line: int | None, seen: Row, texts: Row,
    faults: Any, status: int = 200,
) -> HttpResponse:  # fmt: skip
    names = {each.name for each in place.table.columns}
    content = {
        "place": place,
        "line": line,
        "key": key_words(place.seen(), seen),
        "name": name_of(place.seen(), seen, place.lang),
        "fields": [
            field_of(place, each, texts.get(each.name, ""), seen.get(each.name, ""), faults)
            for each in place.table.columns
        ],
        "others": [each for each in faults if each.column not in names],
        "fault_count": sum(each.is_error for each in faults) if status != 200 else 0,
        "is_new": line is None,
    }
    page = "editing/row.html"
    return work_page(request, place.lang, place.city, page, content, tab="tables", status=status)


def field_of(
    place: Place, column: Column, text: str, before: str, faults: Any, is_cell: bool = False
) -> dict[str, Any]:
    """What the input of a column needs."""
    how = input_of(place.table, column, place.lang)
    chosen = _chosen(column, text, how)
    return {
        "name": VALUE + column.name,
        "before_name": BEFORE + column.name,
        "column": column.name,
        "id": f"{'e' if is_cell else 'f'}-{column.name}",
        "words": place.table.heading(column, place.lang),
        "text": text,
        "chosen": chosen,
        # A text that no choice means is kept until somebody chooses.
        "is_odd": bool(chosen.strip()) and chosen not in {code for code, _ in how.options},
        "before": before,
        "input": how,
        "hint": _hint(place, column, text),
        "means": place.table.meaning(column, place.lang),
        "faults": [each for each in faults if each.column == column.name],
    }


def _chosen(column: Column, text: str, how: Input) -> str:
    """The code of a list that a text means; the text itself where it means none."""
    if how.kind != "select" or not text.strip():
        return text
    return column.accepted_words().get(fold(text), text)


def _hint(place: Place, column: Column, text: str) -> str:
    """How the present text is read, where that is not what stands there."""
    read = shown(column, text, place.ground().style(column.name), place.lang)
    if column.kind in ("code", "number") and text.strip() and read != text.strip():
        return say("web.editing.reads-as", place.lang, value=read)
    if column.default:
        return say("web.editing.default-is", place.lang, value=column.default)
    return ""


def _column(place: Place, name: str) -> Column:
    column = place.table.by_name.get(name)
    if column is None:
        exist = [Choice(place.words, place.url)]
        raise NotHere("web.editing.column-unknown", exist, column=name[:80], table=place.words)
    return column


def _seen(place: Place, line: int) -> Row:
    try:
        row = place.seen().row(line)
    except Unreadable:
        row = None
    if row is None:
        raise row_unknown(place, line)
    return row


def _row_url(place: Place, line: int) -> str:
    return f"{place.url}rows/{line}/"


def _unreadable(request: HttpRequest, place: Place, problem: Unreadable) -> HttpResponse:
    content = {"place": place, "unreadable": problem_of(problem.finding, place.lang)}
    page = "editing/table.html"
    return work_page(request, place.lang, place.city, page, content, tab="tables", status=409)
