"""Fields of a page's forms: which have no label, and which no explanation."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

# What is pressed, or never seen.
SILENT = ("hidden", "submit", "button", "reset", "image")


@dataclass
class Field:
    """A field as it stands: its attributes, and whether a label is around it."""

    attrs: dict[str, str]
    in_label: bool

    @property
    def name(self) -> str:
        return self.attrs.get("name") or self.attrs.get("id", "?")


class Fields(HTMLParser):
    """All fields within ``main``, with what explains them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[Field] = []
        self.ids: set[str] = set()
        self.labelled: set[str] = set()
        self._labels = 0
        self._is_main = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.add(given["id"])
        if tag == "main":
            self._is_main = True
        elif tag == "label":
            self._labels += 1
            self.labelled.add(given.get("for", ""))
        elif self._is_field(tag, given):
            self.fields.append(Field(given, self._labels > 0))

    def _is_field(self, tag: str, given: dict[str, str]) -> bool:
        is_one = tag in ("input", "select", "textarea") and given.get("type") not in SILENT
        return is_one and self._is_main and "hidden" not in given

    def handle_endtag(self, tag: str) -> None:
        if tag == "main":
            self._is_main = False
        elif tag == "label":
            self._labels -= 1

    def without_label(self) -> list[str]:
        """Names of fields that nothing names."""
        return [
            each.name
            for each in self.fields
            if not (
                each.in_label
                or each.attrs.get("id", "-") in self.labelled
                or each.attrs.get("aria-label")
                or set(each.attrs.get("aria-labelledby", "").split()) & self.ids
            )
        ]

    def without_explanation(self) -> list[str]:
        """Names of fields that nothing explains; a box to tick is explained by its label."""
        return [
            each.name
            for each in self.fields
            if each.attrs.get("type") not in ("checkbox", "radio")
            and not set(each.attrs.get("aria-describedby", "").split()) & self.ids
        ]
