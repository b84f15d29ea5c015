"""What the page of an upload shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from vatra.web.evidence import queries
from vatra.web.evidence.actions import LARGE_ROWS, against
from vatra.web.evidence.checking import finding_of
from vatra.web.evidence.inheriting import is_kept
from vatra.web.evidence.lineage import LINES_SHOWN, lines_now
from vatra.web.evidence.models import Upload
from vatra.web.evidence.rules import may_decide, may_hand_in
from vatra.web.evidence.sniffing import LARGEST_MB
from vatra.web.evidence.wording import Wording
from vatra.web.jobs.views import content as job_content
from vatra.web.people.rules import Actor
from vatra.web.workspace.models import Version
from vatra.web.workspace.naming import table_name, table_words
from vatra.web.workspace.packs import computed, is_computed
from vatra.web.workspace.queries import head_of
from vatra.words import Language, say

FINDINGS_SHOWN = 12
NUMBERS_SHOWN = 30
BYTES_PER_MB = 1_000_000


@dataclass(frozen=True)
class FromIt:
    """A number that rows of an upload are part of: its path, its name, their share of it [mg]."""

    path: str
    sector: str
    year: int
    co2e_mg: int


def upload_content(upload: Upload, actor: Actor, lang: Language) -> dict[str, Any]:
    """Everything of an upload's page."""
    head = head_of(upload.city)
    found = queries.findings_of(upload)
    table = queries.table_of(upload)
    wording = queries.wording_of(upload, lang)
    file, lines = lines_now(upload, head) if upload.state in ("accepted", "replaced") else ("", [])
    job = upload.job if upload.job and (upload.job.is_open or upload.is_open) else None
    content: dict[str, Any] = {
        "upload": upload,
        "size_mb": max(0.1, upload.byte_count / BYTES_PER_MB),
        "table_file": table_name(table.name, lang) if table else "",
        "findings": [
            (each.severity, wording.place(each), wording.message(each))
            for each in found[:FINDINGS_SHOWN]
        ],
        "more_findings": max(0, len(found) - FINDINGS_SHOWN),
        "chain": [each for each in queries.chain_of(upload) if each.pk != upload.pk],
        "now_file": table_words(file, lang),
        "now_lines": lines[:LINES_SHOWN],
        "now_count": len(lines),
        "now_lines_text": ", ".join(map(str, lines[:LINES_SHOWN])),
        "largest": LARGEST_MB,
        "numbers": numbers_of(upload, head, file, lines),
        "may_hand_in": may_hand_in.allows(actor, upload.city),
        "may_decide": may_decide.allows(actor, upload.city),
        "against": _in_words(_against(upload, head), wording),
        "kept_from": upload.replaces if is_kept(upload) else None,
        "is_busy": job is not None and job.is_open,
    }
    if job is not None:
        content |= job_content(job, actor, lang) | {"job_place": ""}
    return content


def _against(upload: Upload, head: Version | None) -> dict[str, Any]:
    """What accepting would do, computed anew when the tables changed since the check."""
    if not upload.may_be_accepted or not upload.against:
        return {}
    is_new = head is not None and upload.against.get("version") == head.number
    if is_new or upload.row_count > LARGE_ROWS:
        return upload.against
    return against(upload)


def _in_words(against: dict[str, Any], wording: Wording) -> dict[str, Any]:
    """The cells that differ under the labels of their columns; why the table stands in the way."""
    why = against.get("unreadable")
    if isinstance(why, dict):
        what = finding_of(why, why["file"]).message(wording.lang)
        key = "web.evidence.against-unreadable"
        return against | {"unreadable": say(key, wording.lang, file=why["file"], what=what)}
    examples = [
        each | {"cells": [[wording.ours(name), *texts] for name, *texts in each["cells"]]}
        for each in against.get("examples", ())
    ]
    return against | {"examples": examples} if examples else against


def numbers_of(upload: Upload, head: Version | None, file: str, lines: list[int]) -> list[FromIt]:
    """Numbers of the inventory that rows of an upload are part of; none until it is computed."""
    if head is None or not lines or not is_computed(head):
        return []
    run = computed(head).run
    if run is None:
        return []
    rows = run.inventory.results.filter(
        (pl.col("file") == file) & pl.col("line").cast(pl.Int64).is_in(lines)
    )
    sums = (
        rows.group_by("year", "sector")
        .agg(pl.col("co2e_mg").sum())
        .sort(["year", "sector"])
        .head(NUMBERS_SHOWN)
    )
    return [
        FromIt(f"{row['sector']}.{row['year']}", row["sector"], row["year"], row["co2e_mg"])
        for row in sums.iter_rows(named=True)
    ]
