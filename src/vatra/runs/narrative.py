"""The text of a contract with its figures: resolved for the seal, and checked against the data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vatra.contract.narrative import OUTLINE, Written, narrative_file, split
from vatra.contract.narrative_markdown import pieces
from vatra.runs.narrative_claims import claims
from vatra.runs.narrative_figures import Figure, Figures, UnknownFigure
from vatra.tables import Finding, order
from vatra.words import Language

LIVE = re.compile(r"\{\{[ \t]*(?P<path>[^{}\n]*?)[ \t]*\}\}")


@dataclass(frozen=True)
class Resolved:
    """A section with the words of its figures in place; ``missing`` path and line of the rest."""

    written: Written
    text: str
    figures: tuple[Figure, ...]
    missing: tuple[tuple[str, int, tuple[str, ...]], ...]


def resolved(written: Written, figures: Figures, lang: Language) -> Resolved:
    """A section with each ``{{ path }}`` replaced; a path that names nothing stays as it is."""
    used: dict[str, Figure] = {}
    missing: list[tuple[str, int, tuple[str, ...]]] = []

    def words(found: re.Match[str]) -> str:
        try:
            figure = figures.figure(found["path"])
        except UnknownFigure as unknown:
            line = written.line + written.text.count("\n", 0, found.start())
            missing.append((found["path"][:80], line, unknown.near))
            return found[0]
        used[figure.path] = figure
        return figure.words(lang)

    text = LIVE.sub(words, written.text)
    return Resolved(written, text, tuple(used[each] for each in sorted(used)), tuple(missing))


def paths_of(text: str) -> tuple[str, ...]:
    """The paths of the live figures of a text, each once, in their order."""
    return tuple(dict.fromkeys(found["path"] for found in LIVE.finditer(text)))


@dataclass(frozen=True)
class Narrative:
    """The sections of each language as they are written, and what is wrong with their files."""

    sections: Mapping[Language, Mapping[str, Written]]
    faults: tuple[Finding, ...] = ()

    def text(self, lang: Language, key: str) -> str:
        """The Markdown of a section, empty where nothing is written."""
        found = self.sections.get(lang, {}).get(key)
        return found.text if found else ""


def narrative_of(texts: Mapping[Language, str]) -> Narrative:
    """The narrative of the files by language."""
    sections: dict[Language, Mapping[str, Written]] = {}
    faults: list[Finding] = []
    for lang, text in texts.items():
        sections[lang], wrong = split(text, narrative_file(lang))
        faults += wrong
    return Narrative(sections, tuple(faults))


def sealed_narrative(narrative: Narrative, figures: Figures) -> dict[str, Any]:
    """Text and figures of every section by language, as the sealed document carries them."""
    return {
        lang: {
            key: _sealed(resolved(written, figures, lang), lang)
            for key, written in sections.items()
            if written.text.strip()
        }
        for lang, sections in narrative.sections.items()
    }


def _sealed(each: Resolved, lang: Language) -> dict[str, Any]:
    return {
        "text": each.text,
        "figures": [
            {"path": f.path, "value": f.value, "unit": f.unit, "words": f.words(lang)}
            for f in each.figures
        ],
    }


def narrative_findings(
    narrative: Narrative, figures: Figures, languages: tuple[Language, ...]
) -> list[Finding]:
    """Everything about the text that does not hold; ``column`` of a finding is the section's key.

    Parameters
    ----------
    narrative : what is written
    figures : those of the document
    languages : of the city: a section written in one of them is missing in the others
    """
    found = list(narrative.faults)
    for lang, sections in narrative.sections.items():
        for written in sections.values():
            found += _markup(written, lang)
            each = resolved(written, figures, lang)
            found += _missing(each, lang)
            found += claims(written, each.text, figures, lang)
    found += _between_languages(narrative, languages)
    return order(found)


def _markup(written: Written, lang: Language) -> Iterator[Finding]:
    for odd in pieces(written.text)[1]:
        yield Finding(
            f"contract.narrative-markup-{odd.kind}",
            "warning",
            narrative_file(lang),
            (written.line + odd.line,),
            written.key,
            {"text": odd.text},
        )


def _missing(each: Resolved, lang: Language) -> Iterator[Finding]:
    for path, line, near in each.missing:
        yield Finding(
            "runs.narrative-figure" if near else "runs.narrative-figure-alone",
            "error",
            narrative_file(lang),
            (line,),
            each.written.key,
            {"path": path, "near": list(near)},
        )


def _between_languages(narrative: Narrative, languages: tuple[Language, ...]) -> Iterator[Finding]:
    """Sections that one language lacks, or in which the languages name other figures."""
    for section in OUTLINE:
        key = section.key
        texts = {lang: narrative.text(lang, key).strip() for lang in languages}
        written = [lang for lang, text in texts.items() if text]
        for lang in languages:
            if written and lang not in written:
                yield Finding(
                    "runs.narrative-one-language",
                    "warning",
                    narrative_file(lang),
                    column=key,
                    params={"title": f"@contract.narrative-{key}"},
                )
        yield from _differing({lang: texts[lang] for lang in written}, key)


def _differing(texts: Mapping[Language, str], key: str) -> Iterator[Finding]:
    paths = {lang: set(paths_of(text)) for lang, text in texts.items()}
    everywhere = set.union(*paths.values()) if paths else set()
    for lang, named in paths.items():
        lacking = sorted(everywhere - named)
        if lacking:
            yield Finding(
                "runs.narrative-figures-differ",
                "warning",
                narrative_file(lang),
                column=key,
                params={"title": f"@contract.narrative-{key}", "paths": lacking},
            )
