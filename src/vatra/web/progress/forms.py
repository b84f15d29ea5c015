"""What people enter about progress, and what is wrong with it, in their language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.http import QueryDict

from vatra.tables import label
from vatra.tables.indicators import DIRECTIONS
from vatra.tables.numbers import Style
from vatra.tables.progress import STATUSES
from vatra.tables.vocabulary import SECTORS
from vatra.web.progress.models import CODE_LENGTH, RHYTHMS, TITLE_LENGTH
from vatra.web.progress.typed import day_of, number_of, number_text
from vatra.words import Language, say

NOTE_LENGTH = 1000
SHORT_LENGTH = 300
LARGEST_EUR = Decimal(10) ** 12
# A probability falls by whole per cents; more than half of it is no small fall.
FALLS = (1, 2, 5, 10, 20, 50)
REPORTED = tuple(each for each in STATUSES if each != "measured")


@dataclass(frozen=True)
class Field:
    """One field: ``kind`` of what is typed; ``choices`` code and word."""

    name: str
    kind: str = "text"
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    length: int = SHORT_LENGTH


@dataclass(frozen=True)
class Form:
    """Fields as they were typed, with the faults of each in the reader's language."""

    fields: tuple[Field, ...]
    lang: Language
    values: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    # The table of the pack whose columns the fields are; its explanations are the fields' own.
    table: str = ""

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    def rows(self) -> list[tuple[Field, str, str]]:
        """Each field with what was typed and what is wrong with it, for templates."""
        return [
            (each, self.values.get(each.name, ""), self.faults.get(each.name, ""))
            for each in self.fields
        ]

    def sent(self, data: QueryDict) -> Form:
        """The same form with what was sent, checked: every fault at once."""
        values = {
            each.name: " ".join(data.get(each.name, "").replace("\0", "").split())
            for each in self.fields
        }
        faults: dict[str, str] = {}
        for each in self.fields:
            problem = self._fault(each, values[each.name])
            if problem:
                faults[each.name] = say(f"web.progress.fault-{problem}", self.lang,
                                        length=each.length)  # fmt: skip
        return replace(self, values=values, faults=faults)

    def with_fault(self, name: str, words: str) -> Form:
        """The same form with one more fault."""
        return replace(self, faults={**self.faults, name: words})

    def _fault(self, each: Field, text: str) -> str:
        if not text:
            return "empty" if each.required else ""
        if len(text) > each.length:
            return "long"
        return _CHECKS[each.kind](each, text, self.lang)

    def number(self, name: str, style: Style | None = None) -> str:
        """A number as the pack's files write it; empty for a blank."""
        text = self.values.get(name, "")
        return number_text(number_of(text, self.lang), style) if text else ""

    def day(self, name: str) -> date | None:
        """A day that was typed."""
        return day_of(self.values.get(name, ""))


def _any(each: Field, text: str, lang: Language) -> str:
    return ""


def _choice(each: Field, text: str, lang: Language) -> str:
    return "" if text in dict(each.choices) else "choice"


def _number(each: Field, text: str, lang: Language) -> str:
    return "" if number_of(text, lang) is not None else "number"


def _percent(each: Field, text: str, lang: Language) -> str:
    found = number_of(text, lang)
    if found is None:
        return "number"
    return "" if 0 <= found <= 100 else "percent"


def _money(each: Field, text: str, lang: Language) -> str:
    found = number_of(text, lang)
    if found is None:
        return "number"
    return "" if 0 <= found <= LARGEST_EUR else "money"


def _year(each: Field, text: str, lang: Language) -> str:
    return "" if text.isascii() and text.isdigit() and 1900 <= int(text) <= 2100 else "year"


def _day(each: Field, text: str, lang: Language) -> str:
    found = day_of(text)
    return "" if found is not None and 2000 <= found.year <= 2100 else "day"


_CHECKS: Mapping[str, Callable[[Field, str, Language], str]] = {
    "text": _any,
    "area": _any,
    "choice": _choice,
    "check": _any,
    "number": _number,
    "percent": _percent,
    "money": _money,
    "year": _year,
    "day": _day,
}


def report_form(lang: Language, years: Sequence[int], values: Mapping[str, str]) -> Form:
    """What came of a measure in a year."""
    statuses = tuple((each, label("progress_status", each, lang)) for each in REPORTED)
    fields = (
        Field("year", "choice", True, tuple((str(each), str(each)) for each in years)),
        Field("status", "choice", True, statuses),
        Field("adoption_percent", "percent"),
        Field("committed_eur", "money"),
        Field("spent_eur", "money"),
        Field("source", required=True),
        Field("note", length=NOTE_LENGTH),
    )
    return Form(fields, lang, values, table="progress")


def indicator_form(lang: Language, actions: Sequence[tuple[str, str]]) -> Form:
    """A new indicator, or another milestone of one."""
    sectors = tuple((each, label("sector", each, lang)) for each in SECTORS)
    ways = tuple((each, label("indicator_direction", each, lang)) for each in DIRECTIONS)
    blank = ("", say("web.progress.blank", lang))
    fields = (
        Field("code", required=True, length=CODE_LENGTH),
        Field("name_ro"),
        Field("name_en"),
        *(Field(name, length=CODE_LENGTH) for name in ("unit", "unit_ro", "unit_en")),
        Field("action", "choice", choices=(blank, *actions)),
        Field("sector", "choice", choices=(blank, *sectors)),
        Field("baseline_year", "year"),
        Field("baseline_value", "number"),
        Field("target_year", "year", True),
        Field("target_value", "number", True),
        Field("direction", "choice", choices=(blank, *ways)),
        Field("source", required=True),
    )
    return Form(fields, lang, table="indicators")


def value_form(lang: Language, indicators: Sequence[tuple[str, str]], year: int) -> Form:
    """What was measured of an indicator."""
    quarters = tuple((each, each) for each in "1234")
    whole = ("", say("web.progress.whole-year", lang))
    fields = (
        Field("indicator", "choice", True, tuple(indicators)),
        Field("year", "year", True),
        Field("quarter", "choice", choices=(whole, *quarters)),
        Field("value", "number", True),
        Field("source", required=True),
        Field("note", length=NOTE_LENGTH),
    )
    return Form(fields, lang, {"year": str(year)}, table="indicator_values")


def task_form(
    lang: Language,
    actions: Sequence[tuple[str, str]],
    people: Sequence[tuple[str, str]],
    values: Mapping[str, str],
) -> Form:
    """Something to be done."""
    city = ("", say("web.progress.whole-city", lang))
    nobody = ("", say("web.progress.nobody", lang))
    fields = (
        Field("title", required=True, length=TITLE_LENGTH),
        Field("due", "day", True),
        Field("owner", "choice", choices=(nobody, *people)),
        Field("action", "choice", choices=(city, *actions)),
        Field("note", "area", length=NOTE_LENGTH),
        Field("remind", "check"),
    )
    return Form(fields, lang, values)


def letters_form(lang: Language, rhythm: str, fall_percent: int) -> Form:
    """How often letters come."""
    rhythms = tuple((each, say(f"web.progress.rhythm-{each}", lang)) for each in RHYTHMS)
    falls = tuple(
        (str(each), say("web.progress.fall-by", lang, percent=each / 100)) for each in FALLS
    )
    fields = (
        Field("rhythm", "choice", True, rhythms),
        Field("fall_percent", "choice", True, falls),
    )
    return Form(fields, lang, {"rhythm": rhythm, "fall_percent": str(fall_percent)})
