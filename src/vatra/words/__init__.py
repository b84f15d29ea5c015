"""What people read: texts in Romanian and English, numbers and dates as written there.

Each room keeps its texts in a ``texts.toml`` beside its code, or in several files
``texts_<subject>.toml`` that together are the room's::

    [unit-unknown]
    en = "The unit '{unit}' is not known for {quantity}. Use {units}."
    ro = "Unitatea „{unit}” nu este cunoscută pentru {quantity}. Folosiți {units}."

A text is asked for by room and key: ``say("tables.unit-unknown", "ro", unit="barrels", ...)``.
A key may hold plural forms (``[rows.one] en=.. ro=..``, ``[rows.few]``, ``[rows.other]``), chosen
by the number given as ``count``.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal

from babel import Locale
from babel.numbers import format_decimal, format_percent

Language = Literal["en", "ro"]
LANGUAGES: tuple[Language, ...] = ("ro", "en")
_SUFFIX_BY_LANGUAGE = {"en": "%", "ro": "\u00a0%"}


def language(code: str) -> Language:
    """Return the language of a code such as ``ro-RO``; raise ``ValueError`` for others."""
    short = code.split("-")[0].split("_")[0].lower()
    if short not in LANGUAGES:
        raise ValueError(f"language '{code}' is not one of {', '.join(LANGUAGES)}")
    return short


def _text_files(folder: Traversable, room: str = "") -> Iterable[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir() and not entry.name.startswith((".", "_")) and entry.name != "static":
            yield from _text_files(entry, f"{room}.{entry.name}" if room else entry.name)
        elif entry.name == "texts.toml" or (
            entry.name.startswith("texts_") and entry.name.endswith(".toml")
        ):
            yield room, entry


@cache
def texts() -> Mapping[str, dict[str, Any]]:
    """All texts of all rooms: ``"room.key" -> {"en": .., "ro": ..}`` or plural forms of that."""
    found: dict[str, dict[str, Any]] = {}
    for room, file in _text_files(resources.files("vatra")):
        for key, value in tomllib.loads(file.read_text("utf-8")).items():
            if f"{room}.{key}" in found:
                raise ValueError(f"the text '{room}.{key}' stands in two files; see {file.name}")
            found[f"{room}.{key}"] = value
    return found


class _Formatter(string.Formatter):
    """``{x}`` writes numbers as the language does; ``{x:2}`` with two decimals, ``{x:%1}`` a share
    as percent with one decimal, ``{x:raw}`` as the machine writes it; lists are joined."""

    def __init__(self, lang: Language) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == "raw":
            return str(value)
        if isinstance(value, bool) or value is None:
            return str(value)
        if isinstance(value, int | float):
            if format_spec.startswith("%"):
                return percent(value, self.lang, int(format_spec[1:] or 0))
            return number(value, self.lang, int(format_spec) if format_spec else None)
        if isinstance(value, list | tuple | set | frozenset):
            return ", ".join(self.format_field(each, "raw") for each in value)
        return str(value)


def has(key: str) -> bool:
    """Whether a text of this key exists."""
    return key in texts()


def say(key: str, /, lang: Language, **params: Any) -> str:
    """Return the text of ``room.key`` in a language, its blanks filled with ``params``.

    Raises ``KeyError`` naming the key when the text or a parameter is missing.
    """
    entry = texts().get(key)
    if entry is None:
        raise KeyError(f"no text '{key}' in any texts.toml")
    if lang not in entry:
        entry = entry[_plural_form(params["count"], lang, entry)]
    return _Formatter(lang).vformat(entry[lang], (), params)


def _plural_form(count: int, lang: Language, entry: Mapping[str, Any]) -> str:
    form = str(Locale.parse(lang).plural_form(count))
    return form if form in entry else "other"


def number(value: float | int, lang: Language, decimals: int | None = None) -> str:
    """Write a number with the separators of the language; ``decimals`` fixed, or up to three."""
    pattern = "#,##0.###" if decimals is None else "#,##0" + ("." + "0" * decimals) * (decimals > 0)
    return _with_sign(str(format_decimal(value, format=pattern, locale=lang)))


def _with_sign(text: str) -> str:
    """A true minus sign, and none before what was rounded to zero."""
    return text.replace("-", "\u2212" if any(each in text for each in "123456789") else "")


def percent(share: float, lang: Language, decimals: int = 0) -> str:
    """Write a share (0.1863) as per cent: ``18.63%`` in English, ``18,63 %`` in Romanian."""
    pattern = "#,##0" + ("." + "0" * decimals) * (decimals > 0) + "%"
    text = _with_sign(str(format_percent(share, format=pattern, locale=lang)))
    return text.removesuffix("%").rstrip("\u00a0 ") + _SUFFIX_BY_LANGUAGE[lang]


def tonnes(mass_mg: int, lang: Language, decimals: int = 0) -> str:
    """Write a mass in milligrams as tonnes with unit: ``1,167,223 t``."""
    return number(mass_mg / 1_000_000_000, lang, decimals) + "\u00a0t"


def euros(amount_cents: int, lang: Language) -> str:
    """Write an amount as people say it: ``EUR 6.09 bn``, in Romanian ``6,09 mld. EUR``."""
    amount = amount_cents / 100
    for size, english, romanian in ((1e9, "bn", "mld."), (1e6, "m", "mil.")):
        if abs(amount) >= size:
            short = number(amount / size, lang, 2).rstrip("0").rstrip(".,")
            return (
                f"EUR\u00a0{short}\u00a0{english}"
                if lang == "en"
                else f"{short}\u00a0{romanian}\u00a0EUR"
            )
    whole = number(amount, lang, 0)
    return f"EUR\u00a0{whole}" if lang == "en" else f"{whole}\u00a0EUR"
