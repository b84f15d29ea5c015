"""From the base year to the target year: totals by sector, residual, and who does the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import polars as pl

from vatra.plans.measures import Measure
from vatra.plans.split import Cell, Game, Split, games, in_order, symmetric
from vatra.tables import Finding
from vatra.tables.vocabulary import SECTORS
from vatra.units import MG_PER_T

PPM = 1_000_000
# A cut printed with two decimals (81.37 %) says the share to half a hundredth of a per cent.
PRINTED_CUT_HALF_STEP_PPM = 50


@dataclass(frozen=True)
class Aim:
    """What the city promises: cut and residual limit as parts per million of the base year."""

    base_year: int
    target_year: int
    cut_ppm: int
    residual_limit_ppm: int


@dataclass(frozen=True)
class Plan:
    """Totals of the plan, all in milligrams of CO2e by sector.

    ``base_mg`` base year; ``before_mg`` target year before measures; ``after_mg`` target year
    after measures; ``split_in_order`` and ``split_symmetric`` of the cut between them; ``games``
    the cells and shares that the split is played with.
    """

    aim: Aim
    base_mg: Mapping[str, int]
    before_mg: Mapping[str, int]
    after_mg: Mapping[str, int]
    split_in_order: Split
    split_symmetric: Split
    measures: tuple[Measure, ...]
    games: Mapping[str, Game]

    @property
    def base_total_mg(self) -> int:
        """Base year, all sectors."""
        return sum(self.base_mg.values())

    @property
    def before_total_mg(self) -> int:
        """Target year before measures, all sectors."""
        return sum(self.before_mg.values())

    @property
    def residual_mg(self) -> int:
        """Target year after measures, all sectors."""
        return sum(self.after_mg.values())

    @property
    def cut_mg(self) -> int:
        """Base year minus residual."""
        return self.base_total_mg - self.residual_mg

    @property
    def residual_ppm(self) -> int:
        """Residual as a share of the base year."""
        return _ppm(self.residual_mg, self.base_total_mg)

    @property
    def target_mg(self) -> int:
        """What may be left in the target year by the promised cut."""
        return self.base_total_mg * (PPM - self.aim.cut_ppm) // PPM

    @property
    def target_met(self) -> bool:
        """Whether the plan reaches the promised cut, as exactly as the promise is printed."""
        return self.residual_ppm <= PPM - self.aim.cut_ppm + PRINTED_CUT_HALF_STEP_PPM

    @property
    def residual_rule_held(self) -> bool:
        """Whether the residual stays within the limit of a Climate City Contract."""
        return self.residual_ppm <= self.aim.residual_limit_ppm

    def claimed_mg(self, sector: str) -> int:
        """Tonnes printed for the measures of a sector; measures without tonnes add nothing."""
        return sum(each.claimed_mg or 0 for each in self.measures if each.sector == sector)

    def unattributed_mg(self, sector: str) -> int:
        """Cut by measures that no measure of the sector has tonnes for."""
        cut = self.before_mg.get(sector, 0) - self.after_mg.get(sector, 0)
        return cut - self.claimed_mg(sector)


def overclaimed(plan: Plan, file: str) -> list[Finding]:
    """A warning for every sector whose measures claim more tonnes than it cuts.

    Each claim, and the cut itself, may be rounded by half a tonne.
    """
    found = []
    for sector in plan.base_mg:
        claims = [each for each in plan.measures if each.sector == sector and each.claimed_mg]
        excess_mg = -plan.unattributed_mg(sector)
        if excess_mg > (len(claims) + 1) * MG_PER_T // 2:
            params = {
                "sector": f"@tables.sector-{sector}",
                "claimed": plan.claimed_mg(sector) / MG_PER_T,
                "cut": (plan.claimed_mg(sector) - excess_mg) / MG_PER_T,
            }
            lines = tuple(each.line for each in claims)
            found.append(Finding("plans.overclaimed", "warning", file, lines, "claimed_t", params))
    return found


def _ppm(part: int, whole: int) -> int:
    return round(Fraction(part * PPM, whole)) if whole else 0


def left_shares(
    before_mg: Mapping[str, int],
    printed_before_mg: Mapping[str, int],
    printed_after_mg: Mapping[str, int],
    measures: Sequence[Measure],
) -> dict[str, Fraction]:
    """What measures leave of each sector's emissions in the target year, 0 to 1.

    From the printed figures before and after measures where both exist; else from the claimed
    tonnes of the sector's measures, which cannot remove more than there is.
    """
    shares = {}
    for sector, before in before_mg.items():
        claimed = sum(each.claimed_mg or 0 for each in measures if each.sector == sector)
        printed_before = printed_before_mg.get(sector) or before
        if sector in printed_after_mg and printed_before:
            shares[sector] = Fraction(printed_after_mg[sector], printed_before)
        elif before > 0:
            shares[sector] = max(Fraction(0), 1 - Fraction(claimed, before))
        else:
            shares[sector] = Fraction(1)
    return shares


def plan(
    aim: Aim,
    cells: Sequence[Cell],
    base_mg: Mapping[str, int],
    before_mg: Mapping[str, int],
    left_share: Mapping[str, Fraction],
    measures: Sequence[Measure],
) -> Plan:
    """Put the plan together.

    Parameters
    ----------
    aim : years, promised cut, residual limit
    cells : energy and factors of both years by sector and carrier
    base_mg, before_mg : inventory totals of the two years by sector [mg CO2e]; where they differ
        from the cells (what no energy causes, rounding in print) the difference stays with the
        sector
    left_share : what measures leave of each sector
    measures : the plan's measures
    """
    sectors = [each for each in SECTORS if each in base_mg or each in before_mg]
    by_sector = {sector: [cell for cell in cells if cell.sector == sector] for sector in sectors}
    rest_base = {
        sector: base_mg.get(sector, 0) - sum(c.emission_mg(False, False) for c in by_sector[sector])
        for sector in sectors
    }
    rest_before = {
        sector: before_mg.get(sector, 0) - sum(c.emission_mg(True, True) for c in by_sector[sector])
        for sector in sectors
    }
    played = games(cells, left_share, rest_base, rest_before)
    split = in_order(played)
    after = {
        sector: base_mg.get(sector, 0) - sum(split.by_sector[sector].values())
        if sector in split.by_sector
        else 0
        for sector in sectors
    }
    return Plan(
        aim=aim,
        base_mg={sector: base_mg.get(sector, 0) for sector in sectors},
        before_mg={sector: before_mg.get(sector, 0) for sector in sectors},
        after_mg=after,
        split_in_order=split,
        split_symmetric=symmetric(played),
        measures=tuple(measures),
        games=played,
    )


def sums_by_sector(cells: pl.DataFrame, year: int) -> dict[str, int]:
    """CO2e of a year by sector [mg], from cells without biogenic CO2."""
    rows = cells.filter(pl.col("year") == year).group_by("sector").agg(pl.col("co2e_mg").sum())
    found = dict(rows.iter_rows())
    return {sector: found[sector] for sector in SECTORS if sector in found}
