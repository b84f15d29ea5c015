"""All that is kept about a person, for the person."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession

from vatra.web.base.queries import entries
from vatra.web.people.models import Invitation, Membership, User
from vatra.web.people.personal import rows_about


def personal_data(person: User) -> dict[str, Any]:
    """Account, roles, invitations, locks without their secrets, sessions, entries of the log."""
    return {
        "account": {
            "email": person.email,
            "name": person.name,
            "language": person.language,
            "organisation": person.organisation.name if person.organisation else None,
            "manages_the_organisation": person.manages_organisation,
            "joined_at": person.joined_at,
            "name_in_the_log": person.log_name,
            "runs_the_installation": person.is_installation_administrator,
        },
        "roles": [
            {"city": each.city.slug, "role": each.role, "since": each.since, "until": each.until}
            for each in Membership.objects.filter(person=person).select_related("city")
        ],
        "invitations": list(
            Invitation.objects.filter(email=person.email).values(
                "city__slug", "role", "made_at", "expires_at", "accepted_at", "revoked_at"
            )
        ),
        "second_factors": list(
            Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")
        ),
        "sessions": list(
            UserSession.objects.filter(user=person).values(
                "ip", "user_agent", "created_at", "last_seen_at"
            )
        ),
        # What every app keeps: its rows that point at the account, or hold the address.
        "elsewhere": rows_about(person),
        "log": list(
            entries(actor=person.log_name).values("at", "verb", "noun", "name", "detail", "city")
        ),
    }
