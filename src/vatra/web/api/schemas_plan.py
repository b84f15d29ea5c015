"""What the API answers about a plan: measures, pathway, money, progress, buildings, versions."""

from __future__ import annotations

from typing import Any

from ninja import Schema

from vatra.web.api.schemas import Page, Words


class MeasureOut(Schema):
    """A measure as the contract prints it; ``claimed_mg`` the tonnes printed for it."""

    code: str
    name: Words
    sector: str
    field: str
    lever: str
    claimed_mg: int | None
    implied_mg: int | None
    cost_cents: int | None
    cents_per_t: int | None
    printed_eur_per_t: str | None
    energy_wh: dict[str, int]
    source: str
    line: int


class Measures(Page):
    items: list[MeasureOut]


class ActionOut(Schema):
    """An action of the plan, what it gives in the target year, and what that hangs on.

    Ranges are distributions: ``pert(low; mode; high)``. ``shapley_mg`` is its fair share of the
    cut, ``first_in_mg`` and ``last_in_mg`` the cut if it came first or last.
    """

    code: str
    name: Words
    about: Words
    catalogue: str
    sector: str
    field: str
    lever: str
    start_year: int | None
    end_year: int | None
    ramp_years: str
    delay_years: str
    level_ppm: int
    reach_ppm: int
    delivery_ppm: int
    cost_cents: int | None
    claimed_mg: int | None
    shapley_mg: int | None
    standard_error_mg: int | None
    first_in_mg: int | None
    last_in_mg: int | None
    requires: list[Any]
    co_benefits: list[dict[str, str]]
    economics: dict[str, Any]
    source: str
    file: str
    line: int


class Actions(Page):
    items: list[ActionOut]


class PathYear(Schema):
    """A year of the pathway. ``p10_mg`` to ``p90_mg`` is the band of doubt."""

    year: int
    baseline_mg: int | None
    planned_mg: int
    gross_mg: int | None
    sinks_mg: int | None
    p5_mg: int | None
    p10_mg: int | None
    p25_mg: int | None
    p50_mg: int | None
    p75_mg: int | None
    p90_mg: int | None
    p95_mg: int | None
    by_sector_mg: dict[str, int]


class Pathway(Page):
    """The pathway by year; ``probability_ppm`` of reaching the target."""

    target_year: int | None
    target_mg: int | None
    probability_ppm: int | None
    probability_error_ppm: int | None
    items: list[PathYear]


class Source(Schema):
    """Where money comes from; ``ceiling_cents`` null where it has none."""

    code: str
    name: Words
    instrument: str
    ceiling_cents: int | None
    paid_cents: dict[str, int]
    source: str


class Finance(Schema):
    """The investment plan; ``known`` false for a city without costs."""

    known: bool
    price_year: int | None
    nominal: bool | None
    years: list[int]
    total_cents: int | None
    total_gap_cents: int | None
    first_gap_year: int | None
    need_cents: dict[str, dict[str, int]]
    gap_cents: dict[str, dict[str, int]]
    sources: list[Source]
    actors: list[dict[str, Any]]
    society: dict[str, Any]
    findings: list[Words]


class ActionProgress(Schema):
    """What was reported of an action, beside what was planned for that year."""

    code: str
    name: Words
    status: str
    year: int | None
    planned_ppm: int | None
    reached_ppm: int | None
    delay_months: int | None
    spent_cents: int | None
    capital_cents: int | None
    source: str


class Progress(Page):
    """The annual report: what is expected of the target year, and each action's state.

    ``known`` false for a city without actions; ``year`` null where nobody has reported.
    """

    known: bool
    year: int | None
    seal: str | None
    target: dict[str, Any]
    planned_mg: dict[str, int]
    measured_mg: dict[str, int]
    sentences: list[str]
    items: list[ActionProgress]


class BuildingOut(Schema):
    """A building: what is known of it, what it needs, its class and its bill."""

    building: str
    name: str | None
    quarter: str | None
    use: str
    archetype: str
    built: int | None
    storeys_count: int
    flats_count: int | None
    heated_m2: float
    heating_kwh: float
    heating_kwh_m2: float
    peak_heating_kw: float
    primary_kwh_m2: float
    co2_kg_m2: float
    energy_class: str | None
    bill_eur: int
    assumed_columns: str
    climate: str
    synthetic: bool
    source: str


class Buildings(Page):
    items: list[BuildingOut]


class VersionOut(Schema):
    """A version of the work; ``digest`` of the hashes of its files."""

    number: int
    digest: str
    kind: str
    note: str
    at: str
    changes_count: int
    files: dict[str, str]
    is_published: bool


class Versions(Page):
    items: list[VersionOut]


class SheetOut(Page):
    """Rows of a table of the work, as texts; ``lines`` where each stands in the file."""

    table: str
    file: str
    columns: list[str]
    lines: list[int]
    origins: list[str]
    items: list[dict[str, str]]
