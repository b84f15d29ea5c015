"""Poiana and its editors, as in the tests of versions."""

from __future__ import annotations

from tests.web.workspace.conftest import ana, first, ion, own_data, poiana

__all__ = ["ana", "first", "ion", "own_data", "poiana"]
