"""The process that reads one PDF of a stranger: with little memory and little time.

Started by ``readers`` as ``python -m vatra.web.publication.worker``. Its standard input is a line
of JSON that says what to do and how long the parts are, and then the parts; it answers one line of
JSON: ``{"found": ...}``, or ``{"unfit": key, "params": {...}}``.
"""

from __future__ import annotations

import contextlib
import json
import sys
from typing import Any

from vatra.web.publication.unfit import Unfit

LARGEST_MEMORY_BYTES = 2_000_000_000


def main() -> None:
    """Read what stands on standard input, do what it says, answer."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (LARGEST_MEMORY_BYTES, hard))
    asked = json.loads(sys.stdin.buffer.readline())
    parts = [sys.stdin.buffer.read(size) for size in asked["sizes"]]
    try:
        answer: dict[str, Any] = {"found": _done(asked["do"], parts)}
    except Unfit as problem:
        answer = {"unfit": problem.key, "params": problem.params}
    except (MemoryError, RecursionError):
        answer = {"unfit": "web.publication.pdf-unreadable", "params": {}}
    sys.stdout.write(json.dumps(answer) + "\n")


def _done(what: str, parts: list[bytes]) -> list[dict[str, Any]]:
    # Each half loads what the other never needs, and takes longer to load than to begin.
    if what == "signatures":
        from vatra.web.publication.certified import check_pdf, read_roots

        content, sealed, *roots = parts
        return [each.plain() for each in check_pdf(content, sealed, read_roots(roots))]
    from vatra.web.publication.pdf_text import differing_words

    content, *every = parts
    return [each.plain() for each in differing_words(content, every)]


if __name__ == "__main__":
    main()
