"""The pathway: what each sector emits at each stage, and who does the work."""

from __future__ import annotations

from typing import Any

from vatra.plans import DRIVERS
from vatra.tables import label
from vatra.web.base.tables import Cell, Column, Row, Table
from vatra.web.cities.facts import Facts, cut_share, share_ppm
from vatra.web.cities.tables.registry import table
from vatra.words import Language, say

WAYS = ("in_order", "symmetric")


def plan_of(facts: Facts) -> Any:
    """The plan; tables of this file are offered only where there is one."""
    if facts.plan is None:
        raise LookupError("this city has no plan")
    return facts.plan


@table("stages", needs_plan=True)
def stages(facts: Facts, lang: Language) -> Table:
    """Base year, target year before measures, target year after measures, by sector."""
    plan = plan_of(facts)
    base, target = str(facts.base_year), str(facts.target_year)
    columns = (
        Column("sector", say("web.cities.sector", lang)),
        Column("base_t_co2e", say("web.cities.stage-base", lang, year=base), "mass"),
        Column("before_measures_t_co2e", say("web.cities.stage-before", lang, year=target), "mass"),
        Column("residual_t_co2e", say("web.cities.stage-after", lang, year=target), "mass"),
        Column("cut_share", say("web.cities.cut-share", lang), "share", 1),
    )
    rows = [
        _stage_row(
            label("sector", each, lang),
            plan["base_mg"].get(each),
            plan["before_mg"].get(each),
            plan["after_mg"].get(each),
            (f"{each}.{base}", f"{each}.{target}", f"plan.residual.{each}"),
        )
        for each in facts.sectors
    ]
    sums = (plan["base_total_mg"], plan["before_total_mg"], plan["residual_mg"])
    paths = (base, target, "plan.residual")
    rows.append(_stage_row(say("web.cities.total", lang), *sums, paths, "total"))
    note = say("web.cities.stages-note", lang, gas=facts.unit)
    return Table("stages", say("web.cities.stages-title", lang), columns, tuple(rows), note)


def _stage_row(
    name: str,
    base: int | None,
    before: int | None,
    after: int | None,
    paths: tuple[str, str, str],
    kind: Any = "",
) -> Row:
    stages = (base, before, after)
    linked = [Cell(mass, path if mass else "") for mass, path in zip(stages, paths, strict=True)]
    return Row((Cell(name), *linked, Cell(cut_share(base, after))), kind)


@table("split", needs_plan=True)
def split(facts: Facts, lang: Language) -> Table:
    """The cut by driver, one after the other and symmetric."""
    plan = plan_of(facts)
    columns = [Column("driver", say("web.cities.driver", lang))]
    for way in WAYS:
        columns += [
            Column(f"{way}_t_co2e", say(f"web.cities.split-{way}", lang), "mass"),
            Column(f"{way}_share", say("web.cities.share-of-cut", lang), "share", 1),
        ]
    rows = []
    for driver in DRIVERS:
        cells = [Cell(say(f"web.cities.driver-{driver}", lang))]
        for way in WAYS:
            cut = plan["split"][way]["total"][driver]
            path = f"plan.{driver}" if way == "in_order" else f"plan.symmetric.{driver}"
            cells += [Cell(cut, path), Cell(share_ppm(cut, plan["cut_mg"]))]
        rows.append(Row(tuple(cells)))
    whole = (Cell(plan["cut_mg"], "plan.cut"), Cell(share_ppm(plan["cut_mg"], plan["cut_mg"])))
    rows.append(Row((Cell(say("web.cities.total", lang)), *whole, *whole), "total"))
    note = say("web.cities.split-note", lang, gas=facts.unit)
    return Table("split", say("web.cities.split-title", lang), tuple(columns), tuple(rows), note)


@table("split-sectors", needs_plan=True)
def split_sectors(facts: Facts, lang: Language) -> Table:
    """The cut by sector and driver, one after the other."""
    plan = plan_of(facts)
    found = plan["split"]["in_order"]["by_sector"]
    columns = [Column("sector", say("web.cities.sector", lang))]
    columns += [
        Column(f"{each}_t_co2e", say(f"web.cities.driver-{each}", lang), "mass") for each in DRIVERS
    ]
    columns.append(Column("cut_t_co2e", say("web.cities.cut", lang), "mass"))
    rows = []
    for sector in facts.sectors:
        cuts = found.get(sector, {})
        total = sum(cuts.values()) if cuts else None
        cells = [
            Cell(
                cuts.get(each),
                f"plan.{each}.{sector}" if cuts.get(each) else "",
                tone="bad" if cuts.get(each, 0) < 0 else "",
            )
            for each in DRIVERS
        ]
        whole = Cell(total, f"plan.cut.{sector}" if total else "")
        rows.append(Row((Cell(label("sector", sector, lang)), *cells, whole)))
    sums = [Cell(plan["split"]["in_order"]["total"][each], f"plan.{each}") for each in DRIVERS]
    total_row = (Cell(say("web.cities.total", lang)), *sums, Cell(plan["cut_mg"], "plan.cut"))
    rows.append(Row(total_row, "total"))
    return Table(
        "split-sectors",
        say("web.cities.split-sectors-title", lang),
        tuple(columns),
        tuple(rows),
        say("web.cities.split-sectors-note", lang, gas=facts.unit),
    )


def what_if(sealed: Facts, changed: Facts, amount: str, query: str, lang: Language) -> Table:
    """The sealed plan beside the same plan under another factor of electricity."""
    columns = (
        Column("figure", say("web.cities.what-if-figure", lang)),
        Column("sealed_t_co2e", say("web.cities.what-if-sealed", lang), "mass"),
        Column("changed_t_co2e", say("web.cities.what-if-changed", lang, amount=amount), "mass"),
        Column("difference_t_co2e", say("web.cities.what-if-difference", lang), "mass"),
    )
    base, target = str(sealed.base_year), str(sealed.target_year)
    rows = []
    for key in ("base_total_mg", "target_mg", "before_total_mg", "residual_mg", "cut_mg"):
        name = say(f"web.cities.what-if-{key.replace('_', '-')}", lang, base=base, target=target)
        rows.append(_beside(name, plan_of(sealed)[key], plan_of(changed)[key]))
    for driver in DRIVERS:
        name = say(f"web.cities.driver-{driver}", lang)
        rows.append(_beside(name, sealed.cut_of(driver), changed.cut_of(driver)))
    title = say("web.cities.what-if-title-of", lang, amount=amount, year=base)
    return Table("what-if", title, columns, tuple(rows), query=query)


def _beside(name: str, sealed: int, changed: int) -> Row:
    return Row((Cell(name), Cell(sealed), Cell(changed), Cell(changed - sealed)))
