"""What is wrong with a request, as programs read it: ``application/problem+json``, RFC 9457."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from vatra.web.base.errors import NotHere, NotReady
from vatra.web.people.errors import Refused
from vatra.words import LANGUAGES, Language, language, say

CONTENT_TYPE = "application/problem+json"
_SHOWN = 200


class Problem(Exception):
    """An answer other than what was asked for; ``key`` and ``params`` of the text."""

    def __init__(self, status: int, key: str, **params: Any) -> None:
        self.status, self.key, self.params = status, key, params
        super().__init__(key)


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a request: where, and what."""

    where: str
    code: str
    message: str


def language_asked(request: HttpRequest) -> Language:
    """The language of ``?lang=``, else English: an address has one answer for everybody."""
    given = request.GET.get("lang", "")
    return language(given) if given in LANGUAGES else "en"


def problem(
    request: HttpRequest,
    status: int,
    key: str,
    faults: Sequence[Fault] = (),
    choices: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    **params: Any,
) -> HttpResponse:
    """The answer: a code that stays, and a sentence in the language asked for."""
    lang = language_asked(request)
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": say(f"web.api.status-{status}", lang),
        "status": status,
        "code": key,
        "detail": say(key, lang, **params),
        "faults": [vars(each) for each in faults],
        "choices": list(choices)[:_SHOWN],
    }
    body = json.dumps(content, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=CONTENT_TYPE)
    for name, value in (headers or {}).items():
        response[name] = value
    return response


def of_problem(request: HttpRequest, raised: Problem) -> HttpResponse:
    """The answer to what our own code raised."""
    return problem(request, raised.status, raised.key, **raised.params)


def of_not_here(request: HttpRequest, raised: Exception) -> HttpResponse:
    """404 with what exists."""
    if not isinstance(raised, NotHere):
        return problem(request, 404, "web.api.not-here")
    choices = [each.name for each in raised.exist]
    params = {name: value for name, value in raised.params.items() if name != "choices"}
    shown = raised.params.get("choices")
    if shown is not None:
        choices, params["choices"] = list(shown), shown
    return _said(request, 404, raised, choices, params)


def of_refused(request: HttpRequest, raised: Refused) -> HttpResponse:
    """401 for who did not say who they are, 403 for who may not."""
    if raised.key == "web.people.must-sign-in":
        return unauthorized(request, "web.api.token-needed")
    return _said(request, 403, raised, (), raised.params)


def of_not_ready(request: HttpRequest, raised: NotReady) -> HttpResponse:
    """503: what lies here cannot be shown as it is."""
    return _said(request, 503, raised, (), raised.params)


def unauthorized(request: HttpRequest, key: str) -> HttpResponse:
    """401, and how to say who one is."""
    return problem(request, 401, key, headers={"WWW-Authenticate": 'Bearer realm="vatra"'})


def _said(
    request: HttpRequest,
    status: int,
    raised: NotHere | Refused | NotReady,
    choices: Sequence[str],
    params: Mapping[str, Any],
) -> HttpResponse:
    response = problem(request, status, "web.api.not-here", choices=choices)
    content = json.loads(response.content)
    content |= {"code": raised.key, "detail": raised.message(language_asked(request))}
    response.content = json.dumps(content, ensure_ascii=False).encode()
    return response


def of_invalid(request: HttpRequest, errors: Sequence[Mapping[str, Any]]) -> HttpResponse:
    """422 with every fault of the address at once."""
    faults = [_fault(each, language_asked(request)) for each in errors]
    faults.sort(key=lambda each: (each.where, each.code))
    return problem(request, 422, "web.api.invalid", faults=faults, count=len(faults))


def _fault(error: Mapping[str, Any], lang: Language) -> Fault:
    where = str(error["loc"][-1])
    context = error.get("ctx") or {}
    kind = str(error["type"])
    key, params = _KINDS.get(kind, ("web.api.fault-form", ()))
    return Fault(where, kind, say(key, lang, name=where, **{p: str(context[p]) for p in params}))


# What pydantic calls a fault -> our text and what it takes from the fault.
_KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "int_parsing": ("web.api.fault-whole", ()),
    "bool_parsing": ("web.api.fault-truth", ()),
    "literal_error": ("web.api.fault-choice", ("expected",)),
    "greater_than_equal": ("web.api.fault-least", ("ge",)),
    "less_than_equal": ("web.api.fault-most", ("le",)),
    "string_too_long": ("web.api.fault-long", ("max_length",)),
    "string_pattern_mismatch": ("web.api.fault-pattern", ("pattern",)),
    "unknown": ("web.api.fault-unknown", ()),
    "twice": ("web.api.fault-twice", ()),
}
