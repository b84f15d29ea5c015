"""Every building of a stock beside the same list of packages, as the quarter chooses from."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from vatra.plans.blocks import Climate, Engine, Zone
from vatra.plans.blocks.bulk import simulate_states
from vatra.plans.quarter import Menu, kept_place, package_code, quarter_packages
from vatra.plans.quarter.menu import Floats, Ints
from vatra.plans.retrofit import Appraisal, Packages, appraise
from vatra.plans.retrofit.effects import distinct_states
from vatra.plans.stock import Building, archetypes
from vatra.plans.sunpower import roof_kwp
from vatra.runs.retrofit import USUAL_HEAT, programme_ids, states_of
from vatra.runs.retrofit_energy import Site, Spent, spent
from vatra.runs.retrofit_facts import Asked, block_of, quantities
from vatra.runs.stock import Stock

Progress = Callable[[int], None]


def renovate_all(
    stock: Stock,
    climate: Climate,
    asked: Asked,
    packages: Packages | None = None,
    *,
    engine: Engine = "rc5",
    heat: str = USUAL_HEAT,
    progress: Progress | None = None,
) -> Menu:
    """Weigh every building of a stock under the same packages.

    ``packages`` must hold the one that changes nothing; those of a quarter by default. Panels
    that a roof does not hold are not allowed to its building. Raises ``RetrofitError`` as
    ``renovate``, ``ValueError`` where no package leaves everything as it is.
    """
    chosen = quarter_packages() if packages is None else packages
    kept = kept_place(chosen)
    if kept is None:
        raise ValueError("no package leaves everything as it is")
    zones, site, ids = stock.zones(), Site(climate), programme_ids(asked)
    states, place = distinct_states(chosen)
    needs = simulate_states(zones, climate, states, engine)
    found: list[tuple[Spent, Appraisal]] = []
    for number, (building, zone) in enumerate(zip(stock.buildings, zones, strict=True)):
        body = states_of(needs, number, states, place)
        bought = spent(building, zone, body, chosen, stock.systems, heat, site)
        found.append((bought, _appraise(building, zone, chosen, bought, asked, ids)))
        if progress is not None:
            progress(number + 1)
    return _menu(stock.buildings, chosen, kept, found)


def _appraise(
    building: Building,
    zone: Zone,
    packages: Packages,
    bought: Spent,
    asked: Asked,
    ids: Sequence[str],
) -> Appraisal:
    return appraise(
        block_of(building, archetypes()[building.archetype], asked),
        packages,
        bought.energy,
        bought.before,
        quantities(zone, building),
        ids,
        asked.on_date,
        applicant=asked.who_applies,
        city=asked.city,
        own_eur_per_mwh=asked.own_eur_per_mwh,
        front=False,
    )


def _menu(
    buildings: Sequence[Building],
    packages: Packages,
    kept: int,
    found: Sequence[tuple[Spent, Appraisal]],
) -> Menu:
    def column(of: Callable[[Spent, Appraisal], object]) -> Floats:
        return np.array([of(bought, weighed) for bought, weighed in found], float)

    def whole(of: Callable[[Spent, Appraisal], object]) -> Ints:
        return np.array([of(bought, weighed) for bought, weighed in found], np.int64)

    def paid(payer: str) -> Ints:
        return whole(lambda _, w: w.funding.by_payer_cents.get(payer, none))

    def final(carrier: str) -> Floats:
        return column(lambda b, _: b.energy.final_kwh.get(carrier, none))

    area = np.array([each.heated_m2 for each in buildings])
    payers = sorted({payer for _, weighed in found for payer in weighed.funding.by_payer_cents})
    carriers = sorted({name for bought, _ in found for name in bought.energy.final_kwh})
    none = np.zeros(packages.count)
    panels = packages.amounts("pv")
    roofs = np.array([roof_kwp(each.shape.footprint_m2) for each in buildings])
    return Menu(
        blocks=tuple(each.code for each in buildings),
        packages=tuple(package_code(packages, place) for place in range(packages.count)),
        kept=kept,
        flats_count=np.array([each.flats_count for each in buildings], np.int64),
        floor_m2=area,
        cost_cents=whole(lambda _, w: w.costs.total_cents()),
        owners_cents=whole(lambda _, w: w.funding.owners_most_cents),
        grant_cents={payer: paid(payer) for payer in payers},
        co2_kg=column(lambda _, w: w.figures.co2_kg_m2) * area[:, None],
        primary_kwh=column(lambda _, w: w.figures.primary_kwh_m2) * area[:, None],
        heating_kwh=column(lambda b, _: b.energy.heating_kwh),
        bill_eur=column(lambda _, w: w.figures.bill_eur),
        peak_heat_kw=column(lambda b, _: b.energy.peak_heat_kw),
        final_kwh={name: final(name) for name in carriers},
        energy_class=whole(lambda _, w: w.energy_classes),
        allowed=panels[None, :] <= roofs[:, None],
        group=tuple(weighed.before_classes[0] for _, weighed in found),
        undivided_cents=whole(lambda _, w: w.funding.undivided_cents),
        cost_low_cents=whole(lambda _, w: w.costs.total_cents("p10")),
        cost_high_cents=whole(lambda _, w: w.costs.total_cents("p90")),
        vat_percent=found[0][1].costs.vat_percent,
    )
