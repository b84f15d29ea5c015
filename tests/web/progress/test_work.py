"""The forms by which people say what came of the plan, and what that does to the target year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.people.holding import today
from vatra.web.people.models import User
from vatra.web.progress import queries
from vatra.web.progress.queries import outlook_of_version
from vatra.web.progress.typed import day_of, number_of, read_text, shown_text
from vatra.web.workspace import packs
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import head_of, sheet_of

REPORT = {
    "base": "1",
    "year": "2027",
    "status": "started",
    "adoption_percent": "4,5",
    "spent_eur": "1.500.000,50",
    "committed_eur": "",
    "source": "raportul direcției",
    "note": "",
}


def at(city: City, rest: str = "", lang: str = "ro") -> str:
    return f"/{lang}/cities/{city.slug}/work/progress/{rest}"


def rows(city: City, table: str = "progress") -> list[dict[str, str]]:
    head = head_of(city)
    assert head is not None
    return [dict(each) for each in sheet_of(head, table).rows]


@pytest.mark.slow
def test_a_report_changes_its_row_and_says_what_it_does_to_the_target(
    kept: City, ana: User
) -> None:
    client = as_person(ana)
    response = client.post(at(kept, "measures/B2/"), REPORT)
    assert response.status_code == 302
    assert response["Location"].endswith("?since=1&done=saved#said")
    changed = [each for each in rows(kept) if each["action"] == "B2"]
    assert len(changed) == 1
    assert changed[0]["adoption_percent"] == "4.5"
    assert changed[0]["spent_eur"] == "1500000.50"
    assert changed[0]["status"] == "started"
    # The page shows them as people read them, not as the file writes them.
    assert ">1.500.000,50<" in client.get(at(kept, "measures/B2/")).text
    # What it does to the target is said once it is computed: at the link, and then on the page.
    later = client.get(f"{at(kept, 'draft/')}?since=1")
    assert later["Location"] == f"{at(kept)}?since=1"
    for shown in (later["Location"], response["Location"]):
        text = read(client.get(shown)).text
        assert "Cu ceea ce ați salvat, pentru 2035 se așteaptă" in text
        assert "se calculează" not in text
    assert AuditEntry.objects.filter(verb="save", noun="version", city=kept.slug).count() == 2


@pytest.mark.slow
def test_nobody_waits_for_figures_after_saving(
    kept: City, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_person(ana)
    assert "se calculează" not in read(client.get(at(kept))).text
    with monkeypatch.context() as held:
        held.setattr(packs, "_compute", lambda *_: pytest.fail("a page computed a version"))
        location = client.post(at(kept, "measures/B2/"), REPORT)["Location"]
        for page in (location, at(kept, "measures/B2/"), at(kept, "indicators/"),
                     at(kept, "money/"), at(kept, "tasks/"), at(kept, "reports/")):  # fmt: skip
            response = client.get(page)
            assert response.status_code == 200
            assert ("versiunea 2 se calculează" in read(response).text) is ("tasks" not in page)
    # The part of the page says what the whole page would say, and has the figures fetched.
    url = "http://testserver" + location
    asks = {"HX-Request": "true", "HX-Current-URL": url}
    part = client.get(f"{at(kept, 'draft/')}?since=1", headers=asks).content.decode()
    assert "Cu ceea ce ați salvat, pentru 2035 se așteaptă" in part.replace("\u00a0", " ")
    assert f'hx-get="{location.removesuffix("#said").replace("&", "&amp;")}"' in part
    # Another process reads what was written then, and it is the same.
    head = head_of(kept)
    assert head is not None
    first = outlook_of_version(head)
    queries._drafted.cache_clear()  # type: ignore[attr-defined]
    monkeypatch.setattr(queries, "outlook_at", lambda *_: pytest.fail("it was computed again"))
    assert outlook_of_version(head) == first


@pytest.mark.slow
def test_spending_above_the_commitment_is_said(kept: City, ana: User) -> None:
    client, url = as_person(ana), at(kept, "measures/B2/")
    # 1,500,000.50 were spent; 1,500,000.50 committed suffice, a cent less does not.
    for committed, is_said in (("1.500.000,50", False), ("1.500.000,49", True)):
        base = client.get(url).context["base"]
        sent = {**REPORT, "base": base, "committed_eur": committed}
        assert client.post(url, sent).status_code == 302
        client.get(at(kept, "draft/"))
        assert ("cheltuit mai mult decât s-a contractat" in read(client.get(url)).text) is is_said


@pytest.mark.slow
def test_a_report_of_another_year_is_another_row(kept: City, ana: User) -> None:
    sent = {**REPORT, "year": "2028"}
    assert as_person(ana).post(at(kept, "measures/B2/"), sent).status_code == 302
    assert [each["year"] for each in rows(kept) if each["action"] == "B2"] == ["2027", "2028"]


@pytest.mark.slow
def test_every_fault_is_said_at_once_and_nothing_is_written(kept: City, ana: User) -> None:
    sent = {"base": "1", "year": "1800", "status": "x", "adoption_percent": "140",
            "spent_eur": "-3", "committed_eur": "mult", "source": ""}  # fmt: skip
    response = as_person(ana).post(at(kept, "measures/B2/"), sent)
    assert response.status_code == 422
    text = read(response).text
    for words in ("Alegeți din listă", "procente de la 0 la 100", "nu este negativă",
                  "Introduceți un număr", "Completați aici"):  # fmt: skip
        assert words in text, words
    assert Version.objects.filter(city=kept).count() == 1


@pytest.mark.slow
def test_who_changed_the_same_cell_meanwhile_is_not_overwritten(kept: City, ana: User) -> None:
    client = as_person(ana)
    client.post(at(kept, "measures/B2/"), REPORT)
    response = client.post(at(kept, "measures/B2/"), {**REPORT, "adoption_percent": "9"})
    assert response.status_code == 422
    assert "4.5" in read(response).text
    assert [e["adoption_percent"] for e in rows(kept) if e["action"] == "B2"] == ["4.5"]


@pytest.mark.parametrize("who", ["ion", "eva"])
def test_who_may_not_report_reads_and_is_refused(
    kept: City, who: str, request: pytest.FixtureRequest
) -> None:
    client = as_person(request.getfixturevalue(who))
    page = client.get(at(kept, "measures/B2/"))
    assert page.status_code == 200
    assert 'name="adoption_percent"' not in page.content.decode()
    assert client.post(at(kept, "measures/B2/"), REPORT).status_code == 403


def test_a_measure_that_the_plan_lacks_names_those_it_has(kept: City, ana: User) -> None:
    response = as_person(ana).get(at(kept, "measures/9.9/"))
    assert response.status_code == 404
    assert any(each.endswith("/measures/B2/") for each in read(response).links())


@pytest.mark.slow
def test_an_indicator_and_its_value_are_added_by_forms(kept: City, ana: User) -> None:
    client = as_person(ana)
    sent = {"form": "indicator", "base": "1", "code": "I4", "name_ro": "Puncte de încărcare",
            "unit_ro": "puncte", "unit_en": "points", "baseline_year": "2021",
            "baseline_value": "0", "target_year": "2031", "target_value": "100",
            "source": "planul"}  # fmt: skip
    assert client.post(at(kept, "indicators/"), sent).status_code == 302
    value = {"form": "value", "base": "2", "indicator": "I4", "year": "2025", "quarter": "",
             "value": "55", "source": "registrul"}  # fmt: skip
    assert client.post(at(kept, "indicators/"), value).status_code == 302
    client.get(at(kept, "draft/"))
    # From 0 to 100 in ten years: 40 asked for in 2025.
    text = read(client.get(at(kept, "indicators/"))).text
    assert "Puncte de încărcare: conform planului, 55 puncte în 2025" in text
    assert "55 points in 2025" in read(client.get(at(kept, "indicators/", "en"))).text
    assert len(rows(kept, "indicators")) == 4


def test_nothing_is_measured_in_a_year_to_come(kept: City, ana: User) -> None:
    after = str(today().year + 1)
    value = {"form": "value", "base": "1", "indicator": "I1", "year": after, "quarter": "",
             "value": "55", "source": "registrul"}  # fmt: skip
    response = as_person(ana).post(at(kept, "indicators/"), value)
    assert response.status_code == 422
    text = read(response).text
    assert (
        f"Acest an nu a venit încă: nu s-a măsurat nimic în el. Introduceți {today().year}" in text
    )
    assert 'value="55"' in response.content.decode()


@pytest.mark.slow
def test_an_indicator_that_cannot_be_is_saved_with_what_is_wrong_said(
    kept: City, ana: User
) -> None:
    client = as_person(ana)
    sent = {"form": "indicator", "base": "1", "code": "I5", "baseline_year": "2031",
            "baseline_value": "1", "target_year": "2030", "target_value": "2",
            "source": "x"}  # fmt: skip
    response = client.post(at(kept, "indicators/"), sent)
    later = client.get(f"{at(kept, 'draft/')}?since=1")
    assert "trebuie corectat" in read(client.get(later["Location"])).text
    text = read(client.get(response["Location"])).text
    assert "indicatorul I5 are ținta în 2030, nu după valoarea de referință din 2031" in text


@pytest.mark.slow
def test_money_stands_beside_the_plan(kept: City, ana: User) -> None:
    text = read(as_person(ana).get(at(kept, "money/", "en"))).text
    assert "Until the end of 2027, EUR 1.5 m were spent" in text


@pytest.mark.slow
def test_work_on_a_city_begins_with_its_first_report(kept: City, ana: User) -> None:
    kept.workspace.delete()
    Version.objects.filter(city=kept).delete()
    response = as_person(ana).post(at(kept, "measures/B2/"), {**REPORT, "base": ""})
    assert response.status_code == 302
    assert Version.objects.filter(city=kept).exists()


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("12.5", "ro", "12.5"),
        ("12,5", "en", "12.5"),
        ("1.234", "ro", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234", "en", "1234"),
        ("1.234.567,89", "ro", "1234567.89"),
        ("1,234,567.89", "ro", "1234567.89"),
        ("62 000 000", "ro", "62000000"),
        ("\u22123", "ro", "-3"),
        ("12.34.5", "ro", None),
        ("1e9", "ro", None),
        ("nan", "en", None),
        ("", "en", None),
        ("--1", "en", None),
        ("9" * 40, "en", None),
    ],
)
def test_numbers_are_read_as_people_type_them(text: str, lang: Any, value: str | None) -> None:
    assert number_of(text, lang) == (None if value is None else Decimal(value))


@pytest.mark.parametrize("lang", ["ro", "en"])
@pytest.mark.parametrize("text", ["0.125", "1234", "12.5", "1234.567"])
def test_a_number_of_a_file_is_shown_so_that_it_is_read_the_same(text: str, lang: Any) -> None:
    assert number_of(shown_text(text, "plain", lang), lang) == Decimal(text)
    assert number_of(shown_text(text.replace(".", ","), "ro", lang), lang) == Decimal(text)


@pytest.mark.parametrize(
    ("text", "style", "lang", "words"),
    [
        ("1500000.50", "plain", "ro", "1.500.000,50"),
        ("1.500.000,50", "ro", "en", "1,500,000.50"),
        ("12", "plain", "ro", "12"),
        ("circa 3", "plain", "ro", "circa 3"),
        ("", "plain", "en", ""),
    ],
)
def test_a_number_of_a_file_is_written_for_readers(
    text: str, style: Any, lang: Any, words: str
) -> None:
    assert read_text(text, style, lang) == words


def test_days_are_read_both_ways() -> None:
    assert day_of("2026-11-30") == day_of("30.11.2026")
    assert day_of("31.11.2026") is None


def test_a_visitor_is_led_to_sign_in(kept: City) -> None:
    assert "/account/login/" in Client().get(at(kept))["Location"]
