"""Where a source row came from, beside the row."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from vatra.web.cities.origins import told_of

register = template.Library()


@register.simple_tag(takes_context=True)
def row_origin(context: Context, file: str, line: int) -> SafeString | str:
    """``from gas.xlsx, line 4, handed in by ...`` for those who may know; nothing for others."""
    request, city = context.get("request"), context.get("city")
    if request is None or city is None or not request.user.is_authenticated:
        return ""
    told = told_of(request, city, file, line)
    return format_html_join(
        " ", ' <a class="cell-note" href="{}">{}</a>', ((each.url, each.words) for each in told)
    )
