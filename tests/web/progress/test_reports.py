"""The report of a year: frozen once, public, sealed, another edition for another state."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person
from tests.web.progress.test_work import REPORT
from vatra.contract import pretty, seal
from vatra.runs.monitor_frozen import FORMAT, altered_parts
from vatra.runs.monitor_frozen_tables import frozen_outline
from vatra.runs.monitor_pdf import outline_pdf
from vatra.web.base.models import AuditEntry
from vatra.web.base.moments import day_words
from vatra.web.cities.models import City
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.progress import reports
from vatra.web.progress.actions import do_freeze_year
from vatra.web.progress.models import FrozenReport
from vatra.web.workspace.actions import do_save_cells
from vatra.web.workspace.changes import CellChange
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, sheet_of


def head(city: City) -> Version:
    found = head_of(city)
    assert found is not None
    return found


@pytest.fixture
def frozen(kept: City, ana: User) -> FrozenReport:
    """The first edition for 2027."""
    return do_freeze_year(city=kept, version=head(kept), year=2027, actor=ana)


def page(city: City, edition: int = 1, rest: str = "", lang: str = "en") -> str:
    return f"/{lang}/cities/{city.slug}/progress/reports/2027/{edition}/{rest}"


@pytest.mark.slow
def test_a_frozen_report_is_public_sealed_and_in_every_form(
    kept: City, frozen: FrozenReport
) -> None:
    text = read(Client().get(page(kept))).text
    assert "The report is as it was sealed" in text
    assert frozen.seal in text
    # One measure was reported: the page says what the report found, not only that it is whole.
    assert "What it says" in text and "the end of 2027" in text
    response = Client().get(page(kept, rest="report.json"))
    document = json.loads(b"".join(response.streaming_content))
    assert altered_parts(document) == []
    assert document["seal"]["value"] == frozen.seal
    assert document["report"] == {"year": 2027, "number": 1, "replaces": ""}
    for form, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
        content = b"".join(Client().get(page(kept, rest=f"report.{form}")).streaming_content)
        assert content.startswith(start)
    assert AuditEntry.objects.get(verb="freeze").detail == frozen.seal
    assert page(kept) in read(Client().get(f"/en/cities/{kept.slug}/progress/")).links()


@pytest.mark.slow
def test_the_same_state_is_not_frozen_twice(kept: City, ana: User, frozen: FrozenReport) -> None:
    with pytest.raises(Refused, match="Nothing changed"):
        do_freeze_year(city=kept, version=head(kept), year=2027, actor=ana)
    assert FrozenReport.objects.count() == 1


def test_who_freezes_while_another_does_is_told_so(
    kept: City, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody is quicker between the look at the last edition and the row of the next one."""

    def quick(folder: Path, document: dict[str, Any]) -> None:
        reports._write(folder / reports.JSON_NAME, pretty(dict(document)))

    def overtaken(folder: Path, document: dict[str, Any]) -> None:
        monkeypatch.setattr(reports, "_fill", quick)
        do_freeze_year(city=kept, version=head(kept), year=2027, actor=ana)
        quick(folder, document)

    monkeypatch.setattr(reports, "_fill", overtaken)
    with pytest.raises(Refused, match="Nothing changed"):
        do_freeze_year(city=kept, version=head(kept), year=2027, actor=ana)
    made = FrozenReport.objects.get()
    folder = reports.folder_of(kept.slug, 2027, 1)
    assert reports._seal_in(folder) == made.seal
    assert [each.name for each in folder.parent.iterdir()] == ["1"]
    assert AuditEntry.objects.filter(verb="freeze").count() == 1


def test_what_is_put_aside_twice_is_kept_twice() -> None:
    """Two interrupted freezes of one state, others between them: no folder is written over."""
    left = reports.folder_of("sat", 2027, 1)
    for at in range(3):
        left.mkdir(parents=True)
        (left / reports.JSON_NAME).write_text('{"seal": {"value": "abc"}}', "utf-8")
        fresh = left.with_name(f"fresh{at}")
        fresh.mkdir()
        reports.Prepared(fresh, left, f"seal {at}").settle()
        shutil.rmtree(left)
    names = sorted(each.name for each in left.parent.iterdir())
    assert names == ["1.abc.2.left", "1.abc.3.left", "1.abc.left"]


@pytest.mark.slow
def test_a_later_state_is_another_edition_and_becomes_public(
    kept: City, ana: User, frozen: FrozenReport
) -> None:
    client = as_person(ana)
    client.post(f"/ro/cities/{kept.slug}/work/progress/measures/B2/", REPORT)
    public = f"/en/cities/{kept.slug}/progress/"
    # What is only saved is not public yet.
    assert "EUR 1.5 m" in read(Client().get(public)).text
    sent = {"base": "2"}
    response = client.post(f"/en/cities/{kept.slug}/work/progress/reports/", sent)
    assert response["Location"] == page(kept, 2)
    second = FrozenReport.objects.get(edition=2)
    document = reports.read_report(kept, 2027, 2)
    assert document is not None
    assert document["report"]["replaces"] == frozen.seal
    assert second.seal != frozen.seal
    assert "A later edition replaces this one" in read(Client().get(page(kept))).text
    assert "Figures of the report for 2027" in read(Client().get(public)).text


@pytest.mark.slow
def test_an_altered_file_is_found_out(kept: City, frozen: FrozenReport) -> None:
    path = reports.file_of(kept, 2027, 1, "json", "en")
    assert path.stat().st_mode & 0o222 == 0
    document = json.loads(path.read_bytes())
    document["spending"]["last_year"] = 2026
    os.chmod(path, 0o640)
    path.write_text(json.dumps(document), "utf-8")
    text = read(Client().get(page(kept))).text
    assert "no longer as it was sealed" in text
    assert "spending" in text
    assert "What it says" not in text


@pytest.mark.slow
def test_files_that_are_gone_are_said_to_be(kept: City, frozen: FrozenReport) -> None:
    reports.file_of(kept, 2027, 1, "pdf", "en").unlink()
    assert Client().get(page(kept, rest="report.pdf")).status_code == 404
    assert Client().get(page(kept, 7)).status_code == 404


@pytest.mark.slow
def test_nothing_half_is_left_when_writing_fails(
    kept: City, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*parts: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(reports, "_write", full)
        with pytest.raises(OSError, match="No space"):
            do_freeze_year(city=kept, version=head(kept), year=2027, actor=ana)
    assert not FrozenReport.objects.exists()
    assert not AuditEntry.objects.filter(verb="freeze").exists()
    left = [each for each in (settings.DATA / "reports").rglob("*") if each.is_file()]
    assert left == []
    do_freeze_year(city=kept, version=head(kept), year=2027, actor=ana)


@pytest.mark.slow
def test_what_an_interrupted_freeze_left_is_put_aside(
    kept: City, ana: User, frozen: FrozenReport
) -> None:
    FrozenReport.objects.all().delete()
    as_person(ana).post(f"/ro/cities/{kept.slug}/work/progress/measures/B2/", REPORT)
    made = do_freeze_year(city=kept, version=head(kept), year=2027, actor=ana)
    assert made.edition == 1
    folder = reports.folder_of(kept.slug, 2027, 1)
    assert reports._seal_in(folder) == made.seal
    assert [each.name for each in folder.parent.glob("*.left")] == [f"1.{frozen.seal[:12]}.left"]


def test_who_may_not_edit_freezes_nothing(kept: City, ion: User) -> None:
    with pytest.raises(Refused):
        do_freeze_year(city=kept, version=head(kept), year=2027, actor=ion)
    url = f"/en/cities/{kept.slug}/work/progress/reports/"
    assert as_person(ion).post(url, {"base": "1"}).status_code == 403
    assert as_person(ion).get(url).status_code == 200


def test_another_year_than_was_reported_is_refused(kept: City, ana: User) -> None:
    with pytest.raises(Refused, match="is 2027, not 2026"):
        do_freeze_year(city=kept, version=head(kept), year=2026, actor=ana)


@pytest.mark.parametrize("slug", ["../x", "a/b", ""])
def test_a_folder_outside_is_never_named(slug: str) -> None:
    with pytest.raises(ValueError, match="no part of an address"):
        reports.folder_of(slug, 2027, 1)


def test_a_plan_that_nobody_approved_is_not_frozen(kept: City, ana: User) -> None:
    actions = sheet_of(head(kept), "actions")
    change = CellChange("change", actions.lines[0], "note", actions.rows[0].get("note", ""), "new")
    do_save_cells(city=kept, table="actions", base=head(kept), changes=[change], actor=ana)
    with pytest.raises(Refused, match="actions.csv"):
        do_freeze_year(city=kept, version=head(kept), year=2027, actor=ana)


def hand_in(content: bytes) -> str:
    file = SimpleUploadedFile("report.json", content)
    return read(Client().post("/en/verify/", {"file": file, "text": ""})).text


def sealed(city: City) -> bytes:
    return reports.file_of(city, 2027, 1, "json", "en").read_bytes()


@pytest.mark.slow
def test_a_report_that_is_handed_in_says_whose_it_is(kept: City, frozen: FrozenReport) -> None:
    day = day_words(frozen.made_at, "en")
    said = hand_in(sealed(kept))
    assert f"progress report of {kept.name} for 2027, edition 1, frozen on {day}" in said
    # Written otherwise, the same content is the same report; pasted too.
    again = json.dumps(json.loads(sealed(kept)), indent=4)
    assert "and it is whole" in read(Client().post("/en/verify/", {"text": again})).text
    typed = Client().post("/en/verify/", {"text": f" {frozen.seal.upper()} "}, follow=True)
    assert "The report is as it was sealed" in read(typed).text


@pytest.mark.slow
def test_the_pdf_of_a_report_is_verified_too(kept: City, frozen: FrozenReport) -> None:
    paths = {lang: reports.file_of(kept, 2027, 1, "pdf", lang) for lang in ("en", "ro")}
    content = {lang: path.read_bytes() for lang, path in paths.items()}
    whose = f"Progress report of {kept.name} for 2027, edition 1, frozen on"
    for each in content.values():
        said = hand_in(each)
        assert "This PDF is the very file that was sealed" in said and whose in said
    # Neither does a sealed one hold whose data were changed on the disk.
    data = reports.file_of(kept, 2027, 1, "json", "en")
    os.chmod(data, 0o640)
    data.write_bytes(data.read_bytes().replace(b"2027", b"2028", 1))
    response = Client().post("/en/verify/", {"file": SimpleUploadedFile("r.pdf", content["en"])})
    assert "no longer fits its seal" in read(response).text
    assert not response.context["pdf"].holds
    City.objects.filter(pk=kept.pk).update(is_listed=False)
    assert "a seal under which nothing was published here" in hand_in(content["en"])


@pytest.mark.slow
def test_an_altered_pdf_of_a_report_is_found_out(kept: City, frozen: FrozenReport) -> None:
    """Its words are told, page by page, from those of the language it is nearest to."""
    document = dict(reports.read_report(kept, 2027, 1) or {})
    document["city"] = document["city"] | {"name": "Satul Mare"}
    said = hand_in(outline_pdf(frozen_outline(document, "en")))
    assert "This PDF is not the file that was sealed" in said and "very file" not in said
    assert f"Progress report of {kept.name} for 2027, edition 1" in said and "Satul" in said


@pytest.mark.slow
def test_an_altered_copy_of_a_report_is_found_out(kept: City, frozen: FrozenReport) -> None:
    document = json.loads(sealed(kept))
    before = document["spending"]["last_year"]
    document["spending"]["last_year"] = before - 1
    said = hand_in(json.dumps(document).encode())
    assert "This is not the report as it was sealed" in said and "spending" in said
    assert "spending.last_year" in said and str(before) in said and str(before - 1) in said
    # Who also computes the seal again has a report that was never frozen here.
    body = {key: each for key, each in document.items() if key not in ("seal", "digests", "format")}
    forged = seal(body, FORMAT)
    assert altered_parts(forged) == []
    said = hand_in(json.dumps(forged).encode())
    assert "No report with this seal was frozen here" in said and "spending.last_year" in said


@pytest.mark.slow
def test_anything_may_be_handed_in_as_a_report(kept: City, frozen: FrozenReport) -> None:
    for changed in (
        {"format": "vatra-progress-report/9"},
        {"city": 3, "report": [], "seal": None},
        {"city": {"code": "x" * 500}, "report": {"year": 10**30, "number": True}},
        {"seal": {"value": "<script>"}},
    ):
        content = json.dumps(json.loads(sealed(kept)) | changed).encode()
        said = hand_in(content)
        assert "and it is whole" not in said
    City.objects.filter(pk=kept.pk).update(is_listed=False)
    assert "No report with this seal" in hand_in(sealed(kept))
    assert Client().get(f"/en/verify/{frozen.seal}/").status_code == 404
