"""What is missing before a contract may be read for approval, most serious first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from vatra.contract.narrative import OUTLINE
from vatra.web.drafting.ground import Ground
from vatra.words import Language, say


@dataclass(frozen=True)
class Gap:
    """One thing that is missing; ``key`` of its text. ``blocks``: needs a reason to go on."""

    key: str
    blocks: bool = False
    params: dict[str, Any] = field(default_factory=dict)
    page: str = ""

    def message(self, lang: Language) -> str:
        """What is missing, in words."""
        return say(f"web.drafting.{self.key}", lang, **self.params)

    def as_dict(self) -> dict[str, Any]:
        """As a review keeps it."""
        return {"key": self.key, "params": self.params, "blocks": self.blocks}


def gaps(ground: Ground) -> list[Gap]:
    """Everything that is missing in a draft."""
    return sorted(_gaps(ground), key=lambda each: not each.blocks)


def _gaps(ground: Ground) -> Iterator[Gap]:
    document = ground.document
    if document is None:
        yield Gap("gap-not-computed", True, page="workspace:findings")
    else:
        yield from _of_data(ground, document)
    yield from _of_text(ground)


def _of_data(ground: Ground, document: Mapping[str, Any]) -> Iterator[Gap]:
    errors = sum(each.severity == "error" for each in ground.data_findings)
    if errors:
        yield Gap("gap-data-errors", True, {"count": errors}, "workspace:findings")
    linted = sum(each["severity"] == "error" for each in document.get("lint") or ())
    if linted:
        yield Gap("gap-lint", True, {"count": linted}, "drafting:lint")
    # Measures as printed make a plan, and so do actions of the pathway.
    if not document.get("plan") and not document.get("pathway"):
        yield Gap("gap-no-plan", True, page="editing:catalogue")
    if not document.get("participation"):
        yield Gap("gap-nobody-heard")


def _of_text(ground: Ground) -> Iterator[Gap]:
    wrong = [each.severity for each in ground.text_findings]
    if "error" in wrong:
        yield Gap("gap-text-errors", True, {"count": wrong.count("error")}, "drafting:contract")
    if "warning" in wrong:
        yield Gap("gap-text-warnings", params={"count": wrong.count("warning")})
    for lang in ground.languages:
        empty = sum(not ground.narrative.text(lang, each.key).strip() for each in OUTLINE)
        if empty:
            yield Gap(f"gap-empty-{lang}", empty == len(OUTLINE), {"count": empty})
