"""Monitoring: what was done so far moves what is expected of the target year."""

from vatra.plans.monitoring.forecast import (
    METHODS,
    Forecast,
    Method,
    forecast,
    forecast_adoption,
)
from vatra.plans.monitoring.progress import (
    Progress,
    Report,
    progress_findings,
    read_progress,
)
from vatra.plans.monitoring.slip import MONTHS, Slip, slips

__all__ = [
    "METHODS",
    "MONTHS",
    "Forecast",
    "Method",
    "Progress",
    "Report",
    "Slip",
    "forecast",
    "forecast_adoption",
    "progress_findings",
    "read_progress",
    "slips",
]
