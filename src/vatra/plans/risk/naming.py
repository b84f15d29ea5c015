"""What people call a doubted number."""

from __future__ import annotations

from vatra.plans.engine import Model
from vatra.plans.risk.error import ROOM
from vatra.plans.risk.quantities import SCALES, Quantity
from vatra.tables import label
from vatra.words import Language, has, say


def quantity_name(quantity: Quantity, model: Model, horizon_year: int, lang: Language) -> str:
    """Name of a doubted number: its action or its cells, and what of them is doubted."""
    kind = quantity.kind
    if kind in SCALES:
        what = say(f"{ROOM}.kind-{kind}", lang, year=str(horizon_year))
        return f"{_cells_name(quantity, lang)}: {what}"
    action = model.actions[model.codes[quantity.of]]
    delivered = quantity.is_multiple and kind in ("strength", "amount")
    what = say(f"{ROOM}.kind-{'delivered' if delivered else kind}", lang)
    return f"{action.code} {action.name(lang)}: {what}"


def _cells_name(quantity: Quantity, lang: Language) -> str:
    """Sector and carrier of a scale, or one of them."""
    if quantity.kind == "activity_path":
        return label("sector", quantity.of, lang)
    if quantity.kind != "activity":
        return label("carrier", quantity.of, lang)
    sector, _, carrier = quantity.of.partition("/")
    of_carrier = has(f"tables.carrier-{carrier}")
    other = label("carrier", carrier, lang) if of_carrier else _table_name(carrier, lang)
    return f"{label('sector', sector, lang)}, {other}"


def _table_name(table: str, lang: Language) -> str:
    """Name of the table that a stream comes from."""
    return say(f"tables.{table}", lang) if has(f"tables.{table}") else table.replace("_", " ")
