"""Words and classes that only the linter's pages need."""

from __future__ import annotations

from django import template
from django.template.context import Context

from vatra.web.lint.shown import CellShown, ReportShown
from vatra.words import say

register = template.Library()


@register.simple_tag(takes_context=True)
def lint_answer(context: Context, report: ReportShown) -> str:
    """How many tables were read, how many could be checked, what was found."""
    lang = context["lang"]
    read = say("web.lint.tables-read", lang, count=len(report.tables))
    checked = say("web.lint.tables-checked", lang, count=report.checked_count)
    if not report.checked_count:
        return say("web.lint.answer-unchecked", lang, read=read)
    if not report.finding_count:
        return say("web.lint.answer-none", lang, read=read, checked=checked)
    found = say("web.lint.findings", lang, count=report.finding_count)
    if not report.found_in_count:
        return say("web.lint.answer-loose", lang, read=read, checked=checked, found=found)
    where = say("web.lint.in-tables", lang, count=report.found_in_count)
    return say("web.lint.answer", lang, read=read, checked=checked, found=found, where=where)


@register.simple_tag
def lint_class(cell: CellShown) -> str:
    """The classes of a cell: a figure stands to the right, a marked one has its tone."""
    return " ".join(part for part in ("num" if cell.in_figures else "", cell.tone) if part)
