"""Numbers of buildings in templates: energy with a unit that fits, links to how it was made."""

from __future__ import annotations

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from vatra.web.base.templatetags.words import number_link
from vatra.words import Language, number

register = template.Library()
_GWH_WH, _MWH_WH = 1e9, 1e6


def energy_words(energy_wh: float, lang: Language) -> str:
    """Watt-hours as people say them: ``12.4 GWh``, ``187 MWh``."""
    if abs(energy_wh) >= _GWH_WH:
        return f"{number(energy_wh / _GWH_WH, lang, 1)}\u00a0GWh"
    return f"{number(energy_wh / _MWH_WH, lang, 0)}\u00a0MWh"


@register.simple_tag(takes_context=True)
def mwh(context: Context, energy_wh: int, decimals: int = 0) -> str:
    """Watt-hours as megawatt-hours, without the unit, which the heading says."""
    return number(energy_wh / _MWH_WH, context["lang"], decimals)


@register.simple_tag(takes_context=True)
def need(context: Context, energy_wh: int, path: str = "", bare: bool = False) -> SafeString:
    """Energy with its unit; a link to how it was made unless ``bare``."""
    text = energy_words(energy_wh, context["lang"])
    return number_link(context, text, "" if bare else path, "blocks")


@register.simple_tag(takes_context=True)
def per_area(context: Context, kwh_m2: float, path: str = "", bare: bool = False) -> SafeString:
    """Energy per area with its unit; a link to how it was made unless ``bare``."""
    text = f"{number(kwh_m2, context['lang'], 0)}\u00a0kWh/m²"
    return number_link(context, text, "" if bare else path, "blocks")


@register.simple_tag(takes_context=True)
def kilowatts(context: Context, power_kw: float, path: str = "") -> SafeString:
    """Power with its unit; a link to how it was made."""
    text = f"{number(power_kw, context['lang'], 0)}\u00a0kW"
    return number_link(context, text, path, "blocks")


@register.simple_tag
def path_of(code: str, quantity: str) -> str:
    """The path of a number of a building."""
    return f"{code}.{quantity}"


@register.simple_tag(takes_context=True)
def opens(context: Context, text: str, path: str) -> SafeString:
    """Words that open how their number was made."""
    return number_link(context, text, path, "blocks")
