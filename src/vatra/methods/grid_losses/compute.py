"""Rows of network_losses -> emissions of the energy lost."""

from vatra.factors.carriers import CarrierFactors
from vatra.methods.base import Emissions, Inputs, Results
from vatra.methods.grid_losses.formulas import loss_mwh

TABLE = "network_losses"


def emissions(inputs: Inputs) -> Emissions:
    """Emissions of the energy that each network lost."""
    results = Results(inputs, TABLE)
    factors = CarrierFactors(inputs.book, inputs.parameters)
    lost: list[int] = []
    for row in inputs.rows(TABLE):
        gases = factors.of(row["network"], row["year"], row["line"])
        if row["loss_percent"] >= 100:
            lost.append(row["line"])
            continue
        energy_mwh = loss_mwh(row["delivered_mwh"], row["loss_percent"] / 100)
        for gas in gases:
            results.add(
                row,
                category=f"{row['sub_sector']}.3",
                stream=row["network"],
                gas=gas.gas,
                emission_t=energy_mwh * gas.t_per_mwh,
                activity=energy_mwh,
                activity_unit="MWh",
                used=(gas.used,),
            )
    if lost:
        results.finding("methods.losses-all", lost, "loss_percent")
    for lines, carrier, year in factors.missing():
        results.finding(
            "methods.carrier-without-factor", lines, "carrier", carrier=carrier, year=year
        )
    return results.finish()
