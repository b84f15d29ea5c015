"""Why a published inventory prints another total than our rows give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from vatra.cli.figures import city_name, in_tonnes, signed_tonnes
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
)
from vatra.cli.output import Answer, Format, Sheet, fail, findings_refuse, show, speak
from vatra.plans.ledger import Ledger
from vatra.plans.ledger_lines import CAUSES, Entry
from vatra.runs.contract import Run, run_pack
from vatra.runs.gap import gap as ledger_of
from vatra.runs.gap import printed_gases, printed_years
from vatra.tables import label
from vatra.units import MG_PER_T
from vatra.words import Language, say, tonnes


def gap(
    pack: PackPath,
    year: Annotated[
        int | None, typer.Option(help="A year that is printed; the base year unless given.")
    ] = None,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """Why the published tables print another total than the rows give, cause by cause.

    Example: [bold]vatra gap examples/cluj --factor electricity.2021=0.27746[/]
    """
    language = speak(lang)
    with findings_refuse(language, form):
        changed = changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb)
        run = run_pack(changed, with_plan=False)
    wanted = year or changed.city.base_year
    known = printed_years(changed)
    if not known:
        fail(say("cli.gap-nothing-printed", language))
    if wanted not in known:
        printed = [str(each) for each in known]
        fail(say("cli.gap-year", language, year=str(wanted), years=printed))
    found = ledger_of(run.inventory, wanted, printed_gases(changed))
    show(gap_answer(run, found, language), form)


def gap_answer(run: Run, found: Ledger, lang: Language) -> Answer:
    """Causes by carrier, then every entry with its sentence."""
    rows = [_entry_data(each, lang) for each in found.entries]
    data = {
        "city": run.pack.city.name,
        "synthetic": run.pack.city.synthetic,
        "year": found.year,
        "ours_t": found.ours_mg / MG_PER_T,
        "published_t": found.published_mg / MG_PER_T,
        "gap_t": found.gap_mg / MG_PER_T,
        "by_cause_t": _in_t(found.by_cause()),
        "by_carrier_t": {each: _in_t(found.by_cause(each)) for each in found.carriers()},
        "entries": rows,
    }
    sheets = [_causes_sheet(found, lang), _entries_sheet(found, lang)] if found.entries else []
    return Answer(data, sheets, _first(run, found, lang), _last(found, lang), rows=rows)


def _in_t(by_cause: Any) -> dict[str, float]:
    return {cause: mass_mg / MG_PER_T for cause, mass_mg in by_cause.items()}


def _first(run: Run, found: Ledger, lang: Language) -> str:
    about = {
        "city": city_name(run, lang),
        "year": str(found.year),
        "published": tonnes(found.published_mg, lang),
        "ours": tonnes(found.ours_mg, lang),
    }
    if not found.gap_mg:
        return say("cli.gap-first-none", lang, **about)
    moved = signed_tonnes(found.gap_mg, lang) + "\u00a0t"
    return say("cli.gap-first", lang, **about, moved=moved)


def _last(found: Ledger, lang: Language) -> str:
    """What no printed figure explains, which is never spread over the other causes."""
    left = found.by_cause()["unexplained"]
    if not left:
        return say("cli.gap-all-explained", lang)
    return say("cli.gap-unexplained", lang, left=signed_tonnes(left, lang) + "\u00a0t")


def _causes_sheet(found: Ledger, lang: Language) -> Sheet:
    """Causes of each carrier; entries of whole sectors have none."""
    parts = [(_carrier(each, lang), found.by_cause(each)) for each in found.carriers()]
    parts.append((say("cli.gap-total", lang), found.by_cause()))
    rows = [
        (
            name,
            *(signed_tonnes(causes[cause], lang) for cause in CAUSES),
            signed_tonnes(sum(causes.values()), lang),
        )
        for name, causes in parts
    ]
    columns = [
        say("cli.gap-carrier", lang),
        *(say(f"plans.ledger-{cause}", lang) for cause in CAUSES),
        say("cli.gap-together", lang),
    ]
    return Sheet(say("cli.gap-causes-title", lang), columns, rows, _right(1, columns))


def _entries_sheet(found: Ledger, lang: Language) -> Sheet:
    rows: list[Sequence[str]] = [
        ("", "", say("cli.gap-ours", lang), "", in_tonnes(found.ours_mg, lang))
    ]
    rows += [
        (
            label("sector", each.sector, lang) if each.sector else "",
            each.scope,
            _carrier(each.carrier, lang),
            say(f"plans.ledger-{each.why}", lang),
            signed_tonnes(each.amount_mg, lang),
        )
        for each in found.entries
    ]
    rows.append(("", "", say("cli.gap-published", lang), "", in_tonnes(found.published_mg, lang)))
    columns = [say(f"cli.gap-{name}", lang) for name in ("sector", "scope", "carrier", "why", "t")]
    title = say("cli.gap-entries-title", lang, year=str(found.year))
    return Sheet(title, columns, rows, (4,))


def _right(first: int, columns: Sequence[str]) -> tuple[int, ...]:
    return tuple(range(first, len(columns)))


def _carrier(code: str, lang: Language) -> str:
    return label("carrier", code, lang) if code else say("cli.gap-no-carrier", lang)


def _entry_data(entry: Entry, lang: Language) -> dict[str, Any]:
    return {
        "sector": entry.sector,
        "scope": entry.scope,
        "carrier": entry.carrier,
        "cause": entry.cause,
        "why": entry.why,
        "words": say(f"plans.ledger-{entry.why}", lang),
        "t": entry.amount_mg / MG_PER_T,
    }
