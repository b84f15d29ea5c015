import polars as pl
import pytest

from vatra.plans import Measure, read_measures

MG_PER_T = 10**9
FACTORS = {"electricity": 0.1, "natural_gas": 0.202}


def rows(*codes: str, claimed_t: int | None = 3000) -> pl.DataFrame:
    """Rows of the table ``measures``, as the check hands them on."""
    claimed_mg = None if claimed_t is None else claimed_t * MG_PER_T
    return pl.DataFrame(
        [
            {
                "code": code,
                "name_en": "LED public lighting",
                "name_ro": "Iluminat public LED",
                "sector": "buildings",
                "field": "energy_systems",
                "lever": None,
                "cost_cents": 1_300_000_000,
                "claimed_mg": claimed_mg,
                "printed_eur_per_t": 4366.0,
                "source": "A contract",
                "line": line,
            }
            for line, code in enumerate(codes, start=2)
        ],
        schema_overrides={"claimed_mg": pl.Int64, "lever": pl.String},
    )


def energy(*removed: tuple[str, str, int]) -> pl.DataFrame:
    """Rows of the table ``measures_energy``: code, carrier, MWh."""
    return pl.DataFrame(
        [(code, carrier, mwh * 10**6) for code, carrier, mwh in removed],
        schema={"code": pl.String, "carrier": pl.String, "energy_wh": pl.Int64},
        orient="row",
    )


def one(measures: pl.DataFrame, removed: pl.DataFrame) -> Measure:
    (found,) = read_measures(measures, removed, FACTORS)
    return found


def test_what_the_energy_of_a_measure_implies():
    # Cluj-Napoca 1.3: 30,000 x 0.1 + 4,455 x 0.202 = 3,899.91 t, where 3,000 t are claimed
    found = one(rows("1.3"), energy(("1.3", "electricity", 30_000), ("1.3", "natural_gas", 4_455)))
    assert found.implied_mg == 3_899_910_000_000
    assert found.claimed_mg == 3_000 * MG_PER_T


def test_energy_that_a_measure_adds_counts_against_it():
    # 10,000 x 0.202 - 4,000 x 0.1 = 1,620 t: gas replaced by electricity
    found = one(rows("2"), energy(("2", "natural_gas", 10_000), ("2", "electricity", -4_000)))
    assert found.implied_mg == 1_620 * MG_PER_T


@pytest.mark.parametrize("removed", [energy(), energy(("1", "peat", 100))])
def test_without_energy_or_factor_nothing_is_implied(removed: pl.DataFrame):
    assert one(rows("1"), removed).implied_mg is None


def test_tonnes_that_are_not_printed_stay_missing():
    assert one(rows("1", claimed_t=None), energy()).claimed_mg is None


def test_cost_per_tonne_is_the_claimed_one():
    # 13,000,000 EUR / 3,000 t = 4,333.33 EUR/t
    assert one(rows("1.3"), energy()).cents_per_t == 433_333
    assert one(rows("1.3"), energy()).cost_eur == 13_000_000


def test_measures_stay_in_the_order_of_their_file():
    listed = read_measures(rows("5.1", "1.2", "1.1").reverse(), energy(), FACTORS)
    assert [each.code for each in listed] == ["5.1", "1.2", "1.1"]
