"""The cells of a row, put together in one go: a template takes ten times as long over them."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from vatra.web.editing.grid import GridCell, GridRow
from vatra.web.editing.rowcheck import Fault
from vatra.words import say

register = template.Library()


@register.simple_tag(takes_context=True)
def cells_of(context: Context, row: GridRow, may_edit: bool) -> SafeString:
    """Every cell of a row with what is wrong in it; a link to its field for who may write."""
    place, lang = context["place"], context["lang"]
    line = int(row.line)
    form = f"{place_url(context)}rows/{line}/?base={int(place.head.number)}" if may_edit else ""
    blank = format_html(
        '<span class="edit-blank" aria-hidden="true">·</span>'
        '<span class="visually-hidden">{}</span>',
        say("web.base.missing", lang),
    )
    return mark_safe("".join(_cell(each, line, form, blank) for each in row.cells))


def place_url(context: Context) -> str:
    """The address of the table, found once a page."""
    url = context.render_context.get("place_url")
    if url is None:
        url = context.render_context["place_url"] = context["place"].url
    return str(url)


def _cell(cell: GridCell, line: int, form: str, blank: str) -> str:
    # Names of columns are ours; texts, addresses and messages come from people.
    name = cell.column.name
    kinds = ["num"] if cell.column.kind == "number" else []
    if cell.is_bad:
        kinds.append("edit-bad")
    shown = str(conditional_escape(cell.text)) if cell.text else ""
    if form:
        inner = f'<span class="edit-text">{shown}</span>' if shown else blank
        shown = f'<a class="edit-cell" href="{conditional_escape(form)}#f-{name}">{inner}</a>'
    faults = "".join(_fault(each) for each in cell.faults)
    return (
        f'<td id="cell-{line}-{name}" class="{" ".join(kinds)}" data-line="{line}"'
        f' data-column="{name}">{shown}{faults}</td>'
    )


def _fault(fault: Fault) -> str:
    kind = "edit-fault" if fault.is_error else "edit-fault edit-warning"
    return f'<span class="{kind}">{conditional_escape(fault.message)}</span>'
