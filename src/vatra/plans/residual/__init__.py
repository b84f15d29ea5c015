"""What is left in the target year, and why."""

from vatra.plans.residual.ledger import (
    UNDECLARED,
    Declared,
    ResidualLedger,
    ResidualLine,
    read_residuals,
    residual_findings,
    residual_ledger,
)
from vatra.tables.residuals import CAUSES

__all__ = [
    "CAUSES",
    "UNDECLARED",
    "Declared",
    "ResidualLedger",
    "ResidualLine",
    "read_residuals",
    "residual_findings",
    "residual_ledger",
]
