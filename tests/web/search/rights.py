"""Everybody may search; what they find is what they may see."""

from __future__ import annotations

from tests.web.people.rights import READ, Right

RIGHTS = {"search:search": Right("/{lang}/search/?q=inventar", READ)}
