"""Who did it: what each action, driver or change contributes to a figure, adding up exactly."""

from vatra.plans.attribution.groups import GROUPS_MAX, AttributedChange, attribute_change

__all__ = ["GROUPS_MAX", "AttributedChange", "attribute_change"]
