"""What a form of the work pages holds, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from vatra.tables import Finding, FindingsError, fold
from vatra.words import Language, say

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
            for name in names if each.severity == "error" else ():
                faults.setdefault(name if name in FIELDS else "name", _words(each, name, lang))
        if not self.values["code"] and "name" in faults:
            # Nobody need fill it in: it comes from the name.
            faults.pop("code", None)
        return CityForm(self.values, self.synthetic, faults)


def _words(found: Finding, name: str, lang: Language) -> str:
    """What is wrong in a field: people see its name, not the key and the row of a file."""
    if name not in FIELDS:
        return found.message(lang)
    if "keys" in found.params:
        return say("web.workspace.field-blank", lang)
    label = say(f"web.workspace.field-{name}", lang)
    words = say(found.code, lang, **{**found.params, "key": label})
    return words[:1].upper() + words[1:]
