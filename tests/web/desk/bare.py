"""Fields whose label is all that explains them, by page: each is waiting for its sentence.

A field may leave this list, none may come. Digits stand as ``#``: they number rows.
"""

from __future__ import annotations

from collections.abc import Mapping

BARE: Mapping[str, frozenset[str]] = {
    "drafting:figures": frozenset({"q"}),
    "drafting:records": frozenset(
        {
            "n#-date",
            "n#-groups",
            "n#-kind",
            "n#-organiser",
            "n#-outcome_en",
            "n#-outcome_ro",
            "n#-participants",
            "n#-source",
            "n#-topic_en",
            "n#-topic_ro",
        }
    ),
    "drafting:section": frozenset({"q"}),
    "editing:catalogue": frozenset({"field"}),
    "editing:comments": frozenset({"kind", "state"}),
    "editing:row": frozenset(
        {
            "c-doubt_percent",
            "c-item",
            "c-locality",
            "c-note",
            "c-quality",
            "c-scope",
            "c-sector",
            "c-source",
            "c-sub_sector",
            "c-unit",
            "c-year",
        }
    ),
    "editing:row-new": frozenset(
        {
            "c-amount",
            "c-carrier",
            "c-doubt_percent",
            "c-item",
            "c-locality",
            "c-note",
            "c-quality",
            "c-scope",
            "c-sector",
            "c-source",
            "c-sub_sector",
            "c-unit",
            "c-year",
        }
    ),
    "editing:table": frozenset({"q"}),
    "evidence:mapping": frozenset(
        {
            "base",
            "constant.amount",
            "constant.carrier",
            "constant.doubt_percent",
            "constant.item",
            "constant.locality",
            "constant.note",
            "constant.quality",
            "constant.scope",
            "constant.sector",
            "constant.source",
            "constant.sub_sector",
            "constant.unit",
            "constant.year",
            "heading_row",
            "last_row",
            "numbers",
            "table",
            "text",
        }
    ),
    "evidence:upload": frozenset({"reason"}),
    "evidence:uploads": frozenset({"state"}),
    "progress:indicators": frozenset(
        {
            "action",
            "baseline_year",
            "name_en",
            "name_ro",
            "sector",
            "target_value",
            "target_year",
            "unit",
        }
    ),
    "progress:measure": frozenset({"note", "spent_eur", "status", "year"}),
    "progress:task": frozenset({"action", "due", "note", "owner", "title"}),
    "progress:tasks": frozenset({"action", "due", "note", "of", "owner", "title"}),
    "publication:contract": frozenset(
        {"email", "name", "office", "organisation", "person", "reason"}
    ),
    "workspace:compare": frozenset({"from", "to"}),
    "workspace:version": frozenset({"from", "to"}),
}
