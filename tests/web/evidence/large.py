"""A table of many rows, as a supplier's system writes it."""

from __future__ import annotations

from pathlib import Path

CARRIERS = ("natural_gas", "electricity", "diesel", "petrol", "lpg")


def write_large(file: Path, rows: int) -> None:
    """Rows of energy, each with a key of its own."""
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write("year,sector,carrier,scope,item,amount,unit,source\n")
        for at in range(rows):
            carrier = CARRIERS[at % len(CARRIERS)]
            out.write(
                f"2021,buildings,{carrier},1,Strada {at // 100} nr. {at % 100} bloc {at},"
                f"{at % 9000}.{at % 100:02d},MWh,facturi 2021\n"
            )
