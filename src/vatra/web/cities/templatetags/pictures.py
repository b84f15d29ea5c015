"""The numbers of a chart beside its drawing, for the living chart."""

from __future__ import annotations

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from vatra.web.cities.pictures import Picture

register = template.Library()


@register.simple_tag
def chart_data(picture: Picture) -> SafeString:
    """JSON in an inert script element; browsers do not run it and the policy allows it."""
    return json_script(picture.data, f"chart-{picture.chart.name}-data")
