"""Pages of reviews: ask for one, read it, decide, withdraw."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from vatra.contract.narrative import OUTLINE, sections
from vatra.web.base.addresses import absolute
from vatra.web.cities.models import City
from vatra.web.drafting import shown
from vatra.web.drafting.actions_review import (
    do_ask_review,
    do_decide_review,
    do_withdraw_review,
)
from vatra.web.drafting.checklist import gaps
from vatra.web.drafting.ground import ground_of
from vatra.web.drafting.models import Review
from vatra.web.drafting.queries import (
    approved_review,
    changes_since,
    open_review,
    review_of,
    reviews,
)
from vatra.web.drafting.rules import may_decide, may_withdraw
from vatra.web.people.errors import Refused
from vatra.web.people.queries import actor_of
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.pages import work_page
from vatra.web.workspace.queries import access_work, version_of
from vatra.web.workspace.views import begun, signed_in
from vatra.words import Language, say

OWN_REFUSALS = ("web.drafting.",)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, lang: Language, slug: str) -> HttpResponse:
    """What is missing, the form that asks for a review, and all reviews there were."""
    actor = actor_of(request)
    if request.method != "POST":
        return _asking(request, lang, access_work(actor, slug, lang))
    city = access_work(actor, slug, lang, may_edit_city)
    head = begun(city)
    number = request.POST.get("base", "")[:9]
    version = version_of(city, int(number), lang) if number.isdecimal() else head
    try:
        made = do_ask_review(
            city=city,
            version=version,
            found=gaps(ground_of(version)),
            note=request.POST.get("note", ""),
            excuse=request.POST.get("excuse", ""),
            actor=signed_in(request),
            address_of=_address(request),
        )
    except Refused as refused:
        return _asking(request, lang, city, _own(refused, lang))
    return redirect("drafting:review", lang, slug, made.pk)


def _asking(request: HttpRequest, lang: Language, city: City, problem: str = "") -> HttpResponse:
    head = begun(city)
    found = gaps(ground_of(head))
    asked = open_review(city)
    content = {
        "gaps": [(each, each.message(lang)) for each in found],
        "needs_excuse": any(each.blocks for each in found),
        "cannot": any(each.key == "gap-not-computed" for each in found),
        "open": asked,
        "may_decide": asked is not None and may_decide(asked).allows(actor_of(request), city),
        "approved": approved_review(city),
        "history": list(reviews(city)[:50]),
        "base": head.number,
        "problem": problem,
        "given": request.POST,
    }
    status = 422 if problem else 200
    page = "drafting/ask.html"
    return work_page(request, lang, city, page, content, tab="contract", status=status)


@require_safe
def review(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """One review: the text as it was asked to be read, with the form that decides."""
    city = access_work(actor_of(request), slug, lang)
    return _page(request, lang, review_of(city, pk))


@csrf_protect
@require_POST
def decide(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Approve or refuse."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    found = review_of(city, pk)
    wish = request.POST.get("do", "")
    if wish not in ("approve", "refuse"):
        return _page(request, lang, found, say("web.drafting.must-choose", lang))
    remarks = {key: request.POST.get(f"remark-{key}", "") for key in sections()}
    try:
        do_decide_review(
            review=found,
            approve=wish == "approve",
            reason=request.POST.get("reason", ""),
            remarks=remarks,
            actor=signed_in(request),
            address_of=_address(request),
        )
    except Refused as refused:
        if refused.key == "web.drafting.four-eyes":
            raise
        return _page(request, lang, found, _own(refused, lang))
    return redirect("drafting:review", lang, slug, pk)


@csrf_protect
@require_POST
def withdraw(request: HttpRequest, lang: Language, slug: str, pk: int) -> HttpResponse:
    """Take a review back."""
    city = access_work(actor_of(request), slug, lang, may_edit_city)
    found = review_of(city, pk)
    try:
        do_withdraw_review(review=found, actor=signed_in(request))
    except Refused as refused:
        if refused.key != "web.drafting.is-decided":
            raise
        return _page(request, lang, found, _own(refused, lang))
    return redirect("drafting:ask", lang, slug)


def _own(refused: Refused, lang: Language) -> str:
    """What a form says; a refusal of the person is a page of its own."""
    if not refused.key.startswith(OWN_REFUSALS):
        raise refused
    return refused.message(lang)


def _wrote(found: Review, person: int | None) -> bool:
    """Whether a person asked for the review or made the last change."""
    return person in (found.asked_by_id, found.version.author_id)


def _address(request: HttpRequest) -> Any:
    def address(lang: Language, found: Review) -> str:
        page = reverse("drafting:review", args=[lang, found.city.slug, found.pk])
        return absolute(request, page)

    return address


def _page(request: HttpRequest, lang: Language, found: Review, problem: str = "") -> HttpResponse:
    city, actor = found.city, actor_of(request)
    ground = ground_of(found.version)
    remarks: dict[str, list[str]] = {}
    for each in found.remarks.all():
        remarks.setdefault(each.section, []).append(each.text)
    written = [
        (
            each,
            each.title(lang),
            [
                (code, shown.preview(ground.narrative.text(code, each.key), ground.figures, code))
                for code in ground.languages
                if ground.narrative.text(code, each.key).strip()
            ],
            remarks.get(each.key, []),
            request.POST.get(f"remark-{each.key}", ""),
        )
        for each in OUTLINE
    ]
    content = {
        "review": found,
        "state": f"web.drafting.state-{found.state}",
        "gaps": [
            (each, say(f"web.drafting.{each['key']}", lang, **each["params"]))
            for each in found.gaps
        ],
        "written": [each for each in written if each[2] or each[3]],
        "changes": changes_since(found),
        "may_decide": found.state == "open" and may_decide(found).allows(actor, city),
        "is_own": found.state == "open" and _wrote(found, actor.pk),
        "may_withdraw": found.state in ("open", "approved")
        and may_withdraw(found).allows(actor, city),
        "problem": problem,
        "given": request.POST,
    }
    page = "drafting/review.html"
    status = 422 if problem else 200
    return work_page(request, lang, city, page, content, tab="contract", status=status)
