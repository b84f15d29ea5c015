"""What the API answers about a city and its inventory: names end in their unit, amounts are whole.

``_mg`` milligrams, ``_wh`` watt-hours, ``_cents`` euro cents, ``_ppm`` parts per million; a name
with ``co2e`` is weighed by the city's global warming potentials. ``null`` is what nobody knows.
"""

from __future__ import annotations

from typing import Any

from ninja import Schema


class Words(Schema):
    """A text in both languages."""

    en: str = ""
    ro: str = ""


class Page(Schema):
    """A page of a list: ``count`` of all of it; ``next_cursor`` null on the last page."""

    count: int
    next_cursor: str | None
    next: str | None


class WithdrawnOut(Schema):
    """The city took back the edition whose figures are shown: when (ISO 8601), and why."""

    edition: int
    on: str
    reason: str
    page_url: str


class CityOut(Schema):
    """A city; ``seal`` the SHA-256 of its contract, ``withdrawn`` null while it stands by that."""

    city: str
    name: str
    base_year: int
    target_year: int | None
    synthetic: bool
    seal: str
    withdrawn: WithdrawnOut | None
    url: str
    page_url: str


class Cities(Page):
    items: list[CityOut]


class CityWhole(CityOut):
    """A city with what its contract rests on, and where its data stand."""

    country: str
    gases: list[str]
    gwp_set: str
    factor_sets: list[str]
    languages: list[str]
    target_cut_ppm: int | None
    residual_limit_ppm: int | None
    base_total_mg: int
    licence: str | None
    source: str
    draft_number: int | None
    links: dict[str, str]


class Edition(Schema):
    """A contract that was ever shown.

    ``edition`` its number and ``state`` (``published``, ``superseded``, ``withdrawn``) when the
    city published it under its signatures; null for a folder that was only registered. ``ended``
    when it ceased to be in force, ``reason`` why it was withdrawn.
    """

    seal: str
    format: str
    made_with: str
    shown_since: str
    is_shown: bool
    edition: int | None
    state: str | None
    ended: str | None
    reason: str | None


class Editions(Page):
    items: list[Edition]


class Totals(Schema):
    """Sums of the inventory by year; ``biogenic`` counts in no total."""

    all_co2e_mg: dict[str, int]
    by_sector_co2e_mg: dict[str, dict[str, int]]
    by_gas_co2e_mg: dict[str, dict[str, int]]
    by_scope_co2e_mg: dict[str, dict[str, int]]
    by_sector_scope_co2e_mg: dict[str, dict[str, dict[str, int]]]
    by_sector_energy_wh: dict[str, dict[str, int]]
    biogenic_mg: dict[str, Any]
    gwp: dict[str, str]


class GpcLine(Schema):
    """A category of the GPC; ``notation_key`` where there is no figure."""

    year: int
    category: str
    sub_sector: str
    scope: str
    co2e_mg: int | None
    notation_key: str | None
    quality: str | None
    explanation: str


class GpcLines(Page):
    items: list[GpcLine]


class CellOut(Schema):
    """A sum of the inventory by year, sector, carrier, scope, category, gas, method and factor."""

    year: int
    sector: str
    carrier: str
    scope: str
    category: str
    gas: str
    method: str
    factor_id: str
    energy_wh: int
    emission_mg: int
    co2e_mg: int
    rows_count: int


class Cells(Page):
    items: list[CellOut]


class RowOut(Schema):
    """A result row: a row of a source file and what one gas of it gives.

    ``activity`` in ``activity_unit``; ``factor_id`` names what it hangs on, several with ``; ``.
    """

    year: int
    category: str
    sector: str
    scope: str | None
    carrier: str
    item: str
    gas: str
    species: str
    activity: float
    activity_unit: str
    factor_id: str
    emission_mg: int
    co2e_mg: int
    quality_activity: str | None
    quality_factor: str | None
    doubt_percent: float | None
    method: str
    table: str
    file: str
    line: int
    evidence_id: str


class Rows(Page):
    items: list[RowOut]


class FactorOut(Schema):
    """A factor in force, as published and per MWh of net calorific value, with its source."""

    factor_id: str
    set: str
    carrier: str
    gas: str
    end_use: str
    year_from: int | None
    year_to: int | None
    amount: str
    unit: str
    value_t_per_mwh: str
    source: str
    page: str
    doubt: str
    note: str
    file: str
    line: int


class Factors(Page):
    items: list[FactorOut]


class ParameterOut(Schema):
    """A parameter of a method, with its source; ``low`` and ``high`` its 95 % range."""

    parameter_id: str
    value: str
    low: str | None
    high: str | None
    unit: str
    source: str
    page: str
    file: str
    line: int


class Parameters(Page):
    items: list[ParameterOut]


class FindingOut(Schema):
    """Something about the data that a reader should know; ``file`` and ``lines`` where."""

    code: str
    severity: str
    message: Words
    file: str
    lines: list[int]


class Findings(Page):
    items: list[FindingOut]


class Dataset(Schema):
    """A file of open data; ``rows_count`` null where counting would mean making it."""

    name: str
    title: str
    description: str
    form: str
    media_type: str
    rows_count: int | None
    year: str
    url: str
    licence: str | None
    synthetic: bool


class Datasets(Page):
    items: list[Dataset]


class Line(Schema):
    """What a chart or table is called and where its data stand."""

    name: str
    title: str
    url: str
    svg_url: str


class Charts(Page):
    items: list[Line]


class Named(Schema):
    """A column of a table."""

    name: str
    heading: str


class TableOut(Schema):
    """The data behind a chart."""

    id: str
    title: str
    note: str
    synthetic: bool
    columns: list[Named]
    rows: list[dict[str, Any]]


class NumberOut(Schema):
    """How a number was made: formulas with the values in them, down to file and line.

    ``terms`` of a number of the inventory, ``steps`` of a number of the plan.
    """

    path: str
    title: str
    total_mg: int
    page_url: str
    formulas: list[dict[str, Any]]
    terms: list[dict[str, Any]]
    steps: list[dict[str, Any]]


class ProblemOut(Schema):
    """What is wrong, RFC 9457: ``code`` stays, ``detail`` is a sentence; ``faults`` all at once."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    faults: list[dict[str, str]]
    choices: list[str]
