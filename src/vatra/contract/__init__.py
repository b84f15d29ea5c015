"""What a mayor signs: frozen, sealed, verified, rendered."""

from vatra.contract.arithmetic import PLAN_SECTIONS, balance_sums, path_sums, unexplained_sums
from vatra.contract.canonical import canonical, digest, pretty
from vatra.contract.document import document, finding_data
from vatra.contract.seal import FORMAT, seal, seal_value
from vatra.contract.totals import energy_by_use, plan_sums, totals
from vatra.contract.verify import Mismatch, verify

__all__ = [
    "FORMAT",
    "PLAN_SECTIONS",
    "Mismatch",
    "balance_sums",
    "canonical",
    "digest",
    "document",
    "energy_by_use",
    "finding_data",
    "path_sums",
    "plan_sums",
    "pretty",
    "seal",
    "seal_value",
    "totals",
    "unexplained_sums",
    "verify",
]
