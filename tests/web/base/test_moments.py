"""Days and moments are written one way; whatever else writes them is found here."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

from vatra.web.base.moments import clock_words, day_words, moment_words

WEB = Path(__file__).parents[3] / "src" / "vatra" / "web"
# Babel's and Django's own ways to write a moment for people; machines read isoformat.
OLD = re.compile(
    r"babel\.dates|django\.utils\.(?:dateformat|formats)|date_format\(|%d[./ ]%[mB]|%H:%M\b(?!:%S)"
)
FILTERS = re.compile(r"\|\s*(?:date|time|naturaltime|timesince)\b|\{\{[^}]*\.(?:at|\w+_at)\s*\}\}")
# They read days that somebody typed, with points as Romanians write them.
READ = {"drafting/records.py", "people/forms.py", "progress/typed.py"}
ALLOWED = {"base/moments.py", *READ}


def files(pattern: str) -> dict[str, str]:
    found = (each for each in WEB.rglob(pattern) if "static" not in each.parts)
    return {each.relative_to(WEB).as_posix(): each.read_text("utf-8") for each in found}


def test_a_moment_counts_by_the_clock_of_the_installation() -> None:
    # Two hours behind the clock of Bucharest in winter, three in summer.
    late = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
    assert moment_words(late, "ro") == "23 noiembrie 2026, 00:30"
    assert moment_words(late, "en") == "November 23, 2026, 00:30"
    assert day_words(late, "ro") == "23 noiembrie 2026"
    assert moment_words(datetime(2026, 7, 1, 9, tzinfo=UTC), "en") == "July 1, 2026, 12:00"
    assert day_words(date(2026, 11, 22), "en") == "November 22, 2026"
    assert (clock_words("ro"), clock_words("en")) == (
        "Orele sunt cele din București.",
        "Times of day are those of Bucharest.",
    )


def test_no_code_writes_a_moment_in_a_way_of_its_own() -> None:
    code = files("*.py")
    assert len(code) > 200 and OLD.search(code["base/moments.py"])
    own = [name for name, text in code.items() if OLD.search(text) and name not in ALLOWED]
    assert not own, f"use vatra.web.base.moments in {', '.join(own)}"


def test_no_template_writes_a_moment_in_a_way_of_its_own() -> None:
    templates = files("*.html") | files("*.txt")
    assert len(templates) > 100
    own = [name for name, text in templates.items() if FILTERS.search(text)]
    assert not own, f"use {{% day %}} or {{% moment %}} in {', '.join(own)}"
