"""The numbers of a chart beside its drawing, and links from totals to their rows."""

from __future__ import annotations

from urllib.parse import urlencode

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

from vatra.web.cities.pictures import Picture
from vatra.words import tonnes

register = template.Library()


@register.simple_tag
def chart_data(picture: Picture) -> SafeString:
    """JSON in an inert script element; browsers do not run it and the policy allows it."""
    return json_script(picture.data, f"chart-{picture.chart.name}-data")


@register.simple_tag(takes_context=True)
def rows_of(context: Context, mass_mg: int, year: int, level: str) -> SafeString:
    """A total of a year in tonnes, as a link to the rows that it adds up."""
    url = reverse("cities:rows", args=[context["lang"], context["city"].slug])
    query = urlencode({"year": year, "level": level})
    text = tonnes(mass_mg, context["lang"])
    return format_html('<a class="number" href="{}?{}">{}</a>', url, query, text)
