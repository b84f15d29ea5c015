"""What the text of a version rests on: the document computed from its data, and the figures in it.

A change of the text alone changes no figure: the document of an earlier version with the same data
serves, so that saving a section does not compute the whole city again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import vatra
from vatra.contract.narrative import NARRATIVE_FILES, narrative_file
from vatra.runs.narrative import Narrative, narrative_findings, narrative_of
from vatra.runs.narrative_figures import Figures
from vatra.tables import Finding
from vatra.web.drafting.models import FigureReading
from vatra.web.workspace.models import Version
from vatra.web.workspace.packs import Computed, computed, is_computed
from vatra.web.workspace.queries import pack_files, text_of
from vatra.words import LANGUAGES, Language, language

READ_BACK = 20
READINGS_KEPT = 20
WRITTEN_CODES = ("contract.narrative-", "runs.narrative-")


@dataclass(frozen=True)
class Ground:
    """A version's text with the figures under it; no ``figures`` where nothing can be computed."""

    version: Version
    narrative: Narrative
    based: Computed
    figures: Figures | None
    languages: tuple[Language, ...]
    former: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def text_findings(self) -> list[Finding]:
        """What is wrong with the text."""
        if self.figures is None:
            return list(self.narrative.faults)
        return narrative_findings(self.narrative, self.figures, self.languages)

    @cached_property
    def data_findings(self) -> list[Finding]:
        """What is wrong with everything else."""
        return [each for each in self.based.findings if not each.code.startswith(WRITTEN_CODES)]

    @property
    def findings(self) -> list[Finding]:
        """All of it."""
        return [*self.data_findings, *self.text_findings]

    @property
    def document(self) -> Mapping[str, Any] | None:
        """The document that the figures are of."""
        return self.figures.document if self.figures else None


def ground_of(version: Version) -> Ground:
    """The text of a version and its figures."""
    based = _based(version)
    document = based.document
    texts = {lang: text_of(version, narrative_file(lang)) for lang in LANGUAGES}
    narrative = narrative_of({lang: text for lang, text in texts.items() if text.strip()})
    languages: tuple[Language, ...] = LANGUAGES
    if document:
        languages = tuple(language(each) for each in document["city"]["languages"])
    figures = Figures(document) if document else None
    return Ground(version, narrative, based, figures, languages, _former(version))


def data_digest(version: Version) -> str:
    """The hash of all files of a version but its text."""
    files = {name: sha for name, sha in pack_files(version).items() if name not in NARRATIVE_FILES}
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _based(version: Version) -> Computed:
    """The computed version nearest before this one that has the same data."""
    if not is_computed(version):
        wanted = data_digest(version)
        earlier = Version.objects.filter(city=version.city_id, number__lt=version.number)
        for each in earlier.order_by("-number")[:READ_BACK]:
            if data_digest(each) != wanted:
                break
            if is_computed(each) and (found := computed(each)).ok:
                return found
    return computed(version)


def note_reading(ground: Ground) -> None:
    """Remember what the figures say now, so that a typed one is known when it falls behind.

    Another release may compute other figures from the same data: it has a reading of its own.
    """
    if ground.figures is None:
        return
    city = ground.version.city_id
    said = f"{vatra.__version__} {data_digest(ground.version)}"
    digest = hashlib.sha256(said.encode()).hexdigest()
    values = {path: each.value for path, each in ground.figures.listed.items()}
    FigureReading.objects.get_or_create(city_id=city, data=digest, defaults={"values": values})
    kept = FigureReading.objects.filter(city_id=city).values_list("pk", flat=True)[:READINGS_KEPT]
    FigureReading.objects.filter(city_id=city).exclude(pk__in=list(kept)).delete()


def _former(version: Version) -> dict[str, tuple[int, ...]]:
    """Path -> every value that was read before."""
    found: dict[str, dict[int, None]] = {}
    for reading in FigureReading.objects.filter(city=version.city_id):
        for path, value in reading.values.items():
            found.setdefault(path, {})[value] = None
    return {path: tuple(values) for path, values in found.items()}
