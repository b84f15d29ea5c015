"""Fields and drawings of the pages of progress."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from vatra.tables import tables
from vatra.web.cities.pictures import Drawing
from vatra.web.progress.forms import Form
from vatra.words import has, say

register = template.Library()
MODES = {"number": "decimal", "percent": "decimal", "money": "decimal", "year": "numeric"}
# What a page may say was done; any other word of an address says nothing.
DONE = ("saved", "task", "state", "letters")


@register.inclusion_tag("progress/_fields.html", takes_context=True)
def progress_fields(context: Context, form: Form, prefix: str = "") -> dict[str, Any]:
    """Every field with its label, its hint, its fault."""
    lang = context["lang"]
    rows = [
        {
            "field": each,
            "id": f"{prefix}{each.name}",
            "label": say(f"web.progress.field-{each.name.replace('_', '-')}", lang),
            "hint": _hint(form, each.name, lang),
            "value": value,
            "fault": fault,
            # A list without a blank needs no word for it.
            "must_say": each.required and each.kind != "choice",
            "mode": MODES.get(each.kind, ""),
        }
        for each, value, fault in form.rows()
    ]
    return {"rows": rows, "lang": lang}


def _hint(form: Form, name: str, lang: Any) -> str:
    table = tables().get(form.table)
    column = table.by_name.get(name) if table else None
    if table and column:
        return table.meaning(column, lang)
    key = f"web.progress.hint-{name.replace('_', '-')}"
    return say(key, lang) if has(key) else ""


@register.inclusion_tag("progress/_chart.html", takes_context=True)
def progress_chart(context: Context, drawing: Drawing | None, files: bool = True) -> dict[str, Any]:
    """A drawing with its finding and, on public pages, its files."""
    return {"drawing": drawing, "files": files, "lang": context["lang"], "city": context["city"]}


@register.simple_tag(takes_context=True)
def progress_done(context: Context) -> str:
    """What was done just now, in words; empty where nothing was."""
    request = context.get("request")
    word = request.GET.get("done", "") if request is not None else ""
    return say(f"web.progress.done-{word}", context["lang"]) if word in DONE else ""


@register.filter
def named(names: dict[str, str], code: str) -> str:
    """The words for a code, or the code itself."""
    return names.get(code, code)
