"""Addresses of the installation itself: reading them is public."""

from __future__ import annotations

from tests.web.people.rights import READ, Right

RIGHTS: dict[str, Right] = {
    "home": Right("/", READ),
    "health": Right("/health", READ),
    "ready": Right("/ready", READ),
    "metrics": Right("/metrics", READ),
}
