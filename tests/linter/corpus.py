"""Twenty invented towns with contracts that add up, written the way real ones are.

Every figure is counted exactly first and rounded only in print. The tables come as extraction
hands them over: no kind, texts in every cell, titles and units wherever a town put them.
``corpus_tables`` holds the layouts, ``corpus_slips`` the slips put into them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

SECTORS = ("buildings", "transport", "waste", "industry", "land")
CARRIERS = ("natural_gas", "diesel", "electricity")
FACTORS = {
    "natural_gas": Decimal("0.202"),
    "diesel": Decimal("0.267"),
    "electricity": Decimal("0.289"),
}
WORDS = {
    "en": {
        "buildings": "Buildings", "transport": "Transport", "waste": "Waste and wastewater",
        "industry": "IPPU", "land": "AFOLU", "natural_gas": "Natural gas", "diesel": "Diesel",
        "electricity": "Electricity", "total": "Total", "scope": "Scope", "sector": "Sector",
        "baseline": "Baseline emissions", "residual": "Residual emissions",
        "target": "Baseline emissions reduction target",
        "existing": "Emissions reduction through existing strategies", "gap": "Emissions gap",
        "absolute": "(absolute)", "share": "Share", "base_year": "Base year", "unit": "Unit",
        "energy_title": "Final energy use by source sectors", "factor": "Emission factor",
        "emission_title": "GHG emissions by source sectors", "gap_title": "Emissions gap",
        "factor_title": "Emission factors applied", "carrier": "Energy carrier",
        "action": "Action", "cost": "Total cost (EUR)", "tonnes": "GHG reduction (t CO2e/year)",
        "per_tonne": "Cost per tonne (EUR/t CO2e)", "module": "Greenhouse gas baseline inventory",
        "residential": "of which residential", "bau": "2030 BAU", "planned": "2030 with measures",
        "invest_title": "Investment needs by field of action (million EUR)", "subtotal": "Subtotal",
        "year": "MWh/year", "per_year": "t CO2e/year", "field": "Field of action",
        "sources": "AFOLU (sources)", "sinks": "AFOLU (sinks)", "indicators": "Impact indicators",
    },
    "ro": {
        "buildings": "Clădiri", "transport": "Transport", "waste": "Deșeuri și ape uzate",
        "industry": "Procese industriale (IPPU)", "land": "AFOLU", "natural_gas": "Gaze naturale",
        "diesel": "Motorină", "electricity": "Energie electrică", "total": "Total general",
        "scope": "Domeniul", "sector": "Sector", "baseline": "Emisii de bază",
        "residual": "Emisii reziduale", "target": "Ținta de reducere",
        "existing": "Reduceri din strategii existente", "gap": "Decalaj de emisii",
        "absolute": "(absolut)", "share": "Pondere", "base_year": "An de bază",
        "unit": "Unitate de măsură", "energy_title": "Consumul final de energie pe sectoare",
        "factor": "Factor de emisie", "emission_title": "Emisii de GES pe sectoare sursă",
        "gap_title": "Decalajul de emisii", "factor_title": "Factori de emisie aplicați",
        "carrier": "Purtător de energie", "action": "Acțiune", "cost": "Cost total (EUR)",
        "tonnes": "Reducere GES (t CO2e/an)", "per_tonne": "Cost pe tonă (EUR/t CO2e)",
        "module": "Inventarul de bază al emisiilor de gaze cu efect de seră",
        "residential": "din care rezidențial", "bau": "2030 fără măsuri",
        "planned": "2030 cu măsuri",
        "invest_title": "Necesarul de investiții pe domenii (mil. EUR)", "subtotal": "Subtotal",
        "year": "MWh/an", "per_year": "t CO2e/an", "field": "Domeniu de acțiune",
        "sources": "AFOLU (surse)", "sinks": "AFOLU (absorbții)", "indicators": "Indicatori",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Town:
    """One invented town: how it writes, and its figures from a fixed seed."""

    name: str
    seed: int
    lang: str = "en"
    marks: str = ",."
    unit: str = "t CO2e"
    decimals: int = 0
    negative: bool = False
    base_year: int = 2019

    @cached_property
    def dice(self) -> random.Random:
        return random.Random(self.seed)

    @cached_property
    def energy(self) -> dict[tuple[str, str], int]:
        """MWh by sector and carrier; zero where a sector has none."""
        scale = self.dice.choice([1, 3, 9])
        found = {}
        for sector in SECTORS:
            for carrier in CARRIERS:
                used = carrier != "diesel" or sector in ("transport", "land", "waste")
                used = used and not (carrier == "natural_gas" and sector in ("land", "waste"))
                big = sector in ("buildings", "transport")
                most = (900_000 if big else 90_000) * scale
                found[sector, carrier] = self.dice.randint(most // 20, most) if used else 0
        return found

    @cached_property
    def scopes(self) -> dict[tuple[str, str], Decimal]:
        """Tonnes by sector and scope: burned here, bought, and waste treated elsewhere."""
        found = {}
        for sector in SECTORS:
            burned = sum(
                self.energy[sector, each] * FACTORS[each] for each in ("natural_gas", "diesel")
            )
            own = {"waste": 20_000, "industry": 60_000, "land": 9_000}.get(sector, 0)
            process = Decimal(self.dice.randint(own // 3, own)) if own else Decimal(0)
            found[sector, "1"] = burned + process
            found[sector, "2"] = self.energy[sector, "electricity"] * FACTORS["electricity"]
            abroad = self.dice.randint(1_500, 30_000) if sector == "waste" else 0
            found[sector, "3"] = Decimal(abroad)
        return found

    def base(self, sector: str) -> Decimal:
        return sum((self.scopes[sector, scope] for scope in "123"), Decimal(0))

    @property
    def total(self) -> Decimal:
        return sum((self.base(sector) for sector in SECTORS), Decimal(0))

    @cached_property
    def residual(self) -> dict[str, Decimal]:
        return {
            each: self.base(each) * Decimal(self.dice.randint(40, 190)) / 1000 for each in SECTORS
        }

    @cached_property
    def existing(self) -> dict[str, Decimal]:
        return {
            each: self.base(each) * Decimal(self.dice.randint(30, 300)) / 1000 for each in SECTORS
        }

    @cached_property
    def measures(self) -> list[tuple[str, str, int, int]]:
        """Name, sector, EUR and tonnes; together a little more than each sector's gap."""
        found = []
        for sector in SECTORS:
            needed = self.base(sector) - self.residual[sector] - self.existing[sector]
            for number in (1, 2):
                share = Decimal("0.62") if number == 1 else Decimal("0.41")
                tonnes = int(needed * share) + 1
                cost = tonnes * self.dice.randint(90, 3000) // 1000 * 1000
                name = f"{sector[0].upper()}{number} {_NAMES[sector][number - 1]}"
                found.append((name, sector, cost, tonnes))
        return found

    # how it writes

    def word(self, key: str) -> str:
        return WORDS[self.lang][key]

    @property
    def size(self) -> int:
        return 1000 if self.unit.startswith("kt") else 1

    def number(self, value: Decimal | int, decimals: int = 0) -> str:
        """A number with the town's marks."""
        rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        text = f"{rounded:,.{decimals}f}"
        return text.replace(",", "_").replace(".", self.marks[1]).replace("_", self.marks[0])

    def tonnes(self, value: Decimal) -> str:
        return self.number(value / self.size, self.decimals)

    def percent(self, part: Decimal, whole: Decimal, decimals: int = 1) -> str:
        return f"{self.number(100 * part / whole, decimals)} %"


_NAMES = {
    "buildings": ("Deep renovation", "Heat pumps"), "transport": ("Tram line", "Cycle network"),
    "waste": ("Sorting plant", "Composting"), "industry": ("Process heat", "Refrigerants"),
    "land": ("Urban forest", "Soil care"),
}  # fmt: skip

EN, RO, SPACE, BARE = ",.", ".,", "\u00a0,", " ."
TOWNS = (
    Town("Alderbrook", 1),
    Town("Birkholm", 2, marks=SPACE),
    Town("Castelnou", 3, marks=RO),
    Town("Drumeni", 4, "ro", RO, base_year=2021),
    Town("Eastmere", 5, unit="kt CO2e", decimals=1),
    Town("Fagetel", 6, "ro", SPACE, "kt CO2e", 2, base_year=2021),
    Town("Gronsund", 7, marks=BARE, decimals=1),
    Town("Hauteville", 8, marks=SPACE, decimals=2),
    Town("Izvorani", 9, "ro", RO, decimals=2, negative=True),
    Town("Juniper Bay", 10, negative=True),
    Town("Kaltenau", 11, marks=RO, unit="kt CO2e", decimals=2),
    Town("Lunca Mare", 12, "ro", RO, negative=True, base_year=2018),
    Town("Montclar", 13, marks=RO, decimals=1),
    Town("Nordvik", 14, marks=SPACE, unit="kt CO2e", decimals=1),
    Town("Oakhaven", 15, decimals=2),
    Town("Pinar", 16, marks=RO, base_year=2017),
    Town("Quintal", 17, marks=EN, unit="kt CO2e", decimals=3),
    Town("Raureni", 18, "ro", EN, base_year=2020),
    Town("Solbakken", 19, marks=BARE),
    Town("Tarnova Noua", 20, "ro", RO, "kt CO2e", 1),
)
