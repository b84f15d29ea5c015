"""Which language a visitor reads: the one the address names, else the one the browser asks for."""

from __future__ import annotations

from django.http import HttpRequest

from vatra.words import LANGUAGES, Language, language


def language_of(request: HttpRequest) -> Language:
    """Language of the address (``/ro/...``), else the preferred one."""
    first = request.path_info.lstrip("/").split("/", 1)[0]
    return language(first) if first in LANGUAGES else preferred(request)


def preferred(request: HttpRequest) -> Language:
    """The language of ``Accept-Language`` with the most weight that we have, else the first."""
    best, weight = LANGUAGES[0], 0.0
    for part in request.headers.get("Accept-Language", "")[:500].split(","):
        code, _, quality = part.strip().partition(";q=")
        try:
            found, asked = language(code), float(quality or 1)
        except ValueError:
            continue
        if asked > weight:
            best, weight = found, asked
    return best


def in_language(request: HttpRequest, lang: Language) -> str:
    """The address of the same page in another language, its query kept."""
    path = request.get_full_path()
    first = path.lstrip("/").split("/", 1)[0]
    return f"/{lang}{path[len(first) + 1 :]}" if first in LANGUAGES else f"/{lang}/"
