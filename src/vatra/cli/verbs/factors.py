"""What an update of the factor book would move, before anybody makes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from vatra.cli.figures import in_tonnes
from vatra.cli.options import Form, Lang, MaxMb, limits
from vatra.cli.output import Answer, Format, Sheet, finding_sheets, findings_refuse, show, speak
from vatra.factors import GWP_SETS, known_parameter_sets, known_sets
from vatra.runs.factor_diff import FactorDiff, Moved, Year, as_rows, factor_diff
from vatra.runs.factor_updates import Updates, read_updates, unasked_sets, updated
from vatra.runs.pack import Pack, open_pack
from vatra.sources import Limits
from vatra.tables import FindingsError, label
from vatra.units import MG_PER_T
from vatra.words import Language, number, percent, say, tonnes


class Action(StrEnum):
    """What to do with factors."""

    DIFF = "diff"


@dataclass(frozen=True)
class Update:
    """One kind of update: other sets, other potentials, or other rows."""

    from_sets: tuple[str, ...] = ()
    to_sets: tuple[str, ...] = ()
    from_gwp: str = ""
    to_gwp: str = ""
    rows: Updates = field(default_factory=Updates)

    def versions(self, pack: Pack) -> tuple[Pack, Pack]:
        """The pack before and after."""
        before = pack.with_changes(gwp_set=self.from_gwp, factor_sets=self.from_sets)
        if self.rows:
            return before, updated(before, self.rows)
        return before, pack.with_changes(gwp_set=self.to_gwp, factor_sets=self.to_sets)


def factors(
    action: Annotated[Action, typer.Argument(help="diff: what an update would move.")],
    packs: Annotated[
        list[Path], typer.Argument(metavar="PACK...", help="Folders of the cities to compare.")
    ],
    from_sets: Annotated[
        str | None,
        typer.Option("--from", metavar="SET,SET,...", help="Sets before, instead of the pack's."),
    ] = None,
    to_sets: Annotated[
        str | None, typer.Option("--to", metavar="SET,SET,...", help="Sets after.")
    ] = None,
    gwp_from: Annotated[
        str | None,
        typer.Option(metavar="|".join(GWP_SETS), help="Potentials before, instead of the pack's."),
    ] = None,
    gwp_to: Annotated[
        str | None, typer.Option(metavar="|".join(GWP_SETS), help="Potentials after.")
    ] = None,
    update: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Rows as in factors.csv or parameters.csv; each replaces the row it is about.",
        ),
    ] = None,
    form: Form = Format.TABLE,
    lang: Lang = None,
    max_mb: MaxMb = None,
) -> None:
    """What an update of factors would move, in tonnes, by city, year and factor.

    Example: [bold]vatra factors diff examples/cluj --gwp-from AR5 --gwp-to AR6[/]
    """
    language = speak(lang)
    size = limits(max_mb)
    if sum(each is not None for each in (to_sets, gwp_to, update)) != 1:
        raise typer.BadParameter(say("cli.factors-one-way", language), param_hint="--to")
    with findings_refuse(language, form):
        wanted = Update(
            _sets(from_sets, "--from", language),
            _sets(to_sets, "--to", language),
            _potentials(gwp_from, "--gwp-from", language),
            _potentials(gwp_to, "--gwp-to", language),
            Updates() if update is None else read_updates(update, size),
        )
        checked = [_checked(folder, size) for folder in packs]
    diffs = [factor_diff(*wanted.versions(pack)) for pack in checked]
    unasked = [unasked_sets(pack, wanted.rows) for pack in checked]
    show(factors_answer(diffs, unasked, language), form)


def _checked(folder: Path, size: Limits) -> Pack:
    pack = open_pack(folder, size)
    if not pack.ok:
        raise FindingsError(pack.findings)
    return pack


def _sets(text: str | None, option: str, lang: Language) -> tuple[str, ...]:
    names = tuple(each.strip() for each in (text or "").split(",") if each.strip())
    known = tuple(dict.fromkeys((*known_sets(), *known_parameter_sets())))
    for name in names:
        _refuse_unknown(name, known, option, lang)
    return names


def _potentials(text: str | None, option: str, lang: Language) -> str:
    if text is not None:
        _refuse_unknown(text, tuple(GWP_SETS), option, lang)
    return text or ""


def _refuse_unknown(name: str, known: Sequence[str], option: str, lang: Language) -> None:
    if name not in known:
        message = say("cli.choice-unknown", lang, value=name, choices=list(known))
        raise typer.BadParameter(message, param_hint=option)


def factors_answer(
    diffs: Sequence[FactorDiff], unasked: Sequence[Sequence[str]], lang: Language
) -> Answer:
    """Totals of every city and year, and the factors that move them."""
    rows = [row for diff in diffs for row in as_rows(diff)]
    data = {"cities": [_data(diff, sets, lang) for diff, sets in zip(diffs, unasked, strict=True)]}
    first = "\n".join(
        line for diff, sets in zip(diffs, unasked, strict=True) for line in _first(diff, sets, lang)
    )
    sheets = [_years_sheet(diffs, lang)]
    sheets += [each for each in (_moved_sheet(diffs, lang),) if each.rows]
    findings = [finding for diff in diffs for finding in diff.findings]
    return Answer(data, [*sheets, *finding_sheets(findings, lang)], first, rows=rows)


def _data(diff: FactorDiff, unasked: Sequence[str], lang: Language) -> dict[str, Any]:
    return {
        "city": diff.city,
        "code": diff.code,
        "synthetic": diff.synthetic,
        "years": [
            {
                "year": each.year,
                "before_t": each.before_mg / MG_PER_T,
                "after_t": each.after_mg / MG_PER_T,
                "left_out_t": each.left_out_mg / MG_PER_T,
            }
            for each in diff.years
        ],
        "moved": as_rows(diff),
        "sets_not_asked": list(unasked),
        "findings": [each.as_dict(lang) for each in diff.findings],
    }


def _city(diff: FactorDiff, lang: Language) -> str:
    return diff.city + (say("cli.synthetic", lang) if diff.synthetic else "")


def _first(diff: FactorDiff, unasked: Sequence[str], lang: Language) -> list[str]:
    city = _city(diff, lang)
    lines = []
    if unasked:
        lines.append(say("cli.factors-unasked", lang, city=city, sets=list(unasked)))
    moving = [each for each in diff.years if each.after_mg != each.before_mg]
    if not diff.moved:
        lines.append(say("cli.factors-first-nothing", lang, city=city))
    lines += [_sentence(city, each, lang) for each in moving[:1]]
    lines += [
        say(
            "cli.factors-left-out",
            lang,
            city=city,
            year=str(each.year),
            left=tonnes(each.left_out_mg, lang),
        )
        for each in diff.years
        if each.left_out_mg
    ]
    return lines


def _sentence(city: str, year: Year, lang: Language) -> str:
    return say(
        "cli.factors-first",
        lang,
        city=city,
        year=str(year.year),
        before=tonnes(year.before_mg, lang),
        after=tonnes(year.after_mg, lang),
        moved=_signed(year.after_mg - year.before_mg, lang) + "\u00a0t",
        share=_share(year, lang),
    )


def _signed(mass_mg: int, lang: Language) -> str:
    text = in_tonnes(mass_mg, lang)
    return f"+{text}" if mass_mg > 0 else text


def _share(year: Year, lang: Language) -> str:
    if not year.before_mg:
        return "–"
    share = (year.after_mg - year.before_mg) / year.before_mg
    return ("+" if share > 0 else "") + percent(share, lang, 1)


def _years_sheet(diffs: Sequence[FactorDiff], lang: Language) -> Sheet:
    rows = [
        (
            _city(diff, lang),
            str(each.year),
            in_tonnes(each.before_mg, lang),
            in_tonnes(each.after_mg, lang),
            _signed(each.after_mg - each.before_mg, lang),
            _share(each, lang),
        )
        for diff in diffs
        for each in diff.years
    ]
    return Sheet(
        say("cli.factors-years-title", lang),
        _headings(("city", "year", "before", "after", "moved", "share"), lang),
        rows,
        (2, 3, 4, 5),
    )


def _moved_sheet(diffs: Sequence[FactorDiff], lang: Language) -> Sheet:
    rows = [
        (
            _city(diff, lang),
            str(each.year),
            _factor_words(each.from_id, each.from_value, lang),
            _factor_words(each.to_id, each.to_value, lang),
            label("gas", each.gas, lang),
            _signed(each.moved_mg, lang),
        )
        for diff in diffs
        for each in _shown(diff)
    ]
    return Sheet(
        say("cli.factors-moved-title", lang),
        _headings(("city", "year", "from", "to", "gas", "moved"), lang),
        rows,
        (5,),
    )


def _shown(diff: FactorDiff) -> list[Moved]:
    """Moves that a person would see: half a tonne and more."""
    return [each for each in diff.moved if abs(each.moved_mg) >= MG_PER_T // 2]


def _factor_words(factor_id: str, value: float | None, lang: Language) -> str:
    first, *others = factor_id.split("; ")
    name = first or say("cli.factors-none", lang)
    if others:
        name = say("cli.factors-more", lang, first=first, count=len(others))
    return name if value is None else f"{name} = {number(value, lang, 5)}"


def _headings(names: Sequence[str], lang: Language) -> list[str]:
    return [say(f"cli.factors-{name}", lang) for name in names]
