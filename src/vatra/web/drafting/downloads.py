"""Files of a draft, marked on every page, and the inventory and plan as a SECAP takes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract import pretty
from vatra.contract.charts.table import RenderedTable
from vatra.contract.render.mark import marked
from vatra.contract.render.tables import tables as contract_tables
from vatra.faces import faces
from vatra.faces.files import FORMATS
from vatra.faces.formats.grid import Grid
from vatra.faces.writing import about, grid_of
from vatra.runs.contract import Run
from vatra.runs.exchange import report, years_of
from vatra.words import Language, say

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
DRAFT_FORMAT = "vatra-contract-draft/1"
FACE = "secap"
# Tables of the plan that a SECAP asks for: what is done, what it costs and saves.
PLAN_TABLES = ("pathway", "b-2.1", "b-2.2", "b-2.2-energy", "ip-sources", "participation")


def draft_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document as a draft: without seal and digests, so that nothing takes it for sealed."""
    kept = {key: each for key, each in document.items() if key not in ("seal", "digests")}
    return kept | {"draft": True, "format": DRAFT_FORMAT}


def draft_bytes(document: Mapping[str, Any], form: str, lang: Language) -> bytes:
    """The draft as a file. ``form`` is pdf, docx, xlsx or json."""
    # The writers take half a second to load, which no other page should wait for.
    from vatra.contract.render.docx import docx
    from vatra.contract.render.pdf import pdf
    from vatra.contract.render.xlsx import xlsx

    draft = draft_of(document)
    if form == "json":
        return pretty(draft)
    return {"pdf": pdf, "docx": docx, "xlsx": xlsx}[form](draft, lang)


def secap_bytes(
    run: Run, document: Mapping[str, Any], form: str, lang: Language, *, draft: bool
) -> bytes:
    """Inventory and plan as one workbook or JSON file. ``form`` is xlsx or json."""
    face = faces()[FACE]
    asked = report(run.inventory, years_of(face, run.inventory))
    frames = face.write(asked)
    suffix = f".{form}"
    grids = {
        part: grid_of(face, part, frames[part], lang, suffix, rounded=form == "xlsx")
        for part in face.parts
    }
    mark = say("contract.render.draft", lang) if draft else ""
    for each in contract_tables(document, lang):
        if each.id in PLAN_TABLES:
            grids[f"plan-{each.id}"] = _grid(marked(each, document, lang), mark)
    facts = dict(about(face, asked))
    if mark:
        facts["draft"] = mark
    return FORMATS[suffix].write(grids, facts)


def _grid(table: RenderedTable, mark: str) -> Grid:
    title = f"{mark}: {table.title}" if mark else table.title
    rows = [list(row) for row in table.rows]
    numeric = [each.kind == "number" for each in table.columns]
    return Grid(title, list(table.headings), rows, numeric=numeric)
