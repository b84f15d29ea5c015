"""Verbs about a city pack: check, inventory, plan, explain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    EXIT_FINDINGS,
    Answer,
    Format,
    Sheet,
    fail,
    finding_sheet,
    refuse,
    show,
    speak,
)
from vatra.runs.contract import Run, run_pack
from vatra.runs.explain import Explanation, SourceRow, Term, UnknownNumber
from vatra.runs.explain import explain as explain_number
from vatra.runs.pack import open_pack
from vatra.tables import FindingsError, has_errors, label, order
from vatra.tables.vocabulary import SECTORS
from vatra.units import MG_PER_T
from vatra.words import Language, number, percent, say, tonnes


@contextmanager
def findings_refuse(lang: Language, form: Format) -> Iterator[None]:
    """Turn findings that forbid going on into their messages and exit code 1."""
    try:
        yield
    except FindingsError as error:
        refuse(error.findings, lang, form)


def check(
    pack: PackPath, form: Form = Format.TABLE, lang: Lang = None, max_mb: MaxMb = None
) -> None:
    """Read a pack and say everything that is wrong with it, by file and row.

    Example: [bold]vatra check examples/cluj[/]
    """
    language = speak(lang)
    opened = open_pack(pack, limits(max_mb))
    findings = order(opened.findings)
    files = [
        (
            each.file,
            number(each.row_count, language),
            each.dialect.delimiter or each.dialect.sheet,
            each.dialect.encoding,
            ", ".join(f"{column} {style}" for column, style in each.styles.items()),
            each.evidence_id[:12],
        )
        for each in opened.evidence.values()
    ]
    columns = ("file", "rows", "delimiter", "encoding", "numbers", "sha256")
    sheet = Sheet(
        say("cli.files", language),
        [say(f"cli.file-{each}", language) for each in columns],
        files,
        (1,),
    )
    errors = sum(each.severity == "error" for each in findings)
    first = say("cli.check-ok" if not errors else "cli.check-errors", language, count=errors)
    sheets = [sheet] + ([finding_sheet(findings, language)] if findings else [])
    data = {
        "ok": opened.ok,
        "files": [dict(zip(columns, row, strict=True)) for row in files],
        "findings": [each.as_dict(language) for each in findings],
    }
    if form is Format.CSV:
        sheets = [finding_sheet(findings, language)]
    show(Answer(data, sheets, first), form)
    if has_errors(findings):
        raise typer.Exit(EXIT_FINDINGS)


def inventory(
    pack: PackPath,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """Emissions by sector and scope, in t CO2e.

    Example: [bold]vatra inventory examples/cluj --factor electricity.2021=0.27746[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb))
    show(inventory_answer(run, language), form)


def inventory_answer(run: Run, lang: Language) -> Answer:
    """Sectors by scopes for every year of the pack."""
    totals = run.contract["totals"]
    rows: list[tuple[str, ...]] = []
    data_rows: list[dict[str, Any]] = []
    for year in sorted(totals["all"]):
        scopes = sorted(
            {name for each in totals["by_sector_scope"][year].values() for name in each}
        )
        for sector in (each for each in SECTORS if each in totals["by_sector"][year]):
            by_scope = totals["by_sector_scope"][year][sector]
            total = totals["by_sector"][year][sector]
            rows.append(
                (year, label("sector", sector, lang), *_scopes(by_scope, lang), _t(total, lang))
            )
            data_rows.append(_data_row(year, sector, by_scope, total))
        by_scope = {name: totals["by_scope"][year].get(name, 0) for name in scopes}
        total = totals["all"][year]
        rows.append((year, say("cli.total", lang), *_scopes(by_scope, lang), _t(total, lang)))
        data_rows.append(_data_row(year, "total", by_scope, total))
    columns = [
        say(f"cli.inventory-{each}", lang)
        for each in ("year", "sector", "1", "2", "3", "none", "all")
    ]
    base = str(run.pack.city.base_year)
    data = {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "gwp_set": run.pack.city.gwp_set,
        "gases": list(run.pack.city.gases),
        "factor_book": run.contract["versions"]["factor_book"],
        "rows": data_rows,
        "biogenic_t": {year: mg / MG_PER_T for year, mg in totals["biogenic"].items()},
        "findings": [each.as_dict(lang) for each in run.findings],
    }
    first = say(
        "cli.inventory-first",
        lang,
        city=_city(run, lang),
        year=base,
        total=tonnes(totals["all"].get(base, 0), lang),
    )
    last = ""
    if totals["biogenic"].get(base):
        last = say("cli.biogenic", lang, total=tonnes(totals["biogenic"][base], lang), year=base)
    return Answer(
        data, [Sheet(say("cli.inventory-title", lang), columns, rows, (2, 3, 4, 5, 6))], first, last
    )


def _city(run: Run, lang: Language) -> str:
    return run.pack.city.name + (say("cli.synthetic", lang) if run.pack.city.synthetic else "")


def _scopes(by_scope: dict[str, int], lang: Language) -> tuple[str, ...]:
    return tuple(
        _t(by_scope[name], lang) if name in by_scope else "" for name in ("1", "2", "3", "none")
    )


def _t(mass_mg: int, lang: Language) -> str:
    return number(mass_mg / MG_PER_T, lang, 0)


def _data_row(year: str, sector: str, by_scope: dict[str, int], total: int) -> dict[str, Any]:
    scopes = {f"scope_{name}_t": mg / MG_PER_T for name, mg in sorted(by_scope.items())}
    return {"year": int(year), "sector": sector, **scopes, "total_t": total / MG_PER_T}


def plan(
    pack: PackPath,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The way to the target year, and who does the work: grid, background, measures.

    Example: [bold]vatra plan examples/cluj --lang ro[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb))
    if run.plan is None:
        fail(say("cli.no-plan", language, city=run.pack.city.name))
    show(plan_answer(run, language), form)


def plan_answer(run: Run, lang: Language) -> Answer:
    """Stages by sector and the split of the cut."""
    sealed = run.contract["plan"]
    sectors = [each for each in SECTORS if each in sealed["base_mg"]]
    stages = ("base_mg", "before_mg", "after_mg", "unattributed_mg")
    rows = [
        (label("sector", sector, lang), *(_t(sealed[stage][sector], lang) for stage in stages))
        for sector in sectors
    ]
    rows.append(
        (
            say("cli.total", lang),
            *(
                _t(sealed[name], lang)
                for name in ("base_total_mg", "before_total_mg", "residual_mg")
            ),
            _t(sum(sealed["unattributed_mg"].values()), lang),
        )
    )
    years = {"base": str(sealed["base_year"]), "target": str(sealed["target_year"])}
    columns = [say(f"cli.plan-{each}", lang, **years) for each in ("sector", *stages)]
    split = sealed["split"]
    drivers = ("grid", "background", "measures")
    split_rows = [
        (
            say(f"cli.driver-{driver}", lang),
            _t(split["in_order"]["total"][driver], lang),
            percent(_share(split["in_order"]["total"][driver], sealed["cut_mg"]), lang, 1),
            _t(split["symmetric"]["total"][driver], lang),
            percent(_share(split["symmetric"]["total"][driver], sealed["cut_mg"]), lang, 1),
        )
        for driver in drivers
    ]
    split_rows.append(
        (say("cli.cut", lang), _t(sealed["cut_mg"], lang), "", _t(sealed["cut_mg"], lang), "")
    )
    split_columns = [
        say(f"cli.split-{each}", lang)
        for each in ("driver", "order", "share", "symmetric", "share")
    ]
    return Answer(
        _plan_data(run, lang),
        [
            Sheet(say("cli.plan-title", lang), columns, rows, (1, 2, 3, 4)),
            Sheet(
                say("cli.split-title", lang, cut=tonnes(sealed["cut_mg"], lang)),
                split_columns,
                split_rows,
                (1, 2, 3, 4),
            ),
        ],
        plan_sentence(run, lang),
    )


def plan_sentence(run: Run, lang: Language) -> str:
    """What the plan leaves, and whether that keeps the promise."""
    sealed = run.contract["plan"]
    held = "met" if sealed["target_met"] else "missed"
    rule = "held" if sealed["residual_rule_held"] else "broken"
    return say(
        f"cli.plan-{held}-{rule}",
        lang,
        city=_city(run, lang),
        base_year=str(sealed["base_year"]),
        target_year=str(sealed["target_year"]),
        base=tonnes(sealed["base_total_mg"], lang),
        residual=tonnes(sealed["residual_mg"], lang),
        share=percent(sealed["residual_ppm"] / 1e6, lang, 2),
        promised=percent(sealed["cut_ppm"] / 1e6, lang, 2),
        limit=percent(sealed["residual_limit_ppm"] / 1e6, lang),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _plan_data(run: Run, lang: Language) -> dict[str, Any]:
    sealed = run.contract["plan"]
    in_tonnes = {
        key.removesuffix("_mg") + "_t": _in_tonnes(value)
        for key, value in sealed.items()
        if key.endswith("_mg")
    }
    return {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "base_year": sealed["base_year"],
        "target_year": sealed["target_year"],
        **in_tonnes,
        "residual_percent": sealed["residual_ppm"] / 1e4,
        "promised_cut_percent": sealed["cut_ppm"] / 1e4,
        "target_met": sealed["target_met"],
        "residual_rule_held": sealed["residual_rule_held"],
        "split": {
            name: {
                "order": each["order"],
                "total_t": _in_tonnes(each["total"]),
                "by_sector_t": _in_tonnes(each["by_sector"]),
            }
            for name, each in sealed["split"].items()
        },
        "measures": [
            {
                "code": each["code"],
                "name": each["name"][lang],
                "sector": each["sector"],
                "cost_eur": None if each["cost_cents"] is None else each["cost_cents"] / 100,
                "claimed_t": None if each["claimed_mg"] is None else each["claimed_mg"] / MG_PER_T,
                "implied_t": None if each["implied_mg"] is None else each["implied_mg"] / MG_PER_T,
                "eur_per_t": None if each["cents_per_t"] is None else each["cents_per_t"] / 100,
            }
            for each in run.contract["measures"]
        ],
        "findings": [each.as_dict(lang) for each in run.findings],
    }


def _in_tonnes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_tonnes(each) for key, each in value.items()}
    return value / MG_PER_T


def explain(
    pack: PackPath,
    path: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER", help="Which number: parts joined by dots, such as buildings.2021."
        ),
    ],
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
) -> None:
    """A number's formula with the values in it, down to file and line.

    Example: [bold]vatra explain examples/cluj buildings.2021[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        run = run_pack(changed_pack(pack, language, factor, gases, gwp_set, factor_sets))
    try:
        explanation = explain_number(run, path)
    except UnknownNumber as error:
        fail(error.message(language))
    show(explanation_answer(explanation, language), form)


def explanation_answer(explanation: Explanation, lang: Language) -> Answer:
    """One line per summand, with its factor's and its rows' places."""
    rows = [
        (
            str(each.year),
            label("sector", each.sector, lang),
            label("carrier", each.carrier, lang) if each.factor_id else "",
            each.scope,
            each.gas if each.factor_id else "",
            each.words(lang),
            _places(each.rows, each.rows_count, lang),
            f"{each.factor_id} ({each.factor_place})" if each.factor_id else "",
        )
        for each in explanation.terms
    ]
    names = ("year", "sector", "carrier", "scope", "gas", "words", "rows", "factor")
    columns = [say(f"cli.explain-{each}", lang) for each in names]
    formulas = "\n".join(
        f"{say(f'methods.{each.name}', lang)}: "
        f"{say(f'methods.{each.name}-formula', lang)}   [{each.source}]"
        for each in explanation.methods
    )
    first = f"{explanation.title(lang)} = {tonnes(explanation.total_mg, lang, 1)} CO2e\n{formulas}"
    blocks = "\n".join(_term_block(each, lang) for each in explanation.terms)
    return Answer(explanation.as_dict(lang), [Sheet("", columns, rows)], first, text=blocks)


def _term_block(term: Term, lang: Language) -> str:
    """A summand in three lines: the arithmetic, its rows, its factor."""
    names = [str(term.year), label("sector", term.sector, lang)]
    if term.factor_id:
        names.append(label("carrier", term.carrier, lang))
    if term.scope:
        names.append(say("runs.scope", lang, scope=term.scope))
    if term.factor_id:
        names.append(term.gas)
    lines = [", ".join(names), f"    {term.words(lang)}"]
    if term.rows:
        places = _places(term.rows, term.rows_count, lang)
        lines.append(f"    {say('cli.explain-rows', lang)}: {places}  {term.rows[0].source}")
    if term.factor_id:
        place = f"{term.factor_id} ({term.factor_place})" if term.factor_place else term.factor_id
        lines.append(f"    {say('cli.explain-factor', lang)}: {place}  {term.factor_source}")
    return "\n".join(lines)


def _places(rows: Sequence[SourceRow], count: int, lang: Language) -> str:
    if not rows:
        return ""
    shown = ", ".join(str(each.line) for each in rows[:5])
    more = say("cli.more", lang, count=count - 5) if count > 5 else ""
    return f"{rows[0].file}:{shown}{more}"


VERBS = (check, inventory, plan, explain)
