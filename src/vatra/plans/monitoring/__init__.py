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
from vatra.plans.monitoring.versions import KINDS, Change, Versions
from vatra.plans.monitoring.why import Cause, Why, why

__all__ = [
    "KINDS",
    "METHODS",
    "MONTHS",
    "Cause",
    "Change",
    "Forecast",
    "Method",
    "Progress",
    "Report",
    "Slip",
    "Versions",
    "Why",
    "forecast",
    "forecast_adoption",
    "progress_findings",
    "read_progress",
    "slips",
    "why",
]
