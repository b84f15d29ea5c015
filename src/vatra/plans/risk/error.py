"""What a run of doubt refuses."""

from __future__ import annotations

from vatra.words import Language, say

ROOM = "plans.risk"


class RiskError(ValueError):
    """A wish that no sampling can follow: a stable ``code`` and what its sentence needs."""

    def __init__(self, name: str, /, **params: object) -> None:
        self.code = f"{ROOM}.{name}"
        self.params = dict(params)
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """The fault and what to do about it, in a language."""
        return say(self.code, lang, **self.params)
