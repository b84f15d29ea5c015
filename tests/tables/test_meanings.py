"""Every column of every table says in one sentence what belongs into it, in both languages."""

from __future__ import annotations

import pytest

from vatra.tables import tables
from vatra.words import LANGUAGES, texts

PREFIX = "tables.means-"
LONGEST = 150


@pytest.mark.parametrize("name", sorted(tables()))
def test_every_column_is_explained(name: str) -> None:
    table = tables()[name]
    for column in table.columns:
        for lang in LANGUAGES:
            words = table.meaning(column, lang)
            assert words.endswith("."), (column.name, words)
            assert words[0].isupper()
            assert len(words) <= LONGEST, (column.name, words)


def test_no_explanation_is_left_over() -> None:
    shared = {column.name for table in tables().values() for column in table.columns}
    own = {f"{name}-{column.name}" for name, table in tables().items() for column in table.columns}
    told = {key.removeprefix(PREFIX) for key in texts() if key.startswith(PREFIX)}
    assert told <= shared | own
    # One that every table overrides is read by nobody.
    for name in told & shared:
        having = [each for each in tables().values() if name in each.by_name]
        assert any(f"{each.name}-{name}" not in told for each in having), name


def test_a_table_may_say_its_own() -> None:
    energy, waste = tables()["energy"], tables()["solid_waste"]
    assert "MWh" in energy.meaning(energy.by_name["unit"], "en")
    assert energy.meaning(energy.by_name["unit"], "en") != waste.meaning(
        waste.by_name["unit"], "en"
    )
