"""What a visitor may ask of a pathway: another factor of electricity in the base year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.http import QueryDict

from vatra.words import Language, number, say

FIELD = "electricity"
# Lignite alone in an old plant stays below 1.5 t/MWh; above this it is a slip of the unit.
HIGHEST_T_PER_MWH = Decimal(2)
_AMOUNT = re.compile(r"[0-9]{1,2}(?:[.,][0-9]{1,6})?")
TEXT_LENGTH = 12


@dataclass(frozen=True)
class WhatIf:
    """The factor asked for [t/MWh], or why it cannot be taken; both empty when none was asked."""

    text: str = ""
    amount: Decimal | None = None
    error: str = ""

    @classmethod
    def of(cls, query: QueryDict, lang: Language) -> WhatIf:
        """The factor of an address: ``?electricity=0.27746``, decimal point or comma."""
        if FIELD not in query:
            return cls()
        text = str(query[FIELD]).strip()
        shown = text[:TEXT_LENGTH]
        if not text:
            return cls(error=say("web.cities.what-if-blank", lang))
        if not _AMOUNT.fullmatch(text):
            return cls(shown, error=say("web.cities.what-if-not-number", lang, value=shown))
        amount = Decimal(text.replace(",", "."))
        if amount > HIGHEST_T_PER_MWH:
            highest = float(HIGHEST_T_PER_MWH)
            return cls(shown, error=say("web.cities.what-if-too-high", lang, highest=highest))
        return cls(shown, amount)

    def words(self, lang: Language) -> str:
        """The factor as the language writes it."""
        if self.amount is None:
            return self.text
        places = max(0, -int(self.amount.normalize().as_tuple().exponent))
        return number(float(self.amount), lang, places)

    def change(self, year: int) -> str:
        """The change as runs know it: ``electricity.2021=0.27746``."""
        if self.amount is None:
            raise LookupError("no factor was asked for")
        return f"electricity.{year}={self.amount.normalize():f}"
