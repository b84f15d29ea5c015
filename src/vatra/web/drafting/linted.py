"""The linter on a draft: its printed tables, and its sentences held against them."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from vatra.contract.narrative import OUTLINE
from vatra.contract.narrative_markdown import paragraphs
from vatra.linter import lint
from vatra.linter.document import Passage
from vatra.runs.lint import pack_document
from vatra.runs.narrative import narrative_of, resolved
from vatra.runs.narrative_figures import Figures
from vatra.runs.pack import open_pack
from vatra.web.drafting.ground import ground_of
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import pack_folder
from vatra.words import Language

KEPT = 8


def linted(version: Version, lang: Language) -> list[dict[str, Any]] | None:
    """Findings of the linter in a language; None for a version that cannot be computed."""
    figures = ground_of(version).figures
    if figures is None:
        return None
    return _linted(pack_folder(version), version.digest, lang, _Held(figures))


class _Held:
    """Figures beside the key of the cache: the digest says all that they could."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held)


@lru_cache(KEPT)
def _linted(folder: Path, digest: str, lang: Language, held: _Held) -> list[dict[str, Any]]:
    pack = open_pack(folder)
    written = narrative_of(pack.texts).sections.get(lang, {})
    passages = [
        Passage(words, section.title(lang))
        for section in OUTLINE
        if section.key in written
        for _, words in paragraphs(resolved(written[section.key], held.figures, lang).text)
    ]
    document = replace(pack_document(pack, lang), passages=passages, language=lang)
    return [each.as_dict(lang) for each in lint(document)]
