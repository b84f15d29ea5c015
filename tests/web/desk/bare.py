"""Fields whose label is all that explains them, by page: each is waiting for its sentence.

A field may leave this list, none may come. Digits stand as ``#``: they number rows.
"""

from __future__ import annotations

from collections.abc import Mapping

BARE: Mapping[str, frozenset[str]] = {}
