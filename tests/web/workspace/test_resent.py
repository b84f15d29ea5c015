"""A form that is sent twice adds its row once."""

from __future__ import annotations

from tests.web.people.cast import as_person, member
from vatra.web.cities.models import City
from vatra.web.workspace.actions import do_save_cells, do_undo_version
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.queries import head_of, sheet_of

ROW = {"sector": "industry", "carrier": "coal", "scope": "1", "year": "2021", "amount": "50",
       "unit": "MWh", "source": "meter"}  # fmt: skip


def count(city: City) -> int:
    head = head_of(city)
    assert head is not None
    return len(sheet_of(head, "energy").rows)


def test_a_double_click_adds_one_meeting(poiana: City) -> None:
    client, head = as_person(member("lia", poiana, "editor")), head_of(poiana)
    assert head is not None
    meeting = {"date": "2026-03-04", "kind": "hearing", "topic_ro": "Planul", "organiser": "sala"}
    form = {f"n0-{name}": text for name, text in meeting.items()} | {"base": str(head.number)}
    url = "/en/cities/poiana/work/contract/records/participation/"
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 302]
    after = head_of(poiana)
    assert after is not None and len(sheet_of(after, "participation").rows) == 1


def test_a_row_that_was_taken_back_can_be_added_again(poiana: City) -> None:
    lia, base = member("lia", poiana, "editor"), head_of(poiana)
    assert base is not None
    add = [CellChange("add", row=ROW), CellChange("add", row=ROW | {"amount": " 7"})]
    first = do_save_cells(city=poiana, table="energy", base=base, changes=add, actor=lia)
    assert count(poiana) == 5
    again = do_save_cells(city=poiana, table="energy", base=base, changes=add[:1], actor=lia)
    assert not again.is_new and count(poiana) == 5
    do_undo_version(version=first.version, actor=lia)
    do_save_cells(city=poiana, table="energy", base=base, changes=add[:1], actor=lia)
    assert count(poiana) == 4
