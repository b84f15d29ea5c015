"""What a visitor asked for and we do not have, said with what exists instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from vatra.words import Language, say


@dataclass(frozen=True)
class Choice:
    """Something that exists: its name and its address."""

    name: str
    url: str


class NotHere(Http404):
    """404 that says what was asked for and what exists.

    ``key`` and ``params`` of the text; ``exist`` what a visitor may open instead.
    """

    def __init__(self, key: str, exist: Sequence[Choice] = (), **params: Any) -> None:
        self.key, self.params, self.exist = key, params, tuple(exist)
        super().__init__(key)

    def message(self, lang: Language) -> str:
        """The text in the visitor's language."""
        return say(self.key, lang, **self.params)


class NotReady(Exception):
    """503: what we have cannot be shown as it lies; the text says the next step."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = key, params
        super().__init__(key)

    def message(self, lang: Language) -> str:
        """The text in the visitor's language."""
        return say(self.key, lang, **self.params)
