"""P10 to P90 on every promise of a renovation: the same unknown block before and after the works.

A block is drawn as it may be (``plans.bills``), by its meters where it has any; each draw is
simulated as it stands and after each package, whose effects, prices and comfort are drawn too.
What a draw saves is the difference of the two, so that what is not known of the block does not
count twice. Classes and primary energy are those of a certificate: the same draws in standard use,
rooms at 20 degC before and after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from vatra.plans.bills import (
    Draws,
    Subject,
    WorkDraws,
    after_works,
    answer,
    comfort_of,
    draws_at,
    scores,
    work_draws,
)
from vatra.plans.bills.answer import Answer
from vatra.plans.bills.reading import Floats
from vatra.plans.retrofit import LETTERS, Energy, figures
from vatra.plans.retrofit.classes import class_indices, scale
from vatra.plans.retrofit.energy import Figures
from vatra.plans.retrofit.named import KEPT_NAME
from vatra.plans.services import usual_systems, with_heat
from vatra.plans.stock import archetypes
from vatra.runs.calibrate import calibrate_stock
from vatra.runs.calibrate_block import NONE, Calibrated, priors_of
from vatra.runs.retrofit import Renovation, place_of
from vatra.runs.retrofit_doubt_costs import drawn_cents, owners_cents
from vatra.runs.retrofit_doubt_figures import energy_of, final_kwh, payback_years, three
from vatra.runs.retrofit_doubt_panels import own_power
from vatra.runs.retrofit_facts import block_of
from vatra.runs.retrofit_rows import picks

Row = dict[str, Any]
DRAWS = 1_024
_WH_PER_KWH, _CENTS = 1e3, 100
_PERCENT = 100
_KEPT_HEAT = "heat_kept"


def doubt(
    found: Renovation,
    places: Mapping[str, int] | None = None,
    *,
    known: Calibrated | None = None,
    draws: int = DRAWS,
) -> list[Row]:
    """One row a package: P10, P50 and P90 of what it promises, and of the class it reaches.

    Parameters
    ----------
    found : a renovation
    places : packages by name; those that people look at unless stated
    known : the block by its meters; by those of its stock unless stated
    draws : at least so many, a power of two between 256 and 8,192

    Returns
    -------
    Rows with ``package``, ``place``, ``draws_count``, ``known_by`` (``own_meters``,
    ``type_meters``, ``no_meters``), ``_p10``, ``_p50`` and ``_p90`` of ``heating_saved_percent``,
    ``heating_saved_kwh``, ``heating_kwh_m2``, ``primary_kwh_m2``, ``final_kwh_m2`` (panels not
    taken off), ``bill_saved_cents``, ``co2_saved_kg``, ``cost_cents``, ``owners_cents``,
    ``owners_per_flat_cents`` (None without flats), ``payback_years`` (None: never),
    ``energy_class`` of the expected block and ``or_better_percent`` by class.
    """
    return promises(found, places, known=known, draws=draws).rows


@dataclass(frozen=True, eq=False)
class Promises:
    """How sure a renovation is.

    ``today`` the block as it stands: ``known_by``, P10 to P90 of ``heating_kwh_m2``,
    ``primary_kwh_m2``, ``final_kwh_m2`` and ``bill_cents``, ``or_better_percent``; ``rows`` as
    ``doubt`` gives them.
    """

    today: Row
    rows: list[Row]

    @property
    def final_ends(self) -> dict[str, tuple[float, float]]:
        """P10 and P90 of what is bought a year [kWh/m2], panels not taken off, by package, the
        block as it stands among them."""
        listed = [(KEPT_NAME, self.today), *((row["package"], row) for row in self.rows)]
        return {name: (row["final_kwh_m2_p10"], row["final_kwh_m2_p90"]) for name, row in listed}


def promises(
    found: Renovation,
    places: Mapping[str, int] | None = None,
    *,
    known: Calibrated | None = None,
    draws: int = DRAWS,
) -> Promises:
    """The block as it stands and its packages under the same draws; parameters as ``doubt``."""
    asked = picks(found) if places is None else places
    block = _Doubted.of(found, known or known_block(found), draws)
    names = [name for name in asked if name != KEPT_NAME]
    rows = {place: block.row(place) for place in dict.fromkeys(asked[name] for name in names)}
    return Promises(block.today(), [{"package": name, **rows[asked[name]]} for name in names])


def known_block(found: Renovation) -> Calibrated | None:
    """A renovation's block by the meters of its stock; None where nobody's say anything of it."""
    if not found.stock.readings:
        return None
    place = place_of(found.stock, found.building.code)
    stated = found.stock.systems
    own = len(stated) and found.building.code in stated.get_column("building").to_list()
    made = calibrate_stock(
        found.stock,
        found.climate,
        [place],
        engine=found.engine,
        # The others are heated as this block is where neither states a system.
        usual=None if own else found.spent.systems,
        draws=DRAWS,
    )
    return None if made.blocks[0].origin == NONE else made.blocks[0]


@dataclass(frozen=True, eq=False)
class _Doubted:
    """A block under draws as it stands."""

    found: Renovation
    known_by: str
    subject: Subject
    now: Draws
    standard: Draws
    luck: WorkDraws
    before: Answer
    figures: Figures
    certified: Figures

    @staticmethod
    def of(found: Renovation, known: Calibrated | None, draws: int) -> _Doubted:
        subject = Subject(
            found.building, found.zone, found.spent.systems, found.climate, found.engine
        )
        luck = work_draws(draws)
        own = found.stock.elements.get(found.building.code, ())
        measured = {each.kind for each in own if each.u_w_m2k is not None}
        now = (
            draws_at(priors_of(subject, measured), scores(draws))
            if known is None
            else known.draws(luck.count)
        )
        none = np.zeros((luck.count, 12))
        standard = now.standard_use()
        before = answer(subject, now)
        return _Doubted(
            found,
            NONE if known is None else known.origin,
            subject,
            now,
            standard,
            luck,
            before,
            _figures(found, energy_of(before, none)),
            _figures(found, energy_of(answer(subject, standard), none)),
        )

    def row(self, place: int) -> Row:
        after, then = self._after(place, self.now, self._comfort(place))
        _, certified = self._after(place, self.standard, 0.0)
        area = self.found.building.heated_m2
        saved_eur = self.figures.bill_eur - then.bill_eur
        cost = drawn_cents(self.found, place, self.luck)
        owners = owners_cents(self.found, place, cost)
        flats = self.found.building.flats_count
        heat = self.before.heating_wh.sum(axis=1), after.heating_wh.sum(axis=1)
        return {
            "place": place,
            "draws_count": self.luck.count,
            "known_by": self.known_by,
            **three("heating_saved_percent", _saved_percent(*heat)),
            **three("heating_saved_kwh", (heat[0] - heat[1]) / _WH_PER_KWH),
            **three("heating_kwh_m2", then.heating_kwh_m2),
            **three("primary_kwh_m2", certified.primary_kwh_m2),
            **three("final_kwh_m2", final_kwh(after) / area),
            **three("bill_saved_cents", _CENTS * saved_eur, whole=True),
            **three("co2_saved_kg", (self.figures.co2_kg_m2 - then.co2_kg_m2) * area),
            **three("cost_cents", cost.sum(axis=1), whole=True),
            **three("owners_cents", owners, whole=True),
            **three("owners_per_flat_cents", owners / flats if flats else None, whole=True),
            **three("payback_years", payback_years(owners, _CENTS * saved_eur)),
            "energy_class": LETTERS[self.found.appraisal.energy_classes[place]],
            "or_better_percent": self._classes(certified),
        }

    def today(self) -> Row:
        area = self.found.building.heated_m2
        return {
            "draws_count": self.luck.count,
            "known_by": self.known_by,
            **three("heating_kwh_m2", self.figures.heating_kwh_m2),
            **three("primary_kwh_m2", self.certified.primary_kwh_m2),
            **three("final_kwh_m2", final_kwh(self.before) / area),
            **three("bill_cents", _CENTS * self.figures.bill_eur, whole=True),
            "or_better_percent": self._classes(self.certified),
        }

    def _after(self, place: int, now: Draws, comfort: float) -> tuple[Answer, Figures]:
        """The block after a package, rooms kept warmer by a share of ``comfort_of``."""
        packages, use = self.found.packages, self.subject.use
        changes = after_works(now, packages, place, self.luck, comfort=comfort)
        heat = packages.package(place).get("heat", _KEPT_HEAT)
        systems = self.subject.systems
        if heat != _KEPT_HEAT:
            systems = with_heat(systems, usual_systems(use, heat))
        made = answer(
            self.subject,
            now,
            changes=changes,
            systems=systems,
            recovers=bool(np.nan_to_num(changes.heat_recovery_share).any()),
            peak_before_w=self.before.peak_heating_w,
        )
        own_wh = own_power(self.subject, systems, made, now, self.luck, *self._panels(place))
        return made, _figures(self.found, energy_of(made, own_wh))

    def _comfort(self, place: int) -> float:
        """By the heat that the package is expected to save; fully where that is not known."""
        saved = self.found.appraisal.works.heating_saving_percent
        percent = float("nan") if saved is None else float(np.asarray(saved)[place])
        return 1.0 if np.isnan(percent) else comfort_of(percent / _PERCENT)

    def _panels(self, place: int) -> tuple[float, float]:
        packages = self.found.packages
        battery_wh = packages.amounts("battery")[place] * _WH_PER_KWH
        return float(packages.amounts("pv")[place]), float(battery_wh)

    def _classes(self, then: Figures) -> dict[str, float]:
        """Share of draws [%] that reach each class or a better one."""
        found = self.found
        block = block_of(found.building, archetypes()[found.building.archetype], found.asked)
        places = class_indices(then.primary_kwh_m2, scale(block.scale, found.asked.on_date))
        return {
            letter: round(float(_PERCENT * (places <= place).mean()), 1)
            for place, letter in enumerate(LETTERS)
        }


def _figures(found: Renovation, energy: Energy) -> Figures:
    block = block_of(found.building, archetypes()[found.building.archetype], found.asked)
    return figures(energy, block, found.asked.on_date, found.asked.own_eur_per_mwh)


def _saved_percent(before: Floats, after: Floats) -> Floats:
    """Not a number where there was nothing to save."""
    none = np.full(len(before), np.nan)
    return _PERCENT * (1 - np.divide(after, before, out=none, where=before > 0))
