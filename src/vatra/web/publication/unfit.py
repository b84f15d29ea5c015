"""What cannot be read. On its own, for the process that reads PDFs loads nothing it can spare."""

from __future__ import annotations

from typing import Any

from vatra.words import Language, say


class Unfit(ValueError):
    """A statement, a file or a signature that cannot be read; ``key`` of the text that says why."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = f"web.publication.{key}", params
        super().__init__(key)

    def message(self, lang: Language) -> str:
        """Why, in a language."""
        return say(self.key, lang, **self.params)
