"""What a quarter's plan has to say in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from vatra.cli.output import Answer, Sheet, finding_sheets
from vatra.contract.charts.table import RenderedTable
from vatra.runs.blueprint_apply import Applied
from vatra.runs.quarter import QuarterRun
from vatra.runs.quarter_files import plan_data
from vatra.runs.quarter_report import sentences
from vatra.runs.quarter_rows import block_rows
from vatra.runs.quarter_tables import measure_table, plan_tables
from vatra.words import Language, say


def quarter_answer(
    run: QuarterRun, applied: Applied | None, lang: Language, written: Sequence[str] = ()
) -> Answer:
    """The answer first, then tables; in CSV a row for each block."""
    tables = plan_tables(run, lang)
    if applied is not None:
        tables.append(measure_table(applied.measure, lang))
    data = plan_data(run, applied) | {
        "findings": [each.as_dict(lang) for each in run.findings],
        "written": list(written),
    }
    return Answer(
        data,
        [*(_sheet(each, lang) for each in tables), *finding_sheets(run.findings, lang)],
        "\n".join(sentences(run, lang, applied)),
        "\n".join(_last(run, written, lang)),
        rows=block_rows(run),
    )


def _sheet(table: RenderedTable, lang: Language) -> Sheet:
    right = [place for place, each in enumerate(table.columns) if each.kind == "number"]
    return Sheet(table.title, table.headings, table.texts(lang), right)


def _last(run: QuarterRun, written: Sequence[str], lang: Language) -> list[str]:
    said = []
    if run.stock.synthetic:
        said.append(say("cli.stock-synthetic", lang))
    if run.climate.synthetic:
        said.append(say("cli.stock-climate", lang))
    if written:
        said.append(say("cli.quarter-written", lang, files=list(written)))
    return said
