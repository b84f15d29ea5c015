"""Reading a stranger's PDF in a process of its own, which never outlives its time or its asker."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from vatra.web.publication.certified import CertificateCheck
from vatra.web.publication.pdf_text import Difference
from vatra.web.publication.statement import Unfit

LONGEST_SECONDS = 30
LONGEST_WAIT_SECONDS = 10
SLOT_COUNT = 2
_slots = threading.BoundedSemaphore(SLOT_COUNT)


def signatures_of(content: bytes, sealed: bytes, roots: Sequence[bytes]) -> list[CertificateCheck]:
    """Every signature of a PDF, see ``certified.check_pdf``; raises ``Unfit``."""
    found = _asked("signatures", [content, sealed, *roots])
    return [CertificateCheck.of(each) for each in found]


def differences_of(content: bytes, sealed: Sequence[bytes]) -> list[Difference]:
    """Words that differ, see ``pdf_text.differing_words``; raises ``Unfit``."""
    return [Difference(**each) for each in _asked("words", [content, *sealed])]


def _asked(what: str, parts: Sequence[bytes]) -> list[dict[str, Any]]:
    order = json.dumps({"do": what, "sizes": [len(each) for each in parts]}).encode()
    with _slot(), tempfile.TemporaryDirectory(prefix="vatra-pdf-") as folder:
        try:
            # -P: nothing that lies in the folder is ever imported.
            done = subprocess.run(
                [sys.executable, "-P", "-m", "vatra.web.publication.worker"],
                input=order + b"\n" + b"".join(parts),
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                timeout=LONGEST_SECONDS,
                check=False,
            )
            answer = json.loads(done.stdout)
        except subprocess.TimeoutExpired as problem:
            raise Unfit("pdf-too-slow", seconds=LONGEST_SECONDS) from problem
        except ValueError as problem:
            raise Unfit("pdf-unreadable") from problem
    if "unfit" in answer:
        raise Unfit(answer["unfit"].removeprefix("web.publication."), **answer["params"])
    return list(answer["found"])


@contextmanager
def _slot() -> Iterator[None]:
    if not _slots.acquire(timeout=LONGEST_WAIT_SECONDS):
        raise Unfit("busy")
    try:
        yield
    finally:
        _slots.release()
