"""What the contract was computed from: files and methods, each with its hash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vatra.contract.charts.table import RenderedTable, text_column
from vatra.contract.render.tables.cells import number_column
from vatra.words import Language, say

PLACE = 95


def build(document: Mapping[str, Any], lang: Language) -> list[RenderedTable]:
    """Files with SHA-256 and rows; methods with the hash of their pages."""
    versions = document["versions"]
    files = versions.get("files", {})
    methods = versions.get("methods", {})
    return [
        RenderedTable(
            "files",
            say("contract.render.files-table", lang),
            (
                text_column("file", "contract.render.file", lang),
                number_column("rows", say("contract.render.rows", lang), ""),
                number_column("bytes", say("contract.render.bytes", lang), ""),
                text_column("sha256", "contract.render.sha256", lang),
            ),
            tuple(
                (name, files[name]["row_count"], files[name]["byte_count"], files[name]["sha256"])
                for name in sorted(files)
            ),
        ),
        RenderedTable(
            "methods",
            say("contract.render.methods-table", lang),
            (
                text_column("method", "contract.render.method", lang),
                text_column("sha256", "contract.render.sha256", lang),
            ),
            tuple((name.replace("_", " "), methods[name]) for name in sorted(methods)),
            note=say("contract.render.methods-note", lang, version=versions.get("vatra", "")),
        ),
    ]
