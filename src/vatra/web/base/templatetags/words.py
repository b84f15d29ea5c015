"""Texts and numbers in templates, in the page's language: the same texts.toml as everywhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from vatra.tables import label as label_of
from vatra.web.base import tables
from vatra.web.base.moments import clock_words, day_words, moment_words
from vatra.words import euros, number, percent
from vatra.words import say as say_text
from vatra.words import tonnes as tonnes_text

register = template.Library()
_PLACE = re.compile("\ue000(.+?)\ue001")


@register.simple_tag(takes_context=True)
def say(context: Context, key: str, **params: Any) -> str:
    """A text by its key; what fills its blanks is escaped like everything else."""
    return say_text(key, context["lang"], **params)


@register.simple_tag(takes_context=True)
def sentence(context: Context, key: str, **params: Any) -> SafeString:
    """A text whose blanks may hold links: all of it is escaped but values that are safe HTML."""
    held = {name: value for name, value in params.items() if isinstance(value, SafeString)}
    places = {name: f"\ue000{name}\ue001" for name in held}
    text = escape(say_text(key, context["lang"], **{**params, **places}))
    return mark_safe(_PLACE.sub(lambda found: held[found[1]], text))


@register.simple_tag(takes_context=True)
def tonnes(context: Context, mass_mg: int, decimals: int = 0) -> str:
    """Milligrams as tonnes with their unit."""
    return tonnes_text(mass_mg, context["lang"], decimals)


@register.simple_tag(takes_context=True)
def share(context: Context, ppm: int, decimals: int = 0) -> str:
    """Parts per million as per cent."""
    return percent(ppm / tables.PPM, context["lang"], decimals)


@register.simple_tag(takes_context=True)
def money(context: Context, cents: int) -> str:
    """Cents as people say an amount."""
    return euros(cents, context["lang"])


@register.simple_tag(takes_context=True)
def count(context: Context, value: float, decimals: int = 0) -> str:
    """A number as the language writes it."""
    return number(value, context["lang"], decimals)


@register.simple_tag(takes_context=True)
def label(context: Context, vocabulary: str, code: str) -> str:
    """The word for a code of a vocabulary."""
    return label_of(vocabulary, code, context["lang"])


@register.simple_tag(takes_context=True)
def day(context: Context, at: date) -> str:
    """A day as the language writes it: ``22 noiembrie 2026``."""
    return day_words(at, context["lang"])


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime) -> SafeString:
    """A day and time as the language writes them: ``22 noiembrie 2026, 14:05``."""
    words = moment_words(at, context["lang"])
    return format_html('<time datetime="{}">{}</time>', f"{at:%Y-%m-%dT%H:%M:%S%z}", words)


@register.simple_tag(takes_context=True)
def clock(context: Context) -> str:
    """By which clock moments are written."""
    return clock_words(context["lang"])


@register.simple_tag(takes_context=True)
def mass(
    context: Context, mass_mg: int, path: str = "", decimals: int = 0, room: str = "cities"
) -> SafeString:
    """Tonnes with their unit; with a path, a link that opens how they were made."""
    text = tonnes_text(mass_mg, context["lang"], decimals)
    return number_link(context, text, path, room)


@register.simple_tag(takes_context=True)
def cell(context: Context, column: tables.Column, value: tables.Cell) -> SafeString:
    """A cell of a table: its value, a dash with a word where it is missing, its link."""
    if value.value is None:
        if column.blank:
            return format_html('<span class="missing">{}</span>', column.blank)
        missing = say_text("web.base.missing", context["lang"])
        return format_html(
            '<span class="missing" aria-hidden="true">–</span>'
            '<span class="visually-hidden">{}</span>',
            missing,
        )
    text = tables.written(value.value, column, context["lang"])
    shown = context.get("table")
    room = shown.numbers if isinstance(shown, tables.Table) else "cities"
    return number_link(context, text, value.number, room)


def number_link(
    context: Mapping[str, Any] | Context, text: str, path: str, room: str = "cities"
) -> SafeString:
    """A number that opens its formula and rows in a dialog, or on its own page without scripts."""
    if not path or "city" not in context:
        return conditional_escape(text)
    url = reverse(f"{room}:number", args=[context["lang"], context["city"].slug, path])
    return format_html('<a class="number" data-number href="{}">{}</a>', url, text)


@register.inclusion_tag("base/_table.html", takes_context=True)
def table(context: Context, shown: tables.Table, level: int = 2) -> dict[str, Any]:
    """A table with its title, and its CSV and JSON."""
    lang, city = context["lang"], context["city"]
    return {
        "table": shown,
        "level": level,
        "lang": lang,
        "city": city,
        "csv_url": table_url(shown, lang, city.slug, "csv"),
        "json_url": table_url(shown, lang, city.slug, "json"),
    }


def table_url(shown: tables.Table, lang: str, slug: str, form: str) -> str:
    """The address of a table as CSV or JSON."""
    url = reverse(f"{shown.room}:table", args=[lang, slug, shown.id, form])
    return f"{url}?{shown.query}" if shown.query else url
