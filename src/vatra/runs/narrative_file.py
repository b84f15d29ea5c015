"""The files of a pack that hold a contract's text: read, with what forbids reading them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from vatra.contract.narrative import MOST_BYTES, narrative_file, split
from vatra.tables import Finding
from vatra.words import LANGUAGES, Language


@dataclass(frozen=True)
class TextFile:
    """A text with its file, hash, size and number of sections."""

    file: str
    evidence_id: str
    byte_count: int
    sections_count: int
    text: str


def read_texts(folder: Path, findings: list[Finding]) -> Mapping[Language, TextFile]:
    """The texts of a pack by language; what cannot be read is a finding and left out."""
    found = {}
    for lang in LANGUAGES:
        path = folder / narrative_file(lang)
        if path.is_file() and (read := _read(path, findings)) is not None:
            found[lang] = read
    return found


def _read(path: Path, findings: list[Finding]) -> TextFile | None:
    content = path.read_bytes()
    if len(content) > MOST_BYTES:
        params = {"most": MOST_BYTES}
        findings.append(Finding("runs.narrative-size", "error", path.name, params=params))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        findings.append(Finding("runs.narrative-encoding", "error", path.name))
        return None
    if not text.strip():
        # A file without a word is as good as no file.
        return None
    count = len(split(text, path.name)[0])
    return TextFile(path.name, hashlib.sha256(content).hexdigest(), len(content), count, text)
