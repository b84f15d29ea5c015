"""Invented cities whose tables add up: counted exactly, then rounded and written as cities do."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import assume
from hypothesis import strategies as st

from vatra.linter import Document, LintTable

SECTORS = {
    "en": ["Buildings", "Transport", "Waste", "IPPU", "AFOLU"],
    "ro": ["Clădiri", "Transport", "Deșeuri", "Procese industriale", "Agricultură și terenuri"],
}
CARRIERS = {
    "en": ["Natural gas", "Diesel", "Electricity"],
    "ro": ["Gaze naturale", "Motorină", "Energie electrică"],
}
WORDS = {
    "en": {
        "sector": "Sector", "total": "Total", "scope": "Scope", "base": "Baseline emissions",
        "residual": "Residual emissions", "target": "Reduction target",
        "existing": "Reductions in existing strategies", "gap": "Emissions gap",
        "measure": "Action", "cost": "Total cost (EUR)", "tonnes": "GHG reduction (t CO2e)",
        "unit_cost": "Cost per tonne (EUR/t)", "carrier": "Carrier", "factor": "Emission factor",
        "removed": "removed (MWh)", "percent": "(%)",
    },
    "ro": {
        "sector": "Sector", "total": "Total general", "scope": "Domeniul", "base": "Emisii de bază",
        "residual": "Emisii reziduale", "target": "Ținta de reducere",
        "existing": "Reduceri din strategii existente", "gap": "Decalaj de emisii",
        "measure": "Acțiune", "cost": "Cost total (EUR)", "tonnes": "Reducere GES (t CO2e)",
        "unit_cost": "Cost pe tonă (EUR/t)", "carrier": "Purtător de energie",
        "factor": "Factor de emisie", "removed": "redusă (MWh)", "percent": "(%)",
    },
}  # fmt: skip
FACTORS = [Decimal("0.202"), Decimal("0.267"), Decimal("0.312")]


@dataclass(frozen=True)
class Writing:
    """How a city writes its tables."""

    lang: str = "en"
    style: str = "plain"
    decimals: int = 0
    unit: str = "t CO2e"
    negative: bool = False

    def text(self, value: Decimal | None, decimals: int | None = None) -> object:
        if value is None:
            return ""
        places = self.decimals if decimals is None else decimals
        rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        if self.style == "plain":
            return int(rounded) if places == 0 else f"{rounded:f}"
        grouped = f"{rounded:,.{places}f}"
        if self.style == "en":
            return grouped
        if self.style == "space":
            return grouped.replace(",", "\u00a0")
        return grouped.replace(",", "_").replace(".", ",").replace("_", ".")

    @property
    def size(self) -> Decimal:
        return Decimal(1000) if self.unit.startswith("kt") else Decimal(1)


@dataclass(frozen=True)
class City:
    """Exact figures by sector: energy by carrier (MWh), and the shares planned."""

    energy: list[list[Decimal]]
    existing_share: Decimal
    residual_shares: list[Decimal]
    splits: list[int]
    costs: list[int] = field(default_factory=list)

    def scopes(self, place: int) -> tuple[Decimal, Decimal]:
        gas, diesel, power = self.energy[place]
        return gas * FACTORS[0] + diesel * FACTORS[1], power * FACTORS[2]

    def base(self, place: int) -> Decimal:
        return sum(self.scopes(place), Decimal(0))


@st.composite
def cities(draw: st.DrawFn) -> City:
    count = draw(st.integers(3, 5))
    amount = st.integers(2_000, 3_000_000)
    energy = [[Decimal(draw(amount)) for _ in range(3)] for _ in range(count)]
    # Two sectors with the same figures throughout would be a copied row.
    assume(len({tuple(row) for row in energy}) == count)
    shares = [Decimal(draw(st.integers(2, 19))) / 100 for _ in range(count)]
    return City(
        energy,
        Decimal(draw(st.integers(0, 30))) / 100,
        shares,
        [draw(st.integers(1, 3)) for _ in range(count)],
        [draw(st.integers(40, 9000)) for _ in range(count * 3)],
    )


@st.composite
def writings(draw: st.DrawFn) -> Writing:
    style = draw(st.sampled_from(["plain", "en", "ro", "space"]))
    unit, decimals = draw(
        st.sampled_from([("t CO2e", 0), ("t CO2e", 2), ("kt CO2e", 1), ("kt CO2e", 2), ("t", 0)])
    )
    return Writing(draw(st.sampled_from(["en", "ro"])), style, decimals, unit, draw(st.booleans()))


def numbers(writing: Writing) -> str:
    return {"plain": "plain", "en": "en", "ro": "ro", "space": "plain"}[writing.style]


def document(city: City, writing: Writing) -> Document:
    tables = [
        factors(writing),
        energy(city, writing),
        emissions(city, writing),
        gap(city, writing),
        measures(city, writing),
    ]
    return Document(tables, base_year=2021, target_year=2030, numbers=numbers(writing))


def _names(city: City, writing: Writing) -> list[str]:
    return SECTORS[writing.lang][: len(city.energy)]


def factors(writing: Writing) -> LintTable:
    words = WORDS[writing.lang]
    rows = [
        [name, writing.text(value, 3)]
        for name, value in zip(CARRIERS[writing.lang], FACTORS, strict=True)
    ]
    return LintTable("factors", "factors", [words["carrier"], words["factor"]], rows, unit="t/MWh")


def energy(city: City, writing: Writing) -> LintTable:
    words = WORDS[writing.lang]
    columns = [words["sector"], *CARRIERS[writing.lang], words["total"]]
    exact = [[*row, sum(row)] for row in city.energy]
    sums = [sum(column) for column in zip(*exact, strict=True)]
    rows = [
        [name, *(writing.text(value, 0) for value in row)]
        for name, row in zip(_names(city, writing), exact, strict=True)
    ]
    total = [words["total"], *(writing.text(value, 0) for value in sums)]
    return LintTable("energy", "energy", columns, rows, total, unit="MWh", year=2021)


def emissions(city: City, writing: Writing) -> LintTable:
    words = WORDS[writing.lang]
    columns = [words["sector"], f"{words['scope']} 1", f"{words['scope']} 2", words["total"]]
    exact = [[*city.scopes(place), city.base(place)] for place in range(len(city.energy))]
    return _emission_table("emissions", "emissions", columns, exact, city, writing, year=2021)


def gap(city: City, writing: Writing) -> LintTable:
    words = WORDS[writing.lang]
    columns = [words["sector"]]
    for key in ("base", "residual", "target", "existing", "gap"):
        columns.append(words[key])
    columns.append(f"{words['residual']} {words['percent']}")
    exact = []
    for place, share in enumerate(city.residual_shares):
        base = city.base(place)
        target = base * (1 - share)
        existing = base * city.existing_share
        sign = -1 if writing.negative else 1
        exact.append(
            [base, base * share, sign * target, sign * existing, sign * (target - existing)]
        )
    table = _emission_table("gap", "emission_gap", columns[:-1], exact, city, writing)
    sums = [sum(column) for column in zip(*exact, strict=True)]
    percents = [writing.text(100 * row[1] / row[0], 2) for row in [*exact, sums]]
    rows = [[*row, percent] for row, percent in zip(table.rows, percents[:-1], strict=True)]
    assert table.total is not None
    return LintTable(
        "gap", "emission_gap", columns, rows, [*table.total, percents[-1]], unit=writing.unit
    )


def _emission_table(
    name: str,
    kind: str,
    columns: list[str],
    exact: list[list[Decimal]],
    city: City,
    writing: Writing,
    year: int | None = None,
) -> LintTable:
    sums = [sum(column) for column in zip(*exact, strict=True)]
    rows = [
        [label, *(writing.text(value / writing.size) for value in row)]
        for label, row in zip(_names(city, writing), exact, strict=True)
    ]
    total = [
        WORDS[writing.lang]["total"], *(writing.text(value / writing.size) for value in sums)
    ]  # fmt: skip
    return LintTable(name, kind, columns, rows, total, unit=writing.unit, year=year)


def measures(city: City, writing: Writing) -> LintTable:
    words = WORDS[writing.lang]
    columns = [
        words["measure"], words["sector"], words["cost"], words["tonnes"], words["unit_cost"],
        *(f"{carrier} {words['removed']}" for carrier in CARRIERS[writing.lang]),
    ]  # fmt: skip
    rows = []
    for place, name in enumerate(_names(city, writing)):
        removed_share = 1 - city.residual_shares[place] - city.existing_share
        if removed_share <= 0:
            continue
        for number in range(city.splits[place]):
            share = removed_share / city.splits[place]
            energy_mwh = [value * share for value in city.energy[place]]
            tonnes = city.base(place) * share
            cost = (tonnes * city.costs[place * 3 + number]).quantize(Decimal(1))
            rows.append(
                [
                    f"{place + 1}.{number + 1}",
                    name,
                    writing.text(cost, 0),
                    writing.text(tonnes, 0),
                    writing.text(cost / tonnes, 0),
                    *(writing.text(value, 0) for value in energy_mwh),
                ]
            )
    return LintTable("measures", "measures", columns, rows)
