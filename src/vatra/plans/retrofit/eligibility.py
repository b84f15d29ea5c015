"""Whether a programme takes a block and a package, each condition explained in both languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from vatra.plans.retrofit.facts import (
    Applicant,
    Block,
    City,
    Facts,
    Works,
    facts_of,
    known_fields,
)
from vatra.plans.retrofit.programmes import (
    CLOSING_UNKNOWN,
    SUSPENDED,
    Condition,
    Programme,
    Window,
    programme,
)
from vatra.plans.retrofit.reading import (
    NO,
    UNKNOWN,
    YES,
    Codes,
    Flags,
    Said,
    day_text,
    words_of,
)
from vatra.words import Language

_NOBODY, _NOWHERE = Applicant(), City()
_VERDICTS = {YES: "verdict-yes", NO: "verdict-no", UNKNOWN: "verdict-unknown"}
_ANSWERS = {YES: "answer-yes", NO: "answer-no", UNKNOWN: "answer-unknown"}
OPEN, ENDED, NOT_YET, NO_CALL = "open", "ended", "not-yet", "no-call"


@dataclass(frozen=True)
class Standing:
    """Whether a programme takes applications on a day; ``day`` is the one that matters for it."""

    state: str
    day: date | None
    authority: Said
    to_verify: bool = False

    @property
    def verdict(self) -> int:
        """1 open, 0 closed, -1 where no call is known, or not how long it stayed open."""
        return {OPEN: YES, NO_CALL: UNKNOWN, CLOSING_UNKNOWN: UNKNOWN}.get(self.state, NO)

    def text(self, lang: Language) -> str:
        """The standing as a sentence: "ended 26 June 2026"."""
        day = day_text(self.day, lang) if self.day else ""
        name = f"{self.state}-until" if self.state == OPEN and self.day else self.state
        return words_of(f"window-{name}", lang, day=day, authority=self.authority.text(lang))


@dataclass(frozen=True)
class Answer:
    """One condition with its verdict (1 met, 0 not met, -1 not known) and the value it met."""

    condition: Condition
    verdict: int
    value: Any

    def text(self, lang: Language) -> str:
        """The rule, then why it is not met or what to ask for."""
        field = known_fields()[self.condition.field]
        no = (
            ""
            if self.verdict != NO
            else self.condition.no.text(lang).format(value=field.value_text(self.value, lang))
        )
        return words_of(
            _ANSWERS[self.verdict],
            lang,
            rule=self.condition.text.text(lang),
            no=no,
            ask=field.ask.text(lang),
        )


@dataclass(frozen=True)
class Decision:
    """What a programme says to a block and a package on a day.

    ``verdict`` 1 yes, 0 no, -1 not known: a "no" of the window or of one condition is a no; without
    one, a condition that nobody can answer makes it "not known".
    """

    programme: Programme
    on_date: date
    standing: Standing
    answers: tuple[Answer, ...]

    @property
    def verdict(self) -> int:
        """1 yes, 0 no, -1 not known."""
        found = {self.standing.verdict, *(each.verdict for each in self.answers)}
        return next(each for each in (NO, UNKNOWN, YES) if each in found)

    @property
    def fits(self) -> int:
        """The verdict of the conditions alone: whether it would be a yes if the call were open."""
        found = {YES, *(each.verdict for each in self.answers)}
        return next(each for each in (NO, UNKNOWN, YES) if each in found)

    def lines(self, lang: Language) -> list[str]:
        """The verdict, then the window, then each condition."""
        name = self.programme.name.text(lang)
        head = words_of(
            _VERDICTS[self.verdict], lang, programme=name, day=day_text(self.on_date, lang)
        )
        told = [head, self.standing.text(lang), *(each.text(lang) for each in self.answers)]
        rules = self.to_verify(lang)
        if rules:
            told.append(words_of("decision-sources", lang, count=len(rules), rules=rules))
        return told

    def to_verify(self, lang: Language) -> list[str]:
        """What of all this rests on rules that nobody has read in the original yet."""
        whole = {
            "rule-all": self.programme.origin.is_to_verify,
            "rule-window": self.standing.to_verify,
        }
        return [words_of(name, lang) for name, is_to_verify in whole.items() if is_to_verify] + [
            known_fields()[each.condition.field].said.text(lang)
            for each in self.answers
            if each.condition.origin.is_to_verify
        ]

    def text(self, lang: Language) -> str:
        """All of it, a line each."""
        return "\n".join(self.lines(lang))


def eligible(
    block: Block,
    package: Works,
    programme_id: str,
    on_date: date,
    *,
    applicant: Applicant = _NOBODY,
    city: City = _NOWHERE,
) -> Decision:
    """Whether a programme takes one package of a block on a day, with reasons.

    Conditions are those in force on the day; of a closed programme those of its next or its last
    call, so that a block learns what it needs or what it missed. Raises ``RetrofitError`` for an
    unknown programme or word.
    """
    of = programme(programme_id)
    facts = facts_of(block, package, applicant, city)
    answers = tuple(
        Answer(each, int(judged(each, facts)), np.asarray(facts[each.field]).item())
        for each in conditions_on(of, on_date)
    )
    return Decision(of, on_date, standing(of, on_date), answers)


def eligible_packages(
    block: Block,
    packages: Works,
    programme_id: str,
    on_date: date,
    *,
    applicant: Applicant = _NOBODY,
    city: City = _NOWHERE,
) -> Codes:
    """The verdict on every package of a block at once [n]: 1 yes, 0 no, -1 not known."""
    of = programme(programme_id)
    facts = facts_of(block, packages, applicant, city)
    verdicts = [judged(each, facts) for each in conditions_on(of, on_date)]
    return _worst([np.asarray(standing(of, on_date).verdict, np.int8), *verdicts])


def standing(of: Programme, on_date: date) -> Standing:
    """Whether a programme takes applications on a day, and since or until when."""
    for each in of.windows:
        if each.state == SUSPENDED and each.days.holds(on_date):
            return _standing(SUSPENDED, each, each.days.first, of)
    call = _call(of, on_date)
    if call is None:
        return Standing(NO_CALL, None, of.authority)
    if call.days.holds(on_date) and call.state == CLOSING_UNKNOWN:
        return _standing(CLOSING_UNKNOWN, call, call.days.first, of)
    if call.days.holds(on_date):
        return _standing(OPEN, call, call.days.last, of)
    if call.days.first and call.days.first > on_date:
        return _standing(NOT_YET, call, call.days.first, of)
    return _standing(ENDED, call, call.days.last, of)


def law_day(of: Programme, on_date: date) -> date:
    """The day whose rules are told: the day asked for where a call is open, else the first day of
    the next call, else the last day of the one before."""
    call = _call(of, on_date)
    if call is None or call.days.holds(on_date):
        return on_date
    to_come = call.days.first and call.days.first > on_date
    return (call.days.first if to_come else call.days.last) or on_date


def _call(of: Programme, on_date: date) -> Window | None:
    """The call that a day is about: the open one, else the next, else the last."""
    calls = [each for each in of.windows if each.state != SUSPENDED]
    holding = [each for each in calls if each.days.holds(on_date)]
    to_come = [each for each in calls if each.days.first and each.days.first > on_date]
    if holding or to_come:
        return min(holding or to_come, key=lambda each: each.days.first or date.min)
    return max(calls, key=lambda each: each.days.last or date.min, default=None)


def _standing(state: str, window: Window, day: date | None, of: Programme) -> Standing:
    return Standing(state, day, of.authority, window.origin.is_to_verify)


def conditions_on(of: Programme, on_date: date) -> tuple[Condition, ...]:
    """The conditions that are told on a day, in the order of the data."""
    day = law_day(of, on_date)
    return tuple(each for each in of.conditions if each.validity.holds(day))


def judged(condition: Condition, facts: Facts) -> Codes:
    """A condition on every value of its field: 1 met, 0 not met, -1 not known; shape of the field.

    Raises ``ValueError`` for a row of the data that cannot be read.
    """
    field, value = known_fields()[condition.field], facts[condition.field]
    operators: Mapping[str, Callable[..., Flags]] = _ON_TEXT if field.is_text else _ON_NUMBERS
    if condition.operator not in operators:
        raise ValueError(f"{condition.field}: no operator '{condition.operator}' for {field.kind}")
    words = condition.value.split(";")
    met = operators[condition.operator](value, words if field.is_text else [*map(float, words)])
    known = value != "" if field.is_text else ~np.isnan(value)
    return np.where(known, np.where(met, YES, NO), UNKNOWN).astype(np.int8)


def _worst(verdicts: list[Codes]) -> Codes:
    """One no is a no; else one unknown is unknown."""
    together = np.broadcast_arrays(*verdicts)
    has_no = np.logical_or.reduce([each == NO for each in together])
    unknown = np.logical_or.reduce([each == UNKNOWN for each in together])
    return np.where(has_no, NO, np.where(unknown, UNKNOWN, YES)).astype(np.int8)


def _is_in(value: npt.NDArray[np.str_], words: list[str]) -> Flags:
    return np.isin(value, words)


_ON_TEXT: Mapping[str, Callable[..., Flags]] = {
    "in": _is_in,
    "not_in": lambda value, words: ~_is_in(value, words),
}
_ON_NUMBERS: Mapping[str, Callable[..., Flags]] = {
    "lt": lambda value, ends: value < ends[0],
    "le": lambda value, ends: value <= ends[0],
    "gt": lambda value, ends: value > ends[0],
    "ge": lambda value, ends: value >= ends[0],
    "between": lambda value, ends: (value >= ends[0]) & (value <= ends[1]),
}
