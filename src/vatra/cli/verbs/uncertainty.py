"""How sure the plan is to reach its target, and which number to measure next."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated, Any

import typer

from vatra.cli.figures import in_tonnes
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
from vatra.plans.distributions import DistributionError, parse
from vatra.plans.pathway import PPM
from vatra.plans.risk import DRAWS, SEED, Correlated, Loss, Quantity, RiskError
from vatra.plans.risk.naming import quantity_name
from vatra.plans.risk.points import FEWEST_DRAWS, MOST_DRAWS
from vatra.runs.risk import Risk, plain, risk
from vatra.runs.scenario import scenario
from vatra.words import Language, euros, number, percent, say

BARS_SHOWN = 15
NUMBERS_SHOWN = 8
_FAN = ("planned", "mean", "p5", "p25", "p50", "p75", "p95")
_POINTS = 10_000  # millionths in a percentage point


class Table(StrEnum):
    """Which table CSV has."""

    FAN = "fan"
    TORNADO = "tornado"
    NEXT = "next"


def uncertainty(
    pack: PackPath,
    draws: Annotated[
        int,
        typer.Option(
            min=FEWEST_DRAWS,
            max=MOST_DRAWS,
            help="How often all doubted numbers are drawn, rounded up to 9 to 16 even nets.",
        ),
    ] = DRAWS,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws; kept with the result.")] = SEED,
    target: Annotated[
        float | None,
        typer.Option(metavar="PERCENT", min=0.0, max=200.0, help="Another cut than the city's."),
    ] = None,
    year: Annotated[int | None, typer.Option(help="Another year than the city's target.")] = None,
    defaults: Annotated[
        bool,
        typer.Option(help="Default doubts where none is stated, or such numbers as certain."),
    ] = True,
    inventory_percent: Annotated[
        float | None,
        typer.Option(
            metavar="PERCENT",
            min=0.0,
            max=1000.0,
            help="Half the 95 % interval of all amounts of the inventory, instead of its own.",
        ),
    ] = None,
    correlate: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NUMBER,NUMBER,...=RHO",
            help="Numbers that lie high or low together, such as 1.1/delay,1.2/delay=0.5, "
            "instead of the default groups. May be repeated.",
        ),
    ] = None,
    missed_eur: Annotated[
        float | None,
        typer.Option(min=0.0, help="What a tonne above the target costs; with --reserve-eur."),
    ] = None,
    reserve_eur: Annotated[
        float | None,
        typer.Option(min=0.0, help="What a tonne of measures in reserve costs."),
    ] = None,
    table: Annotated[Table, typer.Option("--table", help="Which table CSV has.")] = Table.FAN,
    factor: Overrides = None,
    gases: Gases = None,
    gwp_set: GwpSet = None,
    factor_sets: FactorSets = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """The probability of reaching the target, the fan of every year, and what to measure next.

    Example: [bold]vatra uncertainty examples/cluj --draws 8192 --seed 1 --target 80[/]
    """
    language = speak(lang)
    ties = None if correlate is None else [_correlated(text, language) for text in correlate]
    loss = _loss(missed_eur, reserve_eur, language)
    with findings_refuse(language, form):
        changed = changed_pack(pack, language, factor, gases, gwp_set, factor_sets, max_mb)
        try:
            found = risk(
                scenario(changed),
                draws,
                seed,
                cut_ppm=None if target is None else round(target * _POINTS),
                year=year,
                with_defaults=defaults,
                inventory_half_share=None if inventory_percent is None else inventory_percent / 100,
                correlations=ties,
                loss=loss,
            )
        except RiskError as error:
            fail(error.text(language))
    show(uncertainty_answer(found, language, table), form)


def _correlated(text: str, lang: Language) -> Correlated:
    keys, _, rho = text.rpartition("=")
    names = tuple(each.strip() for each in keys.split(",") if each.strip())
    try:
        value = parse(rho)
    except DistributionError as error:
        raise typer.BadParameter(error.text(lang), param_hint="--correlate") from None
    if len(names) < 2 or not value.is_certain:
        message = say("cli.uncertainty-correlate", lang, value=text)
        raise typer.BadParameter(message, param_hint="--correlate")
    return Correlated(keys.strip(), names, value.mean)


def _loss(missed_eur: float | None, reserve_eur: float | None, lang: Language) -> Loss | None:
    if missed_eur is None and reserve_eur is None:
        return None
    if missed_eur is None or reserve_eur is None:
        raise typer.BadParameter(say("cli.uncertainty-loss", lang), param_hint="--missed-eur")
    return Loss(missed_eur, reserve_eur)


def uncertainty_answer(found: Risk, lang: Language, table: Table = Table.FAN) -> Answer:
    """What the draws say: the sentence first, then fan, tornado and what to measure next."""
    city = found.scenario.pack.city
    data = {"city": city.name, "synthetic": city.synthetic, **found.as_dict()}
    rows = {
        Table.FAN: found.fan,
        Table.TORNADO: found.tornado,
        Table.NEXT: found.next_numbers,
    }[table]
    names = _names(found, lang)
    sheets = [_fan_sheet(found, lang)]
    if names:
        sheets += [_tornado_sheet(found, names, lang), _next_sheet(found, names, lang)]
    return Answer(data, sheets, _first(found, lang), _last(found, lang), rows=plain(rows))


def _first(found: Risk, lang: Language) -> str:
    city = found.scenario.pack.city
    levels = {name: _cut(found.cut_levels_ppm[name], lang) for name in ("p5", "p95")}
    said = [
        say(
            "cli.uncertainty-first",
            lang,
            city=city.name + (say("cli.synthetic", lang) if city.synthetic else ""),
            cut=_promised(found.cut_ppm, lang),
            year=str(found.year),
            probability=_probability(found.probability_ppm, lang),
            error=_error_points(found.probability_error_ppm, lang),
        ),
        say(
            "cli.uncertainty-spread",
            lang,
            mean=_cut(found.cut_mean_ppm, lang),
            least=levels["p5"],
            most=levels["p95"],
            planned=_cut(found.planned_cut_ppm, lang),
        ),
    ]
    if not found.quantities:
        said.append(say("cli.uncertainty-nothing", lang))
    if found.defaults_count:
        counts = {"defaults": found.defaults_count, "all": len(found.quantities)}
        said.append(say("cli.uncertainty-defaults", lang, **counts))
    return " ".join(said)


def _last(found: Risk, lang: Language) -> str:
    return say(
        "cli.uncertainty-seed",
        lang,
        count=found.draws_count,
        replicates=found.replicates_count,
        seed=str(found.seed),
    )


def _cut(cut_ppm: int, lang: Language) -> str:
    """A cut as a change: −81.4%."""
    return percent(-cut_ppm / PPM, lang, 1)


def _promised(cut_ppm: int, lang: Language) -> str:
    """A promised cut with the digits it was promised in: −80%, −81.44%."""
    digits = next((n for n in (0, 1, 2) if cut_ppm % 10 ** (4 - n) == 0), 2)
    return percent(-cut_ppm / PPM, lang, digits)


def _probability(share_ppm: int, lang: Language) -> str:
    nearest = min(share_ppm, PPM - share_ppm)
    if nearest < _POINTS // 20:
        return say(f"cli.uncertainty-{'under' if share_ppm == nearest else 'over'}", lang)
    near_an_end = nearest < _POINTS
    return percent(share_ppm / PPM, lang, 1 if near_an_end else 0)


def _error_points(error_ppm: int, lang: Language) -> str:
    return number(error_ppm / _POINTS, lang, 1)


def _names(found: Risk, lang: Language) -> dict[str, str]:
    model, horizon = found.scenario.model, found.scenario.aim.target_year
    return {each.key: quantity_name(each, model, horizon, lang) for each in found.quantities}


def _columns(names: Sequence[str], lang: Language, **params: Any) -> list[str]:
    return [say(f"cli.uncertainty-{name}", lang, **params) for name in names]


def _fan_sheet(found: Risk, lang: Language) -> Sheet:
    rows = [
        (
            str(row["year"]),
            *(in_tonnes(row[f"{name}_mg"], lang) for name in _FAN),
            in_tonnes(row["mean_error_mg"], lang),
        )
        for row in found.fan.iter_rows(named=True)
    ]
    columns = _columns(["year", *_FAN, "mean-error"], lang)
    return Sheet(say("cli.uncertainty-fan", lang), columns, rows, tuple(range(1, len(columns))))


def _doubt(quantity: Quantity, lang: Language) -> str:
    """A distribution as it is spelled; for the delivery of an action its probability."""
    spread = quantity.distribution
    return percent(spread.mean, lang) if quantity.kind == "delivery" else spread.text


def _tornado_sheet(found: Risk, names: dict[str, str], lang: Language) -> Sheet:
    by_key = {each.key: each for each in found.quantities}
    rows = [
        (
            str(row["rank"]),
            names[row["key"]],
            _doubt(by_key[row["key"]], lang),
            say(f"cli.uncertainty-{'default' if row['is_default'] else 'stated'}", lang),
            _cut(row["low_cut_ppm"], lang),
            _cut(row["high_cut_ppm"], lang),
            percent(row["variance_ppm"] / PPM, lang, 1),
        )
        for row in found.tornado.head(BARS_SHOWN).iter_rows(named=True)
    ]
    columns = _columns(
        ["rank", "number", "distribution", "source", "low", "high", "variance"], lang
    )
    title = say("cli.uncertainty-tornado", lang, year=str(found.year))
    return Sheet(title, columns, rows, (0, 4, 5, 6))


def _next_sheet(found: Risk, names: dict[str, str], lang: Language) -> Sheet:
    in_euros = "value_cents" in found.next_numbers.columns
    suffix = "cents" if in_euros else "ppm"
    best = found.next_numbers.head(NUMBERS_SHOWN)
    rows = [
        (
            str(row["rank"]),
            names[row["key"]],
            _value(row[f"value_{suffix}"], in_euros, lang),
            _value(row[f"error_{suffix}"], in_euros, lang),
            percent(row["verdict_ppm"] / PPM, lang, 1),
            percent(row["variance_ppm"] / PPM, lang, 1),
        )
        for row in best.iter_rows(named=True)
    ]
    columns = _columns(
        ["rank", "number", f"value-{suffix}", "value-error", "verdict", "variance"], lang
    )
    nothing = not any(row[f"value_{suffix}"] > row[f"error_{suffix}"]
                      for row in best.iter_rows(named=True))  # fmt: skip
    title = say(f"cli.uncertainty-next{'-nothing' if nothing else ''}", lang)
    return Sheet(title, columns, rows, (0, 2, 3, 4, 5))


def _value(value: int, in_euros: bool, lang: Language) -> str:
    return euros(value, lang) if in_euros else number(value / _POINTS, lang, 1)
