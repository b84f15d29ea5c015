"""Addresses of the installation itself: reading them is public."""

from __future__ import annotations

from tests.web.people.rights import NOBODY, READ, Right

RIGHTS: dict[str, Right] = {
    "home": Right("/", READ),
    "health": Right("/health", READ),
    "ready": Right("/ready", READ),
    "metrics": Right("/metrics", READ),
    # Nothing where no contact is named, as here.
    "security-txt": Right("/.well-known/security.txt", READ, NOBODY),
}
