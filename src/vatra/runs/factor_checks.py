"""A city's own factors held against the known ones: the gas they belong to, gross or net."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from vatra.factors import Factor, fuel_size, shipped
from vatra.tables import Finding
from vatra.tables.vocabulary import BIOGENIC

_MAIN, _TRACES = ("CO2", BIOGENIC), ("CH4", "N2O")
# Carbon dioxide of a fuel is hundreds of times its methane: a factor within these bounds of the
# other gas's belongs to that one.
_SAME = (0.5, 2.0)
# How near a factor must come to the known one times net over gross to be taken for a gross one.
# The 95 % intervals of the IPCC are about as wide, so this is a warning and no error.
_GROSS_NEARNESS = 0.01


def factor_findings(own: Iterable[Factor], file: str) -> list[Finding]:
    """Factors that look like those of another gas, or like gross ones used on net energy.

    Only carriers that the book has an IPCC default for can be told.
    """
    known = _defaults()
    findings = []
    for factor in own:
        of_carrier = known.get(factor.carrier, {})
        other = _other_gas(factor, of_carrier)
        if other:
            findings.append(_finding("factor-other-gas", "gas", factor, file, {"other": other}))
        elif not factor.note and _is_gross(factor, of_carrier):
            net = of_carrier[factor.gas] * 1000
            findings.append(_finding("factor-gross", "amount", factor, file, {"net": net}))
    return findings


def _defaults() -> dict[str, dict[str, float]]:
    """t/MWh by carrier and gas, the largest of the end uses."""
    found: dict[str, dict[str, float]] = {}
    for factor in shipped():
        if factor.set == "ipcc_2006":
            gases = found.setdefault(factor.carrier, {})
            gases[factor.gas] = max(gases.get(factor.gas, 0.0), factor.value_t_per_mwh)
    return found


def _other_gas(factor: Factor, known: Mapping[str, float]) -> str:
    value = factor.value_t_per_mwh
    others = _MAIN if factor.gas in _TRACES else _TRACES if factor.gas in _MAIN else ()
    if not value or factor.gas not in known:
        return ""
    if factor.gas in _MAIN:
        # Anything below half of what any fuel gives is no carbon dioxide.
        near = [gas for gas in others if gas in known and value <= _SAME[1] * known[gas]]
    else:
        near = [gas for gas in others if gas in known and value >= _SAME[0] * known[gas]]
    return near[0] if near else ""


def _is_gross(factor: Factor, known: Mapping[str, float]) -> bool:
    ratio = fuel_size(factor.carrier, "MWh GCV")
    if ratio is None or factor.gas not in _MAIN or factor.gas not in known:
        return False
    gross = known[factor.gas] * ratio
    return abs(factor.value_t_per_mwh / gross - 1) <= _GROSS_NEARNESS


def _finding(
    code: str, column: str, factor: Factor, file: str, params: Mapping[str, object]
) -> Finding:
    about = {
        "carrier": factor.carrier.replace("_", " "),
        "gas": factor.gas,
        "amount": factor.amount,
        "unit": factor.unit,
    }
    return Finding(
        f"runs.{code}",
        "error" if code == "factor-other-gas" else "warning",
        file,
        (factor.line,),
        column,
        about | dict(params),
    )
