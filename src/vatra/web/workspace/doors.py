"""From a finding to the pages where it can be mended."""

from __future__ import annotations

import re

from django.urls import reverse

from vatra.tables.findings import Finding
from vatra.web.workspace.naming import table_words
from vatra.web.workspace.sheet import table_of
from vatra.words import Language

FILE = re.compile(r"\b[a-z_]+\.csv\b|\bcity\.yaml\b")


def doors(finding: Finding, slug: str, lang: Language) -> list[tuple[str, str]]:
    """Words and address of each page a finding speaks of: its own row, then other tables."""
    files = dict.fromkeys(FILE.findall(f"{finding.file} {finding.message(lang)}"))
    found = []
    for file in files:
        table = table_of(file)
        if file == "city.yaml":
            url = reverse("editing:city", args=[lang, slug])
        elif table is None:
            continue
        elif file == finding.file and finding.lines:
            url = reverse("editing:row", args=[lang, slug, table.name, finding.lines[0]])
        else:
            url = reverse("editing:table", args=[lang, slug, table.name])
        found.append((table_words(file, lang), url))
    return found
