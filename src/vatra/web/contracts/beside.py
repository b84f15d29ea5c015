"""What rooms above know of a contract that is handed in; they enter themselves at the start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

from vatra.words import Language


@dataclass(frozen=True)
class Papers:
    """The PDFs that were written when something was sealed, one a language.

    ``is_whole``: what was sealed still fits its seal; ``words`` say whose and of when it is,
    ``url`` is its page.
    """

    contents: tuple[bytes, ...]
    is_whole: bool
    words: str
    url: str


class Beside(Protocol):
    """A room that knows contracts by their seals, and reads more than contract.json."""

    def answer(self, request: HttpRequest, lang: Language, content: bytes) -> HttpResponse | None:
        """The answer to something that is no contract.json; None leaves it to others."""

    def document(self, seal: str) -> Mapping[str, Any] | None:
        """The document that was sealed with it, if everybody may see it."""

    def about(self, seal: str, lang: Language) -> Mapping[str, Any]:
        """What the page of verification says of a seal: names for its templates."""

    def papers(self, seal: str, lang: Language) -> Papers | None:
        """The PDFs of a seal that is no contract's, if everybody may see them."""


ROOMS: list[Beside] = []


def document_of(seal: str) -> Mapping[str, Any] | None:
    """The document of a seal in the first room that knows it."""
    return next((found for each in ROOMS if (found := each.document(seal))), None)


def papers_of(seal: str, lang: Language) -> Papers | None:
    """The PDFs of a seal in the first room that has some."""
    return next((found for each in ROOMS if (found := each.papers(seal, lang))), None)


def about(seal: str, lang: Language) -> dict[str, Any]:
    """What all rooms say of a seal."""
    return {name: value for each in ROOMS for name, value in each.about(seal, lang).items()}


def answer(request: HttpRequest, lang: Language, content: bytes) -> HttpResponse | None:
    """The first answer of a room to something that is no contract.json."""
    return next((found for each in ROOMS if (found := each.answer(request, lang, content))), None)
