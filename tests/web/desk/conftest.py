"""A city with a small pack, and people who work on it, as in the tests of its versions."""

from __future__ import annotations

from tests.web.workspace.conftest import ana, first, ion, own_data, poiana

__all__ = ["ana", "first", "ion", "own_data", "poiana"]
