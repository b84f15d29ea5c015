"""The files of one contract, rendered once for every test that only needs them to be there.

What they hold, and that the same document gives the same bytes, is tested in
``tests/contract/render``. The workers of a run share what one of them has rendered.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import pickle
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from vatra.contract.render import files
from vatra.words import Language

Rendered = Callable[[Mapping[str, Any], Language], Iterator[tuple[str, bytes]]]


def once(shelf: Path, render: Rendered = files.rendered) -> Rendered:
    """``rendered`` that looks on a shelf first."""

    def rendered(document: Mapping[str, Any], lang: Language) -> Iterator[tuple[str, bytes]]:
        words = json.dumps([lang, document], sort_keys=True).encode()
        place = shelf / hashlib.sha256(words).hexdigest()
        with place.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not place.exists():
                place.write_bytes(pickle.dumps(list(render(document, lang))))
        yield from pickle.loads(place.read_bytes())

    return rendered
