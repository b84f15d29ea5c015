"""What is wrong with rows or tables, said so that a person can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from vatra.words import Language, has, say

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
LINES_SHOWN = 10
_OWN_CODE = re.compile(r"@tables\.[a-z_]+-(?P<code>[a-z0-9_]+)")


@dataclass(frozen=True)
class Finding:
    """One fault, the rows that show it and what its message needs.

    ``code`` is stable (``tables.unit-unknown``) and is the key of its text; ``lines`` are line
    numbers of ``file`` (the first is 1), the first hundred at most, ``line_count`` how many there
    are; ``params`` fill the text.
    """

    code: str
    severity: Severity
    file: str = ""
    lines: tuple[int, ...] = ()
    column: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    line_count: int = 0

    def message(self, lang: Language) -> str:
        """The whole message: rows first, then the fault, then the next step."""
        text = say(self.code, lang, **self._texts(lang))
        if not self.lines:
            return text
        return f"{rows_words(self.lines, lang, self.line_count)}: {text}"

    def place(self) -> str:
        """File, line and column as a person points at them."""
        return ":".join(str(part) for part in (self.file, *self.lines[:1], self.column) if part)

    def _texts(self, lang: Language) -> dict[str, Any]:
        return {name: _said(value, lang) for name, value in self.params.items()}

    def as_dict(self, lang: Language) -> dict[str, Any]:
        """Plain data for JSON output, the message in ``lang``."""
        return {
            "code": self.code,
            "severity": self.severity,
            "file": self.file,
            "lines": list(self.lines),
            "line_count": self.line_count or len(self.lines),
            "column": self.column,
            "message": self.message(lang),
        }


def _said(value: Any, lang: Language) -> Any:
    """A parameter written ``@room.key`` is itself a text, said in the reader's language.

    A code that a city made up has no text: it stands as it is.
    """
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    if has(value[1:]):
        return say(value[1:], lang)
    own = _OWN_CODE.fullmatch(value)
    return own["code"] if own else value


def rows_words(lines: Iterable[int], lang: Language, line_count: int = 0) -> str:
    """``Row 8`` or ``Rows 8, 31 and 990 more``."""
    shown = list(lines)
    total = max(line_count, len(shown))
    listed = ", ".join(str(line) for line in shown[:LINES_SHOWN])
    if total > LINES_SHOWN:
        return say("tables.rows-more", lang, lines=listed, more=total - LINES_SHOWN)
    return say("tables.rows-one" if total == 1 else "tables.rows", lang, lines=listed)


def order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then by file, line and code: the same order on every machine."""
    return sorted(
        findings,
        key=lambda each: (
            SEVERITIES.index(each.severity),
            each.file,
            each.lines[:1],
            each.column,
            each.code,
            str(sorted(each.params.items(), key=lambda pair: pair[0])),
        ),
    )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding forbids going on."""
    return any(each.severity == "error" for each in findings)


class FindingsError(Exception):
    """Raised when a run cannot go on; carries all findings at once."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = order(findings)
        super().__init__("\n".join(each.message("en") for each in self.findings))
