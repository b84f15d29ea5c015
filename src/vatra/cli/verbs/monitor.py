"""What came of the plan so far, and what is expected of the target year."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.options import (
    FactorSets,
    Form,
    Gases,
    GwpSet,
    Lang,
    MaxMb,
    Overrides,
    PackPath,
    changed_pack,
    limits,
)
from vatra.cli.output import (
    Answer,
    Format,
    Sheet,
    fail,
    finding_sheets,
    findings_refuse,
    show,
    speak,
)
from vatra.contract.canonical import pretty
from vatra.contract.charts.table import RenderedTable
from vatra.plans.monitoring import Why
from vatra.plans.risk import SEED
from vatra.runs.monitor import DRAWS, THRESHOLD_PPM, Monitoring, why
from vatra.runs.monitor import monitor as monitor_of
from vatra.runs.monitor_report import annual_report
from vatra.runs.monitor_tables import report_sentences, report_tables
from vatra.runs.netzero import Balance, balance, sampled_of
from vatra.runs.pack import open_pack
from vatra.runs.scenario import Scenario, scenario
from vatra.tables import FindingsError, order
from vatra.words import Language, say

PPM_PER_PERCENT = 10_000
_BALANCE = ("residual", "sinks", "budgets", "net_zero")
_UNITS = {"_mg": ("_t", 1_000_000_000), "_ppm": ("_share", 1_000_000), "_cents": ("_eur", 100)}


class Sheets(StrEnum):
    """Which table CSV has."""

    TARGET = "target"
    ACTIONS = "actions"
    SLIPS = "slips"
    WHY = "why"
    RESIDUAL = "residual"
    SINKS = "sinks"
    BUDGETS = "budgets"
    NET_ZERO = "net_zero"


def monitor(
    pack: PackPath,
    since: Annotated[
        Path | None,
        typer.Option(
            metavar="PACK", help="An earlier version of the pack: why the figure changed."
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Freeze the annual report in a new file: sealed JSON, or PDF by its ending.",
        ),
    ] = None,
    balanced: Annotated[
        bool,
        typer.Option(
            "--balance", help="Residual by cause, sinks, carbon budgets and net zero too."
        ),
    ] = False,
    threshold: Annotated[
        float,
        typer.Option(
            metavar="PERCENT",
            min=0.0,
            max=100.0,
            help="An alert where the target is less likely than this.",
        ),
    ] = THRESHOLD_PPM / PPM_PER_PERCENT,
    draws: Annotated[
        int, typer.Option(min=256, max=1_000_000, help="Draws behind each probability.")
    ] = DRAWS,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = SEED,
    table: Annotated[Sheets, typer.Option("--table", help="Which table CSV has.")] = Sheets.TARGET,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """What the reports of progress.csv make of the target year, and what a further delay costs.

    Example: [bold]vatra monitor examples/iasi --balance[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        changed = changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb)
        built = scenario(changed)
        found = monitor_of(built, draws=draws, seed=seed, threshold_ppm=_ppm(threshold))
        now = found.expected["plan_pace"].scenario
        held = balance(now, sampled=sampled_of(now, draws, seed))
        changes = _changes(found, since, max_mb)
    document = annual_report(found, held, changes)
    written = "" if report is None else _freeze(report, document, language)
    show(monitor_answer(document, found, held, language, balanced, table, written), form)


def _ppm(percent: float) -> int:
    return round(percent * PPM_PER_PERCENT)


def _changes(found: Monitoring, since: Path | None, max_mb: int | None) -> Why | None:
    """Against an earlier version, both as expected; else what is expected against the plan.

    None where nothing was reported that could have changed anything.
    """
    now = found.expected["plan_pace"].scenario
    if since is None:
        return None if found.last_year is None else why(found.planned, now)
    return why(_as_expected(since, max_mb), now)


def _as_expected(folder: Path, max_mb: int | None) -> Scenario:
    earlier = open_pack(folder, limits(max_mb))
    if not earlier.ok:
        raise FindingsError(earlier.findings)
    return monitor_of(scenario(earlier), draws=None).expected["plan_pace"].scenario


def _freeze(path: Path, document: Mapping[str, Any], lang: Language) -> str:
    """Write the report to a file that is not there yet, or that holds the very same."""
    from vatra.runs.monitor_pdf import report_pdf

    is_pdf = path.suffix.casefold() == ".pdf"
    content = report_pdf(document, lang) if is_pdf else pretty(document)
    try:
        if path.exists() and path.read_bytes() != content:
            fail(say("cli.monitor-frozen", lang, file=str(path)))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        fault = error.strerror or str(error)
        fail(say("cli.monitor-unwritable", lang, file=str(path), fault=fault))
    return path.name


def monitor_answer(
    document: Mapping[str, Any],
    found: Monitoring,
    held: Balance,
    lang: Language,
    balanced: bool = False,
    table: Sheets = Sheets.TARGET,
    written: str = "",
) -> Answer:
    """Sentences, then target year, actions, slip cost and causes; more where asked for."""
    tables = {each.id: each for each in report_tables(document, lang)}
    shown = [each for name, each in tables.items() if balanced or name not in _BALANCE]
    city = document["city"]["name"] + (
        say("cli.synthetic", lang) if document["city"]["synthetic"] else ""
    )
    sentences = report_sentences({**document, "city": {**document["city"], "name": city}}, lang)
    findings = order([*found.findings, *(held.findings if balanced else ())])
    seal = document["seal"]["value"][:12]
    last = (
        say("cli.monitor-written", lang, file=written, seal=seal)
        if written
        else say("cli.monitor-not-written", lang)
    )
    return Answer(
        {**in_units(document), "written": written or None},
        [*(_sheet(each, lang) for each in shown), *finding_sheets(findings, lang)],
        "\n".join(sentences),
        "\n".join([*(each.note for each in shown if each.note), last]),
        rows=_rows(tables.get(table.value)),
    )


def _sheet(table: RenderedTable, lang: Language) -> Sheet:
    right = [place for place, each in enumerate(table.columns) if each.kind == "number"]
    return Sheet(table.title, table.headings, table.texts(lang), right)


def _rows(table: RenderedTable | None) -> list[dict[str, Any]]:
    """One table as plain data."""
    if table is None:
        return []
    keys = [each.key for each in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def in_units(content: Any, size: int = 1) -> Any:
    """Sealed data for machines: tonnes, shares and euros instead of mg, ppm and cents."""
    if isinstance(content, dict):
        return dict(_in_units(key, each, size) for key, each in content.items())
    if isinstance(content, list):
        return [in_units(each, size) for each in content]
    if size == 1 or isinstance(content, bool) or not isinstance(content, int):
        return content
    return content / size


def _in_units(key: str, content: Any, size: int) -> tuple[str, Any]:
    for suffix, (other, unit) in _UNITS.items():
        if key.endswith(suffix):
            return key.removesuffix(suffix) + other, in_units(content, unit)
    return key, in_units(content, size)
