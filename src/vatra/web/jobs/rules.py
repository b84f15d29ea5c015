"""Who may follow, stop and repeat jobs."""

from __future__ import annotations

from vatra.web.jobs.models import Job
from vatra.web.jobs.registry import kinds
from vatra.web.people.models import User
from vatra.web.people.rules import Rule, is_editor, is_signed_in, may_read_work, proved_twice, rule

may_follow = may_read_work


def may_stop(job: Job) -> Rule:
    """Who asked for it, and who may edit the city."""
    own = rule(
        "web.jobs.must-own",
        lambda actor, city: (
            (isinstance(actor, User) and job.asked_by_id == actor.pk)
            or is_editor.allows(actor, city)
        ),
    )
    return is_signed_in & own & proved_twice


def may_repeat(job: Job) -> Rule:
    """Who may begin one of its kind: that is what trying again is."""
    kind = kinds().get(job.kind)
    return kind.rule if kind else may_stop(job)
