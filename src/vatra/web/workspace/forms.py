"""What a form of the work pages holds, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from vatra.tables import FindingsError, fold
from vatra.words import Language

FIELDS = ("name", "code", "base_year", "target_year", "target_cut_percent", "source")
_YEARS = ("base_year", "target_year")


@dataclass(frozen=True)
class CityForm:
    """A new city as it was typed; ``faults`` by field, in the reader's language."""

    values: Mapping[str, str] = field(default_factory=dict)
    synthetic: bool = False
    faults: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, sent: QueryDict) -> CityForm:
        """What was sent; a city without a code is called as its name says."""
        values = {name: sent.get(name, "").replace("\0", "").strip()[:300] for name in FIELDS}
        values["code"] = values["code"] or fold(values["name"]).replace("_", "-")
        return cls(values, bool(sent.get("synthetic")))

    def content(self) -> dict[str, object]:
        """Keys of ``city.yaml``; years as numbers where they are some."""
        found: dict[str, object] = dict(self.values)
        for name in _YEARS:
            if self.values[name].isdecimal() and len(self.values[name]) < 9:
                found[name] = int(self.values[name])
        return found | {"synthetic": self.synthetic}

    def with_faults(self, problem: FindingsError, lang: Language) -> CityForm:
        """The same form with what was found, each at its field; the rest at the name."""
        faults: dict[str, str] = {}
        for each in problem.findings:
            names = each.params.get("keys") or [each.column]
            for name in names:
                faults.setdefault(name if name in FIELDS else "name", each.message(lang))
        return CityForm(self.values, self.synthetic, faults)
