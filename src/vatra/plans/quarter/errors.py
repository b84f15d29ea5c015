"""A refused question about a quarter: the fault and the next step, in a language."""

from __future__ import annotations

from vatra.words import Language, say

ROOM = "plans.quarter"


class QuarterError(ValueError):
    """A stable ``code`` and what its sentence needs."""

    def __init__(self, name: str, /, **params: object) -> None:
        self.code = f"{ROOM}.{name}"
        self.params = dict(params)
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """The fault and the next step, in a language."""
        return say(self.code, lang, **self.params)
