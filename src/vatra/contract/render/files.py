"""All files of a contract, written so that none is ever seen half."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from vatra.contract.charts import charts
from vatra.contract.render.csv import csv
from vatra.contract.render.docx import docx
from vatra.contract.render.pdf import pdf
from vatra.contract.render.tables import tables
from vatra.contract.render.xlsx import xlsx
from vatra.words import Language, language


def render_all(document: Mapping[str, Any], folder: Path, languages: Iterable[str]) -> list[Path]:
    """Write PDF, DOCX, XLSX, charts and tables in each language; returns the files in order.

    The same document gives the same bytes. Each file is written beside its place and moved
    there whole. Raises ``ValueError`` for a language that Vatra does not speak.
    """
    spoken = [language(code) for code in languages]
    return [
        write_whole(folder / name, content)
        for lang in spoken
        for name, content in rendered(document, lang)
    ]


def rendered(document: Mapping[str, Any], lang: Language) -> Iterator[tuple[str, bytes]]:
    """Path inside the folder and bytes of each file in one language."""
    yield f"contract.{lang}.pdf", pdf(document, lang)
    yield f"contract.{lang}.docx", docx(document, lang)
    yield f"contract.{lang}.xlsx", xlsx(document, lang)
    for chart in charts(document, lang):
        yield f"charts/{chart.name}.{lang}.svg", chart.svg().encode()
    for table in tables(document, lang):
        yield f"tables/{table.id}.{lang}.csv", csv(table, document, lang)


def write_whole(path: Path, content: bytes) -> Path:
    """Write bytes beside their place, then move them there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        # mkstemp makes a private file; what is rendered is for everybody.
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return path
