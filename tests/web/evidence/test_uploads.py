"""A file comes in, shows its faults in place, is accepted or refused, replaced and undone."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.html import escape

from tests.web.evidence.conftest import FAULTY, GOOD, HEAD, handed, page
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.evidence.lineage import lineage_of
from vatra.web.evidence.models import Upload
from vatra.web.jobs.actions import do_begin_job
from vatra.web.jobs.models import Job
from vatra.web.people.models import User
from vatra.web.workspace.actions import do_save_files, do_undo_version
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, sheet_of
from vatra.words import LANGUAGES, say

pytestmark = pytest.mark.django_db


def energy(city: City) -> dict[str, tuple[str, str]]:
    """carrier -> (amount, origin) of the table as it stands."""
    head = head_of(city)
    assert head is not None
    found = sheet_of(head, "energy")
    return {
        row["carrier"]: (row["amount"], origin)
        for row, origin in zip(found.rows, found.origins, strict=True)
    }


def decide(client: Client, upload: Upload, what: str, **data: str) -> int:
    url = f"/en/cities/poiana/work/evidence/{upload.pk}/{what}/"
    return client.post(url, data).status_code


def test_a_file_in_our_layout_is_checked_at_once_and_compared(
    poiana: City, client_of_con: Client
) -> None:
    upload = handed(client_of_con, GOOD)
    assert (upload.state, upload.table, upload.row_count, upload.error_count) == (
        "ready", "energy", 3, 0,
    )  # fmt: skip
    # 1,000 MWh of gas stand there already; 500 of electricity differ; diesel of waste is new.
    assert {k: upload.against[k] for k in ("new", "same", "different", "removed")} == {
        "new": 1, "same": 1, "different": 1, "removed": 0,
    }  # fmt: skip
    text = page(client_of_con, upload)
    assert "<del>500</del>" in text
    assert "<ins>555</ins>" in text
    assert "An editor of the city accepts or refuses it" in text
    assert 'name="mode"' not in text
    # The list names the table in words, not by its key.
    listed = client_of_con.get("/ro/cities/poiana/work/evidence/").text
    assert "Energia consumată · 3 rânduri" in listed


def test_a_table_that_cannot_be_read_is_said_in_the_language_of_the_page(
    poiana: City, client_of_con: Client, ana: User
) -> None:
    broken = {"energy.csv": "sector;carrier;sursă\n".encode("windows-1250")}
    do_save_files(city=poiana, base=head_of(poiana), files=broken, kind="edit", note="", actor=ana)
    upload = handed(client_of_con, GOOD)
    why = upload.against["unreadable"]
    for lang, words in zip(LANGUAGES, ("Ce se află acum în", "What stands in"), strict=True):
        text = page(client_of_con, upload, lang=lang)
        assert f"{words} energy.csv" in text
        assert escape(say(why["code"], lang, **why["params"])) in text


def test_accepting_adds_what_is_new_and_changes_what_differs(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    upload = handed(client_of_con, GOOD)
    assert decide(client_of_con, upload, "accept") == 403
    assert decide(editor, upload, "accept", mode="add") == 302
    upload.refresh_from_db()
    assert upload.state == "accepted"
    assert upload.version == head_of(poiana)
    head = head_of(poiana)
    assert head is not None
    assert len(sheet_of(head, "energy").rows) == 4
    found = energy(poiana)
    assert found["electricity"] == ("555", f"upload-{upload.pk}:3")
    # What was the same keeps its own origin.
    assert found["natural_gas"] == ("1000", "")
    assert {each.verb for each in AuditEntry.objects.filter(noun="upload")} == {
        "receive", "accept",
    }  # fmt: skip
    # A second time nothing happens, and nobody is told that they may not.
    assert decide(editor, upload, "accept", mode="add") == 302
    assert decide(editor, upload, "reject", reason="prea târziu") == 422
    assert head_of(poiana) == head
    text = page(editor, upload)
    assert "2 rows of “Energy used” come from this file" in text


def test_replacing_the_whole_table_leaves_its_rows_only(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    upload = handed(client_of_con, GOOD)
    assert decide(editor, upload, "accept", mode="replace") == 302
    assert {origin for _, origin in energy(poiana).values()} == {
        f"upload-{upload.pk}:{line}" for line in (2, 3, 4)
    }


def test_a_corrected_file_takes_the_place_of_its_rows(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    first = handed(client_of_con, GOOD)
    decide(editor, first, "accept")
    fixed = HEAD + "buildings,electricity,2,2021,556,MWh,meter\n"
    url = f"/en/cities/poiana/work/evidence/{first.pk}/replace/"
    second = handed(client_of_con, fixed, "energy-2.csv", url)
    assert second.replaces == first
    assert (second.against["different"], second.against["removed"]) == (1, 1)
    decide(editor, second, "accept")
    first.refresh_from_db()
    found = energy(poiana)
    assert first.state == "replaced"
    assert found["electricity"] == ("556", f"upload-{second.pk}:2")
    # The diesel of waste came from the first file and is gone; what was typed stays.
    assert len(found) == 3
    assert found["diesel"] == ("200", "")
    assert "A later file took the place" in page(editor, first)
    assert f"/evidence/{first.pk}/" in page(editor, second)


def test_undoing_an_accepted_file_takes_its_rows_out(
    poiana: City, client_of_con: Client, editor: Client, ana: User, first: Version
) -> None:
    upload = handed(client_of_con, GOOD)
    decide(editor, upload, "accept")
    upload.refresh_from_db()
    assert upload.version is not None
    do_undo_version(version=upload.version, actor=ana)
    assert energy(poiana)["electricity"] == ("500", "")
    assert "None of its rows stands in the tables now" in page(editor, upload)


def test_faults_are_shown_in_their_cells_all_at_once(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    upload = handed(client_of_con, FAULTY)
    assert (upload.state, upload.row_count, upload.bad_row_count) == ("ready", 3, 2)
    assert decide(editor, upload, "accept") == 409
    text = page(client_of_con, upload, "rows/")
    for fault in ("1021", "abc", "barrels", "moon"):
        cell = text.split(f'<span class="cell-text">{fault}</span>')[0].rsplit("<td", 1)[1]
        assert "cell-error" in cell, fault
    assert 'id="line-2"' in text
    # The first column, which stays in sight on a phone, says where to look: nothing is wrong in
    # line 2; four cells of line 3 and the unknown sector of line 4 are.
    said = [each.partition("</th>")[0] for each in text.split('<th scope="row"')[1:]]
    assert ["row-error" in each for each in said] == [False, True, True]
    assert ["remark" in each for each in said] == [False, True, True]
    only = page(client_of_con, upload, "rows/?only=faults")
    assert 'id="line-2"' not in only
    assert 'id="line-3"' in only
    csv = client_of_con.get(f"/en/cities/poiana/work/evidence/{upload.pk}/findings.csv")
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "line,column,severity,code,line_count,message"
    assert sum(line.startswith(("3,", "4,")) for line in lines) >= 5


def test_rows_say_codes_in_words(poiana: City, client_of_con: Client) -> None:
    # Both rows are one and the same: what tells them is said in words too.
    row = "waste,diesel,1,2021,7,MWh,pumps\n"
    upload = handed(client_of_con, "sector,carrier,scope,year,amount,unit,source\n" + row + row)
    text = client_of_con.get(f"/ro/cities/poiana/work/evidence/{upload.pk}/rows/").content.decode()
    assert '<span class="cell-text" title="waste">Deșeuri</span>' in text
    assert '<span class="cell-text" title="diesel">motorină</span>' in text
    said = text.split('<span class="cell-message">')[1].split("<")[0]
    assert "Deșeuri, motorină" in said and "waste" not in said


def test_a_check_that_was_stopped_is_tried_again_until_it_is_overtaken(
    poiana: City, con: User, client_of_con: Client
) -> None:
    upload = handed(client_of_con, GOOD)
    job = do_begin_job(
        kind="evidence.check", city=poiana, actor=con,
        params={"upload": upload.pk, "round": upload.round},
    )  # fmt: skip
    again = f"/en/cities/poiana/work/jobs/{job.pk}/repeat/"
    Upload.objects.filter(pk=upload.pk).update(state="cancelled", mapped_sha="")
    Job.objects.filter(pk=job.pk).update(state="cancelled")
    assert client_of_con.post(again).status_code == 302
    upload.refresh_from_db()
    assert (upload.state, upload.row_count) == ("ready", 3)
    # It is checked: an older check that failed has nothing left to do.
    Job.objects.filter(pk=job.pk).update(state="failed")
    assert client_of_con.post(again).status_code == 409


def test_refusing_needs_a_reason_that_is_shown(
    poiana: City, client_of_con: Client, editor: Client
) -> None:
    upload = handed(client_of_con, GOOD)
    assert decide(editor, upload, "reject", reason="  ") == 422
    assert decide(client_of_con, upload, "reject", reason="no") == 403
    assert decide(editor, upload, "reject", reason="Wrong <b>year</b>") == 302
    text = page(client_of_con, upload)
    assert "Wrong &lt;b&gt;year&lt;/b&gt;" in text
    assert decide(editor, upload, "accept") == 409
    # It is decided: what was asked cannot be done, and the page says so.
    assert decide(editor, upload, "reject", reason="again") == 422


def test_a_row_leads_back_to_file_line_and_person(
    poiana: City, client_of_con: Client, editor: Client, con: User
) -> None:
    upload = handed(client_of_con, GOOD)
    decide(editor, upload, "accept")
    head = head_of(poiana)
    assert head is not None
    found = sheet_of(head, "energy")
    line = next(at for at, row in zip(found.lines, found.rows, strict=True) if row["amount"] == "7")
    told = lineage_of(poiana, "energy.csv", line)
    assert told is not None
    assert (told.upload, told.line, told.person) == (upload, 4, con)
    assert lineage_of(poiana, "energy.csv", 2) is None
    assert lineage_of(poiana, "nothing.csv", 2) is None


def test_the_file_comes_back_as_it_was_handed_in(poiana: City, client_of_con: Client) -> None:
    upload = handed(client_of_con, GOOD, "energie Iași 2021.csv")
    response = client_of_con.get(f"/en/cities/poiana/work/evidence/{upload.pk}/file/")
    assert b"".join(response.streaming_content) == GOOD.encode()  # type: ignore[attr-defined]
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_a_template_is_a_file_that_is_taken_as_it_is(poiana: City, client_of_con: Client) -> None:
    for lang in ("ro", "en"):
        url = f"/{lang}/cities/poiana/work/evidence/templates/energy.csv"
        heads = client_of_con.get(url).content.decode("utf-8-sig")
        rows = heads.splitlines()[0] + "\n"
        upload = handed(client_of_con, rows, f"{lang}.csv")
        assert upload.table == "energy"
        assert upload.state in ("ready", "failed")
    text = client_of_con.get("/ro/cities/poiana/work/evidence/templates/").content.decode()
    assert "parte din cheie" in text


def test_a_city_that_never_worked_here_begins_with_its_pack(
    cluj: City, editor: Client, poiana: City
) -> None:
    from tests.web.people.cast import as_person, member

    dan = as_person(member("dan", cluj, "contributor"))
    url = "/ro/cities/cluj-napoca/work/evidence/"
    upload = handed(dan, GOOD, url=url)
    assert upload.city == cluj
    assert head_of(cluj) is not None
    assert editor.get(f"{url}{upload.pk}/").status_code in (403, 404)
    # An upload of another city is not found under this one.
    assert editor.get(f"/ro/cities/poiana/work/evidence/{upload.pk}/").status_code == 404
