"""Who may read a draft for approval: an editor who neither asked for it nor wrote last."""

from __future__ import annotations

from vatra.web.cities.models import City
from vatra.web.drafting.models import Review
from vatra.web.people.holding import roles_in
from vatra.web.people.rules import Actor, Rule, may_edit_city, rule


def may_decide(review: Review) -> Rule:
    """Four eyes: whoever asked, or made the last change of the version, cannot decide alone."""

    def is_another(actor: Actor, city: City | None) -> bool:
        return actor.pk not in (review.asked_by_id, review.version.author_id)

    return may_edit_city & rule("web.drafting.four-eyes", is_another)


def may_withdraw(review: Review) -> Rule:
    """Who asked, or a lead or administrator."""

    def is_own(actor: Actor, city: City | None) -> bool:
        leads = {"climate_lead", "administrator"}
        return actor.pk == review.asked_by_id or (
            city is not None and bool(roles_in(actor, city) & leads)
        )

    return may_edit_city & rule("web.drafting.not-yours", is_own)
