"""403 that says why, and the next step."""

from __future__ import annotations

from typing import Any

from vatra.words import Language, say


class Refused(Exception):
    """The actor may not, or what was asked cannot be done; ``key`` and ``params`` of the text."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = key, params
        super().__init__(self.message("en"))

    def message(self, lang: Language) -> str:
        """Why, in a language."""
        return say(self.key, lang, **self.params)
