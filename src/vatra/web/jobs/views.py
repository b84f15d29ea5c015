"""Pages of a job: how far it is, and the button that stops it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vatra.web.jobs import queries
from vatra.web.jobs.actions import do_cancel_job, do_repeat_job
from vatra.web.jobs.models import UNDONE, Job
from vatra.web.jobs.rules import may_repeat, may_stop
from vatra.web.people.errors import Refused
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import Actor
from vatra.web.people.views_account import signed_in
from vatra.words import Language, say

# Said on the job's own page: it is no lack of rights.
NOT_AGAIN = (
    "web.jobs.done-already", "web.jobs.under-way", "web.jobs.overtaken", "web.jobs.kind-unknown",
)  # fmt: skip


@never_cache
@require_safe
def job(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """One job; without JavaScript the page loads itself anew while the job is open."""
    actor = actor_of(request)
    found = queries.access_job(actor, slug, pk, lang)
    return render(request, "jobs/job.html", content(found, actor, lang) | {"city": found.city})


@never_cache
@require_safe
def part(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """How far the job is, for a page that asks again and again.

    Once the job is over the whole page is loaded anew: what it shows has changed too.
    """
    actor = actor_of(request)
    found = queries.access_job(actor, slug, pk, lang)
    shown = content(found, actor, lang)
    if urlsplit(request.headers.get("HX-Current-URL", "")).path == shown["job_place"]:
        # The page that asks is the one it is about.
        shown["job_place"] = ""
    response = render(request, "jobs/_job.html", shown)
    if not found.is_open:
        response["HX-Refresh"] = "true"
    return response


@never_cache
@require_POST
def cancel(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Stop it."""
    person = signed_in(request)
    found = queries.access_job(person, slug, pk, lang)
    do_cancel_job(job=found, actor=person)
    return redirect("jobs:job", lang, slug, pk)


@never_cache
@require_POST
def repeat(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Try it again."""
    person = signed_in(request)
    found = queries.access_job(person, slug, pk, lang)
    try:
        do_repeat_job(job=found, actor=person)
    except Refused as problem:
        if problem.key not in NOT_AGAIN:
            raise
        found.refresh_from_db()
        # A second press of the button: what was wanted is under way.
        if not found.is_open:
            shown = content(found, person, lang) | {
                "city": found.city,
                "job_problem": problem.message(lang),
            }
            return render(request, "jobs/job.html", shown, status=409)
    return redirect("jobs:job", lang, slug, pk)


def content(job: Job, actor: Actor, lang: Language) -> dict[str, Any]:
    """What ``jobs/_job.html`` needs, for any page that shows a job."""
    error = say(job.error_key, lang, **job.error_params) if job.error_key else ""
    return {
        "job": job,
        "job_title": say(job.title_key, lang, about=job.about),
        "job_step": say(job.step, lang) if job.step else "",
        "job_error": error,
        "job_place": f"/{lang}/{job.place}" if job.place else "",
        # What a kind made for people to take: an address after the language.
        "job_file": f"/{lang}/{job.result['file']}" if job.result.get("file") else "",
        "job_percent": None if job.share is None else int(job.share * 100),
        "job_may_repeat": job.state in UNDONE
        and queries.repeat_refusal(job) is None
        and may_repeat(job).allows(actor, job.city),
        "job_may_stop": may_stop(job).allows(actor, job.city),
        "job_nobody_works": job.state == "waiting" and not queries.somebody_works(),
    }
