"""The layouts in which the towns of the corpus print their tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.linter.corpus import CARRIERS, FACTORS, SECTORS, TOWNS, Town
from vatra.linter import Document, LintTable, Passage

Rows = Sequence[Sequence[str]]
SUBS = ("Residential", "Municipal", "Commercial")


def table(name: str, columns: Sequence[str], rows: Rows, title: str = "", *path: str) -> LintTable:
    return LintTable(name, "", columns, rows, title=title, place=f"page {len(name)}", path=path)


def add(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


# emissions ----------------------------------------------------------------------------------------


def scopes_table(town: Town) -> LintTable:
    """The form of the template: title, base year and unit in rows of their own."""
    label = "A-1.4" if town.seed % 2 else "A-1.3"
    head = [f"{label}: {town.word('emission_title')}", "", "", "", ""]
    rows = [
        [town.word("base_year"), str(town.base_year), "", "", ""],
        [town.word("unit"), town.unit, "", "", ""],
        ["", *(f"{town.word('scope')} {each}" for each in "123"), town.word("total")],
    ]
    for sector in SECTORS:
        cells = [town.scopes[sector, each] for each in "123"]
        rows.append([town.word(sector), *(blank(town, each) for each in [*cells, add(cells)])])
    sums = [add([town.scopes[sector, each] for sector in SECTORS]) for each in "123"]
    rows.append([town.word("total"), *(town.tonnes(each) for each in [*sums, add(sums)])])
    return table("emissions", head, rows, "", town.word("module"))


def blank(town: Town, value: Decimal) -> str:
    return town.tonnes(value) if value else ("-", "NO", "", "–")[town.seed % 4]


def shares_table(town: Town) -> LintTable:
    """Sectors with their share of the whole, some as a column, some in brackets."""
    title = f"{town.word('emission_title')} {town.base_year} ({town.unit})"
    brackets = town.seed % 3 == 0
    columns = [town.word("sector"), town.word("total")] + ([] if brackets else [town.word("share")])
    rows = []
    for sector in (*SECTORS, ""):
        value = town.base(sector) if sector else town.total
        share = town.percent(value, town.total)
        cells = [f"{town.tonnes(value)} ({share})"] if brackets else [town.tonnes(value), share]
        rows.append([town.word(sector or "total"), *cells])
    return table("shares", columns, rows, title, town.word("module"))


def years_table(town: Town) -> LintTable:
    """Years and scenarios side by side, with rows that only explain another."""
    years = [town.base_year - 9, town.base_year]
    columns = [town.word("sector"), *map(str, years), town.word("bau"), town.word("planned")]
    dice = [Decimal(town.dice.randint(900, 1400)) / 1000 for _ in SECTORS]
    bau = [Decimal(town.dice.randint(700, 990)) / 1000 for _ in SECTORS]
    exact = {
        sector: [
            town.base(sector) * dice[place],
            town.base(sector),
            town.base(sector) * bau[place],
            town.residual[sector],
        ]
        for place, sector in enumerate(SECTORS)
    }
    rows = []
    for sector, values in exact.items():
        rows.append([town.word(sector), *map(town.tonnes, values)])
        if sector == "buildings":
            parts = [value * Decimal("0.613") for value in values]
            rows.append([town.word("residential"), *map(town.tonnes, parts)])
    sums = [add([values[place] for values in exact.values()]) for place in range(4)]
    rows.append([town.word("total"), *map(town.tonnes, sums)])
    title = f"{town.word('emission_title')} ({town.unit})"
    return table("years", columns, rows, title, town.word("module"))


def sinks_table(town: Town) -> LintTable:
    """The second generation: land split into sources and sinks, which the total leaves out."""
    columns = ["", *(f"{town.word('scope')} {each}" for each in "12"), town.word("total")]
    rows, kept = [], []
    for sector in SECTORS:
        cells = [town.scopes[sector, each] for each in "12"]
        kept.append([*cells, add(cells)])
        name = "sources" if sector == "land" else sector
        rows.append([town.word(name), *map(town.tonnes, kept[-1])])
    sink = -Decimal(town.dice.randint(900, 8000))
    rows.append([town.word("sinks"), town.tonnes(sink), "", town.tonnes(sink)])
    counted = [*kept, [sink, Decimal(0), sink]] if town.seed % 2 else kept
    sums = [add([row[place] for row in counted]) for place in range(3)]
    rows.append([town.word("total"), *map(town.tonnes, sums)])
    title = f"A-1.3: {town.word('emission_title')}, {town.unit}"
    return table("sinks", columns, rows, title, "Module A-1")


# energy and factors -------------------------------------------------------------------------------


def energy_sections(town: Town) -> LintTable:
    """A sector's row, then its carriers, per scope."""
    scopes = [f"{town.word('scope')} {each}" for each in "12"]
    rows: list[list[str]] = [[town.word("unit"), town.word("year"), "", ""]]
    rows.append(["", *scopes, town.word("total")])
    sums = [Decimal(0)] * 3
    for sector in SECTORS:
        rows.append([town.word(sector), "", "", ""])
        for carrier in CARRIERS:
            value = Decimal(town.energy[sector, carrier])
            if not value:
                continue
            cells = [Decimal(0), value] if carrier == "electricity" else [value, Decimal(0)]
            sums = [sums[0] + cells[0], sums[1] + cells[1], sums[2] + value]
            shown = [town.number(each) if each else "" for each in [*cells, value]]
            rows.append([town.word(carrier), *shown])
    rows.append([town.word("total"), *(town.number(each) for each in sums)])
    head = [f"A-1.1: {town.word('energy_title')}", "", "", ""]
    return table("energy", head, rows, "", town.word("module"))


def energy_matrix(town: Town) -> LintTable:
    """Sectors by carrier."""
    columns = [town.word("sector"), *(town.word(each) for each in CARRIERS), town.word("total")]
    rows = []
    for sector in SECTORS:
        values = [town.energy[sector, carrier] for carrier in CARRIERS]
        shown = [town.number(each) if each else "0,00" for each in values]
        rows.append([town.word(sector), *shown, town.number(sum(values))])
    sums = [sum(town.energy[sector, carrier] for sector in SECTORS) for carrier in CARRIERS]
    rows.append([town.word("total"), *(town.number(each) for each in [*sums, sum(sums)])])
    title = f"{town.word('energy_title')} {town.base_year} (MWh)"
    return table("energy", columns, rows, title, town.word("module"))


def energy_long(town: Town) -> LintTable:
    """One row per use with subtotals; the sector merged downwards."""
    rows, whole = [], 0
    for sector in SECTORS:
        used = [each for each in CARRIERS if town.energy[sector, each]]
        for place, carrier in enumerate(used):
            value = town.energy[sector, carrier]
            name = town.word(sector) if place == 0 else ""
            rows.append([name, town.word(carrier), town.number(value)])
        block = sum(town.energy[sector, each] for each in used)
        whole += block
        rows.append([f"{town.word('subtotal')} {town.word(sector)}", "", town.number(block)])
    rows.append([town.word("total"), "", town.number(whole)])
    columns = [town.word("sector"), town.word("carrier"), f"{town.base_year} (MWh)"]
    return table("energy", columns, rows, town.word("energy_title"), town.word("module"))


def factors_table(town: Town) -> LintTable:
    rows = [[town.word(each), town.number(FACTORS[each], 3)] for each in CARRIERS]
    columns = [town.word("carrier"), f"{town.word('factor')} (t CO2/MWh)"]
    return table("factors", columns, rows, f"A-1.2: {town.word('factor_title')}")


# the gap ------------------------------------------------------------------------------------------


def gap_rows(town: Town) -> list[list[Decimal]]:
    """Baseline, residual, target, existing and gap: by sector, then in total."""
    sign = -1 if town.negative else 1
    found = []
    for sector in SECTORS:
        base, left, done = town.base(sector), town.residual[sector], town.existing[sector]
        target = base - left
        found.append([base, left, sign * target, sign * done, sign * (target - done)])
    return [*found, [add([row[place] for row in found]) for place in range(5)]]


GAP = ("baseline", "residual", "target", "existing", "gap")


def gap_wide(town: Town) -> LintTable:
    """Two heading rows: each part in tonnes and in per cent of the sector's baseline."""
    columns = [""]
    for key in GAP:
        columns += [f"{town.word(key)} / {town.word('absolute')}", f"{town.word(key)} / (%)"]
    rows = []
    for sector, values in zip((*SECTORS, "total"), gap_rows(town), strict=True):
        row = [town.word(sector)]
        for place, value in enumerate(values):
            whole = town.total if place == 0 else values[0]
            row += [town.tonnes(value), town.percent(value, whole)]
        rows.append(row)
    return table("gap", columns, rows, f"A-2.3: {town.word('gap_title')} ({town.unit})")


def gap_plain(town: Town) -> LintTable:
    columns = [town.word("sector"), *(town.word(key) for key in GAP)]
    rows = [
        [town.word(sector), *map(town.tonnes, values)]
        for sector, values in zip((*SECTORS, "total"), gap_rows(town), strict=True)
    ]
    return table("gap", columns, rows, f"{town.word('gap_title')}, {town.unit}", "Module A-2")


def gap_sideways(town: Town) -> LintTable:
    columns = [town.unit, *(town.word(each) for each in SECTORS), town.word("total")]
    values = gap_rows(town)
    rows = [
        [town.word(key), *(town.tonnes(row[place]) for row in values)]
        for place, key in enumerate(GAP)
    ]
    return table("gap", columns, rows, f"A-2.3 {town.word('gap_title')}")


# measures and money -------------------------------------------------------------------------------


def measures_table(town: Town) -> LintTable:
    heads = ("action", "sector", "cost", "tonnes", "per_tonne")
    rows = [
        [
            name,
            town.word(sector),
            town.number(cost),
            town.number(tonnes),
            town.number(Decimal(cost) / tonnes),
        ]
        for name, sector, cost, tonnes in town.measures
    ]
    cost, cut = (sum(each[place] for each in town.measures) for place in (2, 3))
    rows.append([town.word("total"), "", town.number(cost), town.number(cut), ""])
    return table("measures", [town.word(each) for each in heads], rows, "B-2.2", "Module B-2")


def measures_prose(town: Town) -> LintTable:
    """One list of actions whose cells are sentences."""
    rows = [
        [
            name,
            town.word(sector),
            f"{town.number(tonnes)} t CO2e/year by 2030",
            f"EUR {town.number(cost)}; {town.number(Decimal(cost) / tonnes)} EUR/t CO2e",
        ]
        for name, sector, cost, tonnes in town.measures
    ]
    columns = [
        "Action name", "Sector", "GHG emissions reduction estimate",
        "Total costs and costs by CO2e unit",
    ]  # fmt: skip
    return table("measures", columns, rows, "B-2.2: Individual action outlines")


def forms(town: Town) -> list[LintTable]:
    """One form per action."""
    found = []
    for place, (name, sector, cost, tonnes) in enumerate(town.measures, 1):
        gas = tonnes * 2
        per = town.number(Decimal(cost) / tonnes)
        rows = [
            ["Action name", name],
            ["Action type", "Technical intervention"],
            ["Description", "Works on 12 sites from 2025 to 2029."],
            ["Field of action", "Energy systems"],
            ["Responsible", "City hall, department 4"],
            ["Generated renewable energy (if applicable)", f"{town.number(gas // 5)} MWh/year"],
            ["Removed/substituted energy, volume or fuel type", "n/a"],
            [
                "GHG emissions reduction estimate (total) per emission source sector",
                f"{town.word(sector)}: {town.number(tonnes)} t CO2e/year",
            ],
            ["Total costs and costs by CO2e unit", f"EUR {town.number(cost)}; {per} EUR/t CO2e"],
        ]
        found.append(table(f"form-{place}", ["Action outline", name], rows, "", "B-2.2"))
    return found


def invest_table(town: Town) -> LintTable:
    """Costs by field and year, rounded to a tenth of a million in print only."""
    years = [str(year) for year in range(2025, 2031)]
    exact = [
        [Decimal(town.dice.randint(300_000, 60_000_000)) for _ in years] for _ in range(5)
    ]  # fmt: skip
    exact = [[*row, add(row)] for row in exact]
    exact.append([add([row[place] for row in exact]) for place in range(len(years) + 1)])
    names = [*(town.word(each) for each in SECTORS), town.word("total")]
    rows = [
        [name, *(town.number(value / 1_000_000, 1) for value in row)]
        for name, row in zip(names, exact, strict=True)
    ]
    columns = [town.word("field"), *years, town.word("total")]
    return table("invest", columns, rows, town.word("invest_title"), "Investment plan")


def owners_table(town: Town) -> LintTable:
    """A table about nothing the linter knows: districts by who owns the flats."""
    owners = ("Owners", "Tenants", "Cooperatives", "Empty")
    exact = [[town.dice.randint(40, 9000) for _ in owners] for _ in range(6)]
    rows = [
        [f"District {place}", *map(town.number, row), town.number(sum(row))]
        for place, row in enumerate(exact, 1)
    ]
    sums = [sum(column) for column in zip(*exact, strict=True)]
    rows.append([town.word("total"), *map(town.number, sums), town.number(sum(sums))])
    return table("owners", ["District", *owners, town.word("total")], rows, "Flats by owner, 2021")


def indicator_table(town: Town) -> LintTable:
    rows = [
        ["1.1", "Flats renovated", "1,200", "4,000", "9,500"],
        ["1.2", "Modal share of walking", "21 %", "24 %", "30 %"],
        ["2.1", "Residual waste per head", "290 kg", "250 kg", "190 kg"],
    ]
    return table("indicators", ["No.", "Indicator", "2025", "2027", "2030"], rows, "B-3.1")


def loose_tables(town: Town) -> list[LintTable]:
    """Tables in which nothing has to add up."""
    climate = [
        ["January", "-1.2", "31"], ["July", "21.4", "75"], ["Total", "9.8", "610"],
    ]  # fmt: skip
    steps = [["2025", "10 %", "2"], ["2027", "35 %", "7"], ["2030", "80 %", "15"]]
    team = [
        ["City hall", "12", "lead"],
        ["University", "4", "data"],
        ["Total", "19", "with guests"],
    ]
    return [
        table("climate", ["Month", "Temperature", "Rain"], climate, "Climate of the town"),
        table("steps", ["Year", "Renovated", "Streets"], steps, "Milestones"),
        table("team", ["Partner", "People", "Role"], team, "Transition team"),
    ]


# text ---------------------------------------------------------------------------------------------


def passages(town: Town) -> list[Passage]:
    share = town.percent(town.base("buildings"), town.total)
    left = add(list(town.residual.values()))
    cut = town.number(100 - 100 * left / town.total, 1)
    kilo = town.number(town.total / 1000, 1)
    if town.lang == "ro":
        texts = [
            f"Orașul {town.name} are ca an de bază {town.base_year}.",
            f"Emisiile totale de GES în {town.base_year} au fost de {kilo} kt CO2e.",
            f"Clădirile reprezintă {share} din totalul emisiilor în {town.base_year}.",
            f"Până în 2030 emisiile vor fi reduse cu {cut} % față de {town.base_year}.",
            "Orașul își propune o reducere de cel puțin 80 % până în 2030.",
            "Emisiile totale ale României au fost de 110 milioane de tone CO2e.",
        ]
    else:
        texts = [
            f"{town.name} takes {town.base_year} as its base year.",
            f"In {town.base_year} total GHG emissions amounted to {kilo} kt CO2e.",
            f"Buildings account for {share} of total emissions in {town.base_year}.",
            f"By 2030 the plan reduces emissions by {cut} % compared with {town.base_year}.",
            "The town aims at a reduction of at least 80 % by 2030.",
            "Emissions per capita are 4.2 t CO2e, and national total emissions 110 Mt CO2e.",
        ]
    return [Passage(text, f"page {place}") for place, text in enumerate(texts, 1)]


ENERGY: tuple[Callable[[Town], LintTable], ...] = (energy_sections, energy_matrix, energy_long)
GAPS: tuple[Callable[[Town], LintTable], ...] = (gap_wide, gap_plain, gap_sideways)


def contract(town: Town) -> Document:
    """The whole contract of a town, in the layouts its number gives it."""
    measures = [[measures_table(town)], [measures_prose(town)], forms(town)][town.seed % 3]
    tables = [
        ENERGY[town.seed % 3](town),
        factors_table(town),
        scopes_table(town),
        shares_table(town),
        years_table(town) if town.seed % 2 else sinks_table(town),
        GAPS[town.seed // 2 % 3](town),
        *measures,
        invest_table(town),
        owners_table(town),
        indicator_table(town),
        *loose_tables(town),
    ]
    return Document(tables, name=town.name, passages=passages(town))


CONTRACTS = {town.name: contract(town) for town in TOWNS}
