"""The page of the linter: take a file in, check it, show it, forget it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.web.lint import downloads, forms, limits, runner
from vatra.web.lint.shown import shown
from vatra.web.lint.tokens import report_of, token_of
from vatra.web.lint.uploads import MemoryOnly
from vatra.words import LANGUAGES, Language, say

STEPS_TYPE = "application/x-ndjson"
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, lang: Language) -> HttpResponseBase:
    """The form; once it is sent, what does not add up.

    The proof of origin is checked by ``_check``: reading it reads the form, and where files of the
    form go has to be said before.
    """
    handler = MemoryOnly(request)
    request.upload_handlers = [handler]
    return _check(request, lang, handler)


@never_cache
@csrf_protect
def _check(request: HttpRequest, lang: Language, handler: MemoryOnly) -> HttpResponseBase:
    if request.method != "POST":
        return render(request, "lint/check.html", form_content())
    streamed = STEPS_TYPE in request.headers.get("Accept", "")
    try:
        what = forms.given(request, handler, lang)
    except runner.Failed as problem:
        return _refused(request, lang, problem, streamed)
    if streamed:
        return _stream(request, lang, what)
    try:
        last = list(runner.run(what.content, what.name))[-1]
    except runner.Failed as problem:
        return _refused(request, lang, problem, False, what.pasted)
    if "refused" in last:
        messages = [each[lang] for each in last["refused"]]
        content = form_content(errors=messages, pasted=what.pasted)
        return render(request, "lint/check.html", content, status=422)
    return render(request, "lint/report.html", report_content(last["report"], lang))


def _refused(
    request: HttpRequest, lang: Language, problem: runner.Failed, streamed: bool, pasted: str = ""
) -> HttpResponseBase:
    message = say(problem.key, lang, **problem.params)
    if streamed:
        return _lines(iter([{"errors": [message]}]))
    content = form_content(errors=[message], pasted=pasted)
    response = render(request, "lint/check.html", content, status=problem.status)
    if problem.status == 503:
        response["Retry-After"] = str(limits.LONGEST_WAIT_SECONDS)
    return response


def _stream(request: HttpRequest, lang: Language, what: forms.Given) -> StreamingHttpResponse:
    """Every step as it happens, one JSON object a line, the page's content last."""

    def events() -> Iterator[dict[str, Any]]:
        try:
            for event in runner.run(what.content, what.name):
                yield _said(request, lang, event)
        except runner.Failed as problem:
            yield {"errors": [say(problem.key, lang, **problem.params)]}

    return _lines(events())


def _said(request: HttpRequest, lang: Language, event: runner.Event) -> dict[str, Any]:
    if "refused" in event:
        return {"errors": [each[lang] for each in event["refused"]]}
    if "report" in event:
        content = report_content(event["report"], lang)
        return {"html": render_to_string("lint/_report.html", content, request)}
    count = event.get("table_count", 0)
    return {"step": say(f"web.lint.step-{event['step']}", lang, count=count)}


def _lines(events: Iterator[dict[str, Any]]) -> StreamingHttpResponse:
    lines = (json.dumps(event, ensure_ascii=True) + "\n" for event in events)
    response = StreamingHttpResponse(lines, content_type=STEPS_TYPE)
    # Packed, the steps would wait until enough of them have gathered.
    response["Content-Encoding"] = "identity"
    response["X-Accel-Buffering"] = "no"
    return response


@require_safe
def example(request: HttpRequest, lang: Language) -> HttpResponse:
    """The example contract to look at."""
    response = HttpResponse(forms.example(lang), content_type="text/markdown; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{forms.example_name(lang)}"'
    return response


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, lang: Language) -> HttpResponse:
    """A report that was shown before: in the other language, or unfolded for paper."""
    if request.method != "POST":
        return redirect("lint:check", lang)
    found = report_of(request.POST.get("report", ""))
    if found is None:
        return _expired(request, lang)
    content = report_content(found, lang)
    content["paper"] = request.POST.get("view") == "paper"
    return render(request, "lint/report.html", content)


@never_cache
@csrf_protect
@require_POST
def findings(request: HttpRequest, lang: Language, form: str) -> HttpResponse:
    """The findings of a report that was shown, as a file."""
    found = report_of(request.POST.get("report", ""))
    return _expired(request, lang) if found is None else findings_file(found, lang, form)


def findings_file(found: dict[str, Any], lang: Language, form: str) -> HttpResponse:
    """Findings as CSV or JSON."""
    text = downloads.as_csv(found, lang) if form == "csv" else downloads.as_json(found)
    response = HttpResponse(text, content_type=_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="findings.{form}"'
    return response


def _expired(request: HttpRequest, lang: Language) -> HttpResponse:
    content = form_content(errors=[say("web.lint.report-expired", lang)])
    return render(request, "lint/check.html", content, status=422)


def form_content(**more: Any) -> dict[str, Any]:
    """What the form says about itself."""
    return {
        "megabytes": limits.LARGEST_FILE_BYTES // limits.MEGABYTE_BYTES,
        "seconds": limits.LONGEST_SECONDS,
        "largest_bytes": limits.LARGEST_FILE_BYTES,
        "accept": ",".join(limits.SUFFIXES),
        "errors": [],
        "pasted": "",
    } | more


def report_content(found: dict[str, Any], lang: Language) -> dict[str, Any]:
    """What the page of a report shows."""
    others = [each for each in LANGUAGES if each != lang]
    return {
        "report": shown(found, lang),
        "token": token_of(found),
        "kept_days": limits.KEPT_DAYS,
        "other_languages": others,
        "kept": None,
    }
