"""What is wrong with the text of a distribution."""

from __future__ import annotations

from vatra.words import Language, say

ROOM = "plans.distributions"


class DistributionError(ValueError):
    """A text that is no distribution: a stable ``code`` and what its sentence needs.

    ``code`` is the key of the text (``plans.distributions.comma``), ``params`` fill its blanks.
    """

    def __init__(self, name: str, /, **params: object) -> None:
        self.code = f"{ROOM}.{name}"
        self.params = dict(params)
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """The fault and what to write instead, in a language."""
        return say(self.code, lang, **self.params)
