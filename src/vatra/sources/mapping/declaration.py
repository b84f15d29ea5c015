"""A saved mapping: how the columns of somebody else's file become those of one of our tables.

Written in YAML::

    table: energy
    file: "gas_*.xlsx"                # warn when the name does not fit
    sheet: Consum                     # or its number; the first with cells when left out
    heading_row: [4, 5]               # found when left out; several rows are read as one heading
    last_row: 40
    skip_rows: [12]
    keep: {Unitate: [MWh, GJ]}        # only rows with one of these values
    numbers: ro                       # inferred and shown when left out
    columns:
      year: {constant: 2021}
      sector: {from: Categorie, values: {Casnic: buildings, Altele: skip}, fill_down: true}
      scope: {of: carrier, values: {electricity: 2}, else: 1}
      unit: {constant: MWh}
      source: {constant: "Report of the distributor, table 3"}
    unpivot: {headings: {Gaz natural: natural_gas}, into: carrier, cells: amount}
    units: {mii MWh: {unit: MWh, times: 1000}}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from vatra.tables import fold
from vatra.tables.numbers import Style

# A value that takes its row out.
SKIP = "skip"


@dataclass(frozen=True)
class Source:
    """Where a column of ours comes from: one of ``constant``, ``heading`` of the file, ``of``.

    ``of`` is another column of ours. ``values`` folded value of theirs -> ours; ``otherwise`` for
    the values that are not among them, None to take them as they are; ``fill_down`` repeats the
    value above into blank cells, as merged labels need it.
    """

    constant: str | None = None
    heading: str = ""
    of: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str | None = None
    fill_down: bool = False


@dataclass(frozen=True)
class Unpivot:
    """Columns of a wide file that become rows.

    ``headings`` heading -> value of the column ``into`` (empty values: the heading itself);
    their cells go into the column ``cells``.
    """

    headings: Mapping[str, str]
    into: str
    cells: str = "amount"


@dataclass(frozen=True)
class ForeignUnit:
    """A unit of theirs: ours, and how many of ours one of theirs is."""

    unit: str
    times: Decimal = Decimal(1)


@dataclass(frozen=True)
class ColumnMapping:
    """How one file becomes rows of one table; see the page of this module."""

    table: str
    columns: Mapping[str, Source]
    unpivot: Unpivot | None = None
    file: str = ""
    sheet: str | int | None = None
    encoding: str = ""
    delimiter: str = ""
    heading_rows: tuple[int, ...] = ()
    last_row: int | None = None
    skip_rows: frozenset[int] = frozenset()
    keep: Mapping[str, frozenset[str]] = field(default_factory=dict)
    numbers: Style | None = None
    units: Mapping[str, ForeignUnit] = field(default_factory=dict)
    name: str = ""

    def foreign_unit(self, text: str) -> ForeignUnit:
        """What a unit of theirs is in ours; itself where nothing is said."""
        wanted = fold(text)
        return self.units.get(wanted) or KNOWN_UNITS.get(wanted) or ForeignUnit(text.strip())


# Spellings of units that Romanian files use for units of ours.
KNOWN_UNITS: Mapping[str, ForeignUnit] = MappingProxyType(
    {
        fold(text): each
        for text, each in {
            "mii MWh": ForeignUnit("MWh", Decimal(1000)),
            "thousand MWh": ForeignUnit("MWh", Decimal(1000)),
            "tep": ForeignUnit("toe"),
            "mii tep": ForeignUnit("toe", Decimal(1000)),
            "ktep": ForeignUnit("toe", Decimal(1000)),
            "ktoe": ForeignUnit("toe", Decimal(1000)),
            "MWh/an": ForeignUnit("MWh"),
            "MWh/year": ForeignUnit("MWh"),
            "mii Gcal": ForeignUnit("Gcal", Decimal(1000)),
            # Puterea calorifică superioară is the gross calorific value, inferioară the net one.
            "MWh PCS": ForeignUnit("MWh GCV"),
            "kWh PCS": ForeignUnit("kWh GCV"),
            "mc PCS": ForeignUnit("m3 GCV"),
            "mc PCI": ForeignUnit("m3 NCV"),
            "MWh PCI": ForeignUnit("MWh"),
            # Which calorific value a cubic metre has is asked for, never taken for granted.
            **dict.fromkeys(("m3", "mc", "metri cubi", "cubic metres"), ForeignUnit("m3")),
            **dict.fromkeys(("mii mc", "mii m3"), ForeignUnit("m3", Decimal(1000))),
            **dict.fromkeys(("megawatt-oră", "megawați-oră", "megawatt hours"), ForeignUnit("MWh")),
            **dict.fromkeys(("kilowatt-oră", "kilowați-oră", "kWh/an"), ForeignUnit("kWh")),
            **dict.fromkeys(("kWh/year", "kilowatt hours"), ForeignUnit("kWh")),
            "GWh/an": ForeignUnit("GWh"),
            **dict.fromkeys(("gigacalorii", "gigacalorie", "Gcal/an"), ForeignUnit("Gcal")),
            "tone echivalent petrol": ForeignUnit("toe"),
            **dict.fromkeys(("litri", "litru", "litres", "liters"), ForeignUnit("l")),
            **dict.fromkeys(("tone", "tonă", "tonne", "tonnes", "tone/an"), ForeignUnit("t")),
            **dict.fromkeys(("kilograme", "kilogram", "kilograms"), ForeignUnit("kg")),
            **dict.fromkeys(("hectare", "hectar", "hectares"), ForeignUnit("ha")),
            **dict.fromkeys(("mp", "metri pătrați"), ForeignUnit("m2")),
            **dict.fromkeys(("kilometri", "kilometres"), ForeignUnit("km")),
        }.items()
    }
)
