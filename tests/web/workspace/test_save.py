"""Two people on one table: what each changes stays, what both change is told, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.workspace.conftest import ENERGY
from vatra.tables import tables
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.workspace.actions import (
    do_restore_version,
    do_save_cells,
    do_save_files,
    do_undo_version,
)
from vatra.web.workspace.changes import CellChange, Conflict, applied, difference
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import content_of, head_of, sheet_of, text_of
from vatra.web.workspace.sheet import sheet

TABLE = tables()["energy"]


def change(line: int, before: str, after: str, column: str = "amount") -> CellChange:
    return CellChange("change", line, column, before, after)


def amounts(city: City) -> list[str]:
    head = head_of(city)
    assert head is not None
    return [row["amount"] for row in sheet_of(head, "energy").rows]


def save(city: City, base: Version, actor: User, *changes: CellChange) -> Version:
    return do_save_cells(city=city, table="energy", base=base, changes=changes, actor=actor).version


def test_one_cell_changes_and_every_other_byte_stays(
    poiana: City, first: Version, ana: User
) -> None:
    made = save(poiana, first, ana, change(2, "1000", "1100"))
    assert content_of(made, "energy.csv").decode() == ENERGY.replace("1000", "1100")
    assert (made.number, made.parent_id, made.author) == (2, first.pk, ana)
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.name, entry.city) == ("save", "poiana/2", "poiana")


def test_two_who_change_different_cells_of_a_row_both_win(
    poiana: City, first: Version, ana: User, ion: User
) -> None:
    save(poiana, first, ana, change(2, "1000", "1100"))
    saved = do_save_cells(
        city=poiana, table="energy", base=first, actor=ion,
        changes=[change(2, "meter", "bill", "source")],
    )  # fmt: skip
    assert saved.merged
    row = sheet_of(saved.version, "energy").rows[0]
    assert (row["amount"], row["source"]) == ("1100", "bill")


def test_two_who_change_one_cell_are_told(
    poiana: City, first: Version, ana: User, ion: User
) -> None:
    save(poiana, first, ana, change(2, "1000", "1100"))
    with pytest.raises(Conflict) as told:
        save(poiana, first, ion, change(2, "1000", "1200"), change(3, "500", "550"))
    clash = told.value.clashes[0]
    assert (clash.base, clash.theirs, clash.mine) == ("1000", "1100", "1200")
    # Nothing of the second was written, not even the cell that nobody else touched.
    assert amounts(poiana) == ["1100", "500", "200"]


def test_the_same_change_twice_is_one(poiana: City, first: Version, ana: User, ion: User) -> None:
    made = save(poiana, first, ana, change(2, "1000", "1100"))
    assert save(poiana, first, ion, change(2, "1000", "1100")) == made


def test_rows_are_found_again_after_others_removed_and_added_some(
    poiana: City, first: Version, ana: User, ion: User
) -> None:
    row = {"sector": "waste", "carrier": "diesel", "year": "2021", "amount": "7", "unit": "MWh"}
    save(poiana, first, ana, CellChange("remove", 2), CellChange("add", row=row))
    made = save(poiana, first, ion, change(4, "200", "250"))
    assert [each["amount"] for each in sheet_of(made, "energy").rows] == ["500", "250", "7"]


def test_a_row_that_another_changed_is_not_removed_in_silence(
    poiana: City, first: Version, ana: User, ion: User
) -> None:
    save(poiana, first, ana, change(2, "1000", "1100"))
    with pytest.raises(Conflict):
        save(poiana, first, ion, CellChange("remove", 2))
    save(poiana, first, ion, CellChange("remove", 3))
    with pytest.raises(Conflict):
        save(poiana, first, ana, change(3, "500", "600"))


def test_a_version_is_undone_and_later_ones_stay(
    poiana: City, first: Version, ana: User, ion: User
) -> None:
    second = save(poiana, first, ana, change(2, "1000", "1100"))
    save(poiana, second, ion, change(3, "500", "600"))
    undone = do_undo_version(version=second, actor=ana).version
    assert (undone.kind, undone.note) == ("undo", "2")
    assert amounts(poiana) == ["1000", "600", "200"]
    do_undo_version(version=undone, actor=ion)
    assert amounts(poiana) == ["1100", "600", "200"]


def test_a_removed_row_comes_back(poiana: City, first: Version, ana: User) -> None:
    gone = save(poiana, first, ana, CellChange("remove", 4))
    assert amounts(poiana) == ["1000", "500"]
    back = do_undo_version(version=gone, actor=ana).version
    assert back.manifest == first.manifest


def test_undo_of_what_was_changed_again_is_told(poiana: City, first: Version, ana: User) -> None:
    second = save(poiana, first, ana, change(2, "1000", "1100"))
    save(poiana, second, ana, change(2, "1100", "1200"))
    with pytest.raises(Conflict):
        do_undo_version(version=second, actor=ana)


def test_an_earlier_state_is_restored(poiana: City, first: Version, ana: User) -> None:
    second = save(poiana, first, ana, change(2, "1000", "1100"))
    save(poiana, second, ana, CellChange("remove", 3))
    assert do_restore_version(version=first, actor=ana).version.manifest == first.manifest


def test_a_file_that_others_changed_meanwhile_is_merged(
    poiana: City, first: Version, ana: User, ion: User
) -> None:
    save(poiana, first, ana, change(2, "1000", "1100"))
    mine = ENERGY.replace("200,MWh", "250,MWh") + "waste,diesel,1,2021,7,MWh,count\n"
    do_save_files(
        city=poiana, base=first, files={"energy.csv": mine.encode()}, kind="import", actor=ion,
        origins={"energy.csv": ["", "", "", "upload-1:2"]},
    )  # fmt: skip
    assert amounts(poiana) == ["1100", "500", "250", "7"]
    head = head_of(poiana)
    assert head is not None
    assert sheet_of(head, "energy").origins == ("", "", "", "upload-1:2")
    # Origins stay with their rows.
    save(poiana, head, ana, CellChange("remove", 3))
    later = head_of(poiana)
    assert later is not None
    assert sheet_of(later, "energy").origins == ("", "", "upload-1:2")


def test_texts_are_merged_by_line(poiana: City, first: Version, ana: User, ion: User) -> None:
    base = "## goal\n\nOne.\n\n## people\n\nTwo.\n"

    def put(text: str, version: Version, who: User) -> Version:
        return do_save_files(
            city=poiana, base=version, files={"narrative.ro.md": text.encode()}, kind="text",
            actor=who,
        ).version  # fmt: skip

    second = put(base, first, ana)
    put(base.replace("One.", "One, by Ana."), second, ana)
    last = put(base.replace("Two.", "Two, by Ion."), second, ion)
    assert text_of(last, "narrative.ro.md") == (
        "## goal\n\nOne, by Ana.\n\n## people\n\nTwo, by Ion.\n"
    )
    with pytest.raises(Conflict):
        put(base.replace("One.", "One, by Ion."), second, ion)


def test_who_may_not_edit_writes_nothing(poiana: City, first: Version) -> None:
    from tests.web.people.cast import member

    viewer = member("vera", poiana, "viewer")
    with pytest.raises(Refused):
        save(poiana, first, viewer, change(2, "1000", "1100"))
    assert head_of(poiana) == first


CELLS = st.sampled_from(["", "1", "2", "a b", 'quo"te', "co,mma", "ș"])
ROWS = st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6)


def written(rows: list[tuple[str, str, str]]) -> bytes:
    cells = [
        ",".join('"' + cell.replace('"', '""') + '"' for cell in (f"s{n}", *row))
        for n, row in enumerate(rows)
    ]
    return "\n".join(["sector,carrier,amount,source", *cells, ""]).encode()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS, ROWS)
def test_the_difference_leads_from_one_state_to_the_other(
    before: list[tuple[str, str, str]], after: list[tuple[str, str, str]]
) -> None:
    old, new = (sheet(written(rows), TABLE, "energy.csv") for rows in (before, after))
    found, _ = applied(old, old, {line: line for line in old.lines}, difference(old, new))
    assert sorted(map(str, found.rows)) == sorted(map(str, new.rows))
