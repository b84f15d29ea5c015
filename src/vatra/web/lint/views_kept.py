"""Reports that were kept on request: keep, read, take along, delete."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from vatra.web.base.addresses import absolute
from vatra.web.lint.actions import do_delete_report, do_keep_report
from vatra.web.lint.models import KeptReport
from vatra.web.lint.queries import access_own_report, access_report
from vatra.web.lint.tokens import report_of
from vatra.web.lint.views import findings_file, form_content, report_content
from vatra.words import Language, say


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, lang: Language) -> HttpResponse:
    """Keep the report that the form carries, and lead to its address."""
    if request.method != "POST":
        return redirect("lint:check", lang)
    found = report_of(request.POST.get("report", ""))
    if found is None:
        content = form_content(errors=[say("web.lint.report-expired", lang)])
        return render(request, "lint/check.html", content, status=422)
    report, key = do_keep_report(report=found)
    return redirect("lint:own", lang, report.address, key)


@never_cache
@require_safe
def kept(request: HttpRequest, lang: Language, address: str) -> HttpResponse:
    """A kept report, for whoever was given its address."""
    return _page(request, lang, access_report(address))


@never_cache
@require_safe
def findings(request: HttpRequest, lang: Language, address: str, form: str) -> HttpResponse:
    """The findings of a kept report as a file."""
    return _unlisted(findings_file(access_report(address).report, lang, form))


@never_cache
@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, lang: Language, address: str, key: str) -> HttpResponse:
    """The same for whoever kept it: with the address to pass on, and a button that deletes."""
    report = access_own_report(address, key)
    if request.method == "POST":
        do_delete_report(kept=report)
        return render(request, "lint/check.html", form_content(deleted=True))
    return _page(request, lang, report, is_own=True)


def _page(
    request: HttpRequest, lang: Language, report: KeptReport, is_own: bool = False
) -> HttpResponse:
    url = absolute(request, reverse("lint:kept", args=[lang, report.address]))
    content = report_content(report.report, lang)
    content |= {"kept": report, "is_own": is_own, "kept_url": url, "token": ""}
    return _unlisted(render(request, "lint/report.html", content))


def _unlisted(response: HttpResponse) -> HttpResponse:
    """Search engines leave alone what only some were told of."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
