"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from vatra.web.base.language import in_language, language_of
from vatra.words import LANGUAGES


def page(request: HttpRequest) -> dict[str, Any]:
    """The language, and the address of this page in each language."""
    return {
        "lang": language_of(request),
        "languages": [(code, in_language(request, code)) for code in LANGUAGES],
    }
