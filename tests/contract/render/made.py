"""What was rendered once is opened by many tests."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from vatra.words import Language

Render = Callable[[Mapping[str, Any], Language], bytes]


def made(render: Render, document: Mapping[str, Any], lang: Language) -> bytes:
    """The bytes of a document as it stands now, rendered anew only when a letter differs."""
    return _made(render, json.dumps(document, sort_keys=True), lang)


@cache
def _made(render: Render, document: str, lang: Language) -> bytes:
    return render(json.loads(document), lang)
