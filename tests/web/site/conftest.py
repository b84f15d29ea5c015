"""Poiana's world, for tests that ask for every address of every app."""

from __future__ import annotations

from tests.web.site.walking import poiana, walk

__all__ = ["poiana", "walk"]
