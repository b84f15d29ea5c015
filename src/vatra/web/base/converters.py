"""Parts of an address."""

from __future__ import annotations

from vatra.words import LANGUAGES, Language, language


class LanguageConverter:
    """The first part of every page's address: ``ro`` or ``en``."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> Language:
        return language(value)

    def to_url(self, value: str) -> str:
        return language(value)
