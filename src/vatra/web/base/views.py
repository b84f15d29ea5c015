"""Health, and the pages that say what went wrong."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.shortcuts import render
from django.views.decorators.http import require_safe

import vatra
from vatra.web.base.errors import NotHere
from vatra.web.base.faults import STATUS, fault_of
from vatra.web.base.language import language_of
from vatra.words import say

SENTENCE_LENGTH = 30
MOST_WRITTEN = 6
RETRY_SECONDS = "30"
# From here on an answer says that something failed on our side.
FAILED = 500


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when pages can be answered, 503 when the database cannot be read."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "no database", "version": vatra.__version__}, status=503)
    return JsonResponse({"status": "ok", "version": vatra.__version__})


def error_page(
    request: HttpRequest, status: int, key: str, message: str = "", choices: Any = ()
) -> HttpResponse:
    """An error page: what happened, what exists, the way home."""
    lang = language_of(request)
    content = {
        "status": status,
        "title": say(f"web.base.{key}-title", lang),
        "message": message or say(f"web.base.{key}", lang),
        "choices": choices,
        "written": written(request),
        # What failed on our side is tried again at the same address.
        "again": request.get_full_path() if status >= FAILED and request.method == "GET" else "",
    }
    return render(request, "base/error.html", content, status=status)


def written(request: HttpRequest) -> list[str]:
    """Sentences of a form that was not taken, so that nobody has to write them again."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return []
    try:
        fields = list(request.POST.items())
    except (OSError, SuspiciousOperation, RawPostDataException):
        return []
    # What has no spaces is no sentence: a proof, a code, a password.
    return [
        str(text)
        for name, text in fields
        if len(str(text)) >= SENTENCE_LENGTH and " " in str(text) and "password" not in name
    ][:MOST_WRITTEN]


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, NotHere):
        message = exception.message(language_of(request))
        return error_page(request, 404, "not-found", message, exception.exist)
    return error_page(request, 404, "not-found")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        most = settings.FORM_LARGEST_BYTES, settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        files, texts = (each // (1024 * 1024) for each in most)
        words = say("web.base.too-large", language_of(request), files=files, texts=texts)
        return error_page(request, 413, "too-large", words)
    return error_page(request, 400, "bad-request")


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return error_page(request, 403, "forbidden")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_page(request, 403, "csrf-failed")


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or what of the machine failed: 507 for a full disk, 503 for a database that is away."""
    fault = fault_of(sys.exc_info()[1])
    if fault is None:
        return error_page(request, 500, "server-error")
    # Who is signed in stands in the database: the page is made as for anybody.
    request.COOKIES = {}
    response = error_page(request, STATUS[fault], fault)
    response["Retry-After"] = RETRY_SECONDS
    response["Cache-Control"] = "no-store"
    return response
