from vatra.contract.totals import plan_sums, totals


def cell(sector, scope, co2e_mg, gas="CO2", carrier="natural_gas", year=2021, energy_wh=10):
    return {
        "year": year,
        "sector": sector,
        "carrier": carrier,
        "scope": scope,
        "gas": gas,
        "energy_wh": energy_wh,
        "co2e_mg": co2e_mg,
    }


def test_totals_add_up_by_sector_scope_and_gas():
    cells = [
        cell("buildings", "1", 5),
        cell("buildings", "2", 7, carrier="electricity"),
        cell("waste", "3", 11, carrier="electricity"),
    ]
    result = totals(cells)
    assert result["all"] == {"2021": 23}  # 5 + 7 + 11
    assert result["by_sector"] == {"2021": {"buildings": 12, "waste": 11}}
    assert result["by_scope"] == {"2021": {"1": 5, "2": 7, "3": 11}}
    assert result["by_sector_scope"]["2021"]["buildings"] == {"1": 5, "2": 7}


def test_biogenic_co2_is_in_no_total():
    cells = [cell("buildings", "1", 3, gas="CH4", carrier="wood")]
    cells.append(cell("buildings", "1", 900, gas="CO2_BIOGENIC", carrier="wood"))
    result = totals(cells)
    assert result["all"] == {"2021": 3}
    assert result["biogenic"] == {"2021": 900}


def test_energy_is_counted_once_for_all_its_gases():
    cells = [cell("buildings", "1", 5, gas="CO2"), cell("buildings", "1", 1, gas="CH4")]
    assert totals(cells)["energy_wh"] == {"2021": {"buildings": 10}}


def test_the_plan_adds_up():
    split = {"by_sector": {"buildings": {"grid": 3, "background": 1, "measures": 2}}}
    plan = {
        "base_mg": {"buildings": 10},
        "before_mg": {"buildings": 6},
        "after_mg": {"buildings": 4},
        "split": {"in_order": split, "symmetric": split},
    }
    sums = plan_sums(plan)
    assert (sums["cut_mg"], sums["residual_mg"]) == (6, 4)  # 10 - 4
    assert sums["split"]["in_order"]["total"] == {"grid": 3, "background": 1, "measures": 2}
