"""Search: what is found, in which order, by whom; and what nobody learns by it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from tests.web.pages import read
from tests.web.people.cast import as_person, member, person
from vatra.web.cities import standing
from vatra.web.cities.models import City
from vatra.web.cities.standing import Withdrawal
from vatra.web.people.holding import today
from vatra.web.people.models import CityDoor, Membership
from vatra.web.progress.models import Task
from vatra.web.search import engine
from vatra.web.search.actions import do_index_city, do_index_installation, do_index_source
from vatra.web.search.folding import marked, words
from vatra.web.search.models import Entry
from vatra.web.search.queries import KINDS, Asked, search

pytestmark = pytest.mark.django_db


def entry(title: str, city: City | None = None, **more: Any) -> Entry:
    kept = {"kind": "page", "audience": "public", "url_name": "cities:list", "source": "test"}
    text, bulk = more.pop("text", ""), more.get("kind") == "row"
    return Entry.objects.create(
        title=title,
        text=text,
        city=city,
        folded=engine.words_kept(title, (text,), bulk),
        updated="2026-01-01T00:00Z",
        **(kept | more),
    )


def titles(text: str, client: Client | None = None, **more: str) -> list[str]:
    response = (client or Client()).get("/ro/search/", {"q": text, **more})
    assert response.status_code == 200
    return ["".join(part for part, _ in each.title) for each in response.context["found"].hits]


@pytest.mark.parametrize("text", ["stația", "staţia", "statia", "STAȚIA", "stat", "Stat̨ia"])
def test_one_word_in_all_its_spellings(db: None, text: str) -> None:
    entry("Stația de epurare")
    assert titles(text) == ["Stația de epurare"]


def test_words_are_folded_in_every_script() -> None:
    assert words("Străzi, ÎNCĂLZIRE; Кишинёв gyűjtő ﬁn") == [
        "strazi", "incalzire", "кишинев", "gyujto", "fin",
    ]  # fmt: skip


def test_all_words_must_fit_and_beginnings_are_enough(db: None) -> None:
    entry("Clădiri publice", text="școli și spitale")
    entry("Clădiri rezidențiale")
    assert titles("clad spit") == ["Clădiri publice"]
    assert titles("adiri") == []


def test_what_a_city_took_back_is_said_beside_the_hit(
    cluj: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside what everybody sees of it, and not beside its work."""

    class Gone:
        def withdrawn(self, cities: Sequence[City]) -> dict[int, Withdrawal]:
            return {each.pk: Withdrawal(each.slug, 1, now(), "o greșeală") for each in cities}

        def number(self, city: City) -> int | None:
            return 1

    monkeypatch.setattr(standing, "REGISTERS", [Gone()])
    entry("Clădiri", cluj)
    entry("Clădiri de raportat", cluj, kind="task", audience="members")
    entry("Clădiri în general")
    eva = as_person(member("eva", cluj, "viewer", proved=False))
    response = eva.get("/ro/search/", {"q": "cladiri"})
    marked_hits = {
        "".join(part for part, _ in each.title): each.is_withdrawn
        for each in response.context["found"].hits
    }
    assert marked_hits == {
        "Clădiri": True, "Clădiri de raportat": False, "Clădiri în general": False,
    }  # fmt: skip
    assert response.content.decode().count("orașul și-a retras cifrele") == 1


def test_titles_come_first_and_whole_words_before_beginnings(db: None) -> None:
    entry("Transporturi grele", kind="finding")
    entry("Energie", text="din transport", kind="city")
    entry("Transport public", kind="finding")
    assert titles("transport") == ["Transport public", "Transporturi grele", "Energie"]


def test_thousands_of_rows_drown_nothing(db: None) -> None:
    for at in range(350):
        entry(f"Gaz natural {at}", kind="row")
    entry("Despre gaz", kind="finding")
    found = search(person("eva"), Asked("gaz"), "ro")
    assert dict(found.kinds)["finding"] == 1
    assert found.is_more
    assert titles("gaz", kind="finding") == ["Despre gaz"]


def test_the_hit_is_marked_and_nothing_else(db: None) -> None:
    assert marked("Stația <b> statică", ["stati"]) == [
        ("Stația", True), (" <b> ", False), ("statică", True),
    ]  # fmt: skip
    entry("<script>alert(1)</script> stație")
    page = Client().get("/ro/search/", {"q": "statie"}).content.decode()
    assert "<mark>stație</mark>" in page
    assert "<script>alert" not in page


def test_an_entry_in_another_language_is_not_found(db: None) -> None:
    entry("Buildings", lang="en")
    assert titles("buildings") == []


def test_nobody_learns_of_what_they_may_not_see(cluj: City) -> None:
    entry("Secret public", cluj)
    entry("Secret membri", cluj, audience="members")
    entry("Secret administratori", cluj, audience="administrators")
    ana, ion = member("ana", cluj, "viewer"), member("ion", cluj, "administrator")
    run = person("run", is_installation_administrator=True)
    everything = ["Secret administratori", "Secret membri", "Secret public"]
    assert titles("secret") == ["Secret public"]
    assert titles("secret", as_person(person("eva"))) == ["Secret public"]
    assert sorted(titles("secret", as_person(ana))) == ["Secret membri", "Secret public"]
    assert sorted(titles("secret", as_person(ion))) == everything
    assert sorted(titles("secret", as_person(run))) == everything
    CityDoor.objects.create(city=cluj, members_only=True)
    answer = Client().get("/ro/search/", {"q": "secret"})
    assert answer.context["found"].count == 0
    assert answer.context["found"].kinds == ()
    assert "Cluj" not in answer.content.decode()
    assert titles("secret", city="cluj-napoca") == []
    assert len(titles("secret", as_person(ana))) == 2


def test_a_role_that_ended_finds_no_more(cluj: City) -> None:
    entry("Secret membri", cluj, audience="members")
    ana = member("ana", cluj, "viewer")
    assert titles("secret", as_person(ana)) == ["Secret membri"]
    Membership.objects.update(until=today() - timedelta(days=1))
    assert titles("secret", as_person(ana)) == []


@pytest.mark.slow
def test_a_published_city_is_found_by_all_it_has(cluj: City) -> None:
    count = do_index_city(city=cluj) + do_index_installation()
    assert count == Entry.objects.count() > 300
    assert titles("cluj")[0] == "Cluj-Napoca"
    assert "Clădiri, 2021, Cluj-Napoca" in titles("cladiri 2021")
    assert {each.kind for each in Entry.objects.all()} <= set(KINDS)
    for each in search(person("eva"), Asked("cluj"), "ro").hits:
        response = Client().get(each.url)
        response.close()
        assert response.status_code == 200, each.url
    assert do_index_city(city=cluj) == 0
    again = do_index_city(city=cluj, all_of_it=True)
    assert again == Entry.objects.filter(city=cluj).count()


def test_rows_lead_to_the_page_that_shows_them(cluj: City) -> None:
    do_index_source(name="rows", city=cluj)
    found = list(Entry.objects.filter(kind="row"))
    assert len(found) > 20
    one = found[0]
    response = Client().get(f"/ro/cities/cluj-napoca/inventory/rows/{one.query}")
    assert response.status_code == 200
    assert one.text.rpartition("(")[2].rstrip(")") in read(response).text


@pytest.mark.django_db(transaction=True)
def test_what_is_written_is_found_at_once_and_what_is_deleted_never(cluj: City) -> None:
    ana = member("ana", cluj, "editor")
    task = Task.objects.create(
        city=cluj, title="Sună la termoficare", due=today(), made_at="2026-01-01T00:00Z",
        changed_at="2026-01-01T00:00Z",
    )  # fmt: skip
    assert titles("termoficare", as_person(ana)) == ["Sună la termoficare"]
    assert titles("termoficare") == []
    task.delete()
    assert titles("termoficare", as_person(ana)) == []
    ion = member("ion", cluj, "administrator")
    assert "Ana" in titles("ana", as_person(ion))
    ana.delete()
    assert titles("ana", as_person(ion)) == []


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"q": "a\0b cluj"}, "semn care nu poate fi căutat"),
        ({"q": "x" * 300}, "primele 200 de litere"),
        ({"q": "cluj", "kind": "weapon"}, "fel de rezultat"),
    ],
)
def test_what_cannot_be_looked_for_is_said(db: None, query: dict[str, str], says: str) -> None:
    response = Client().get("/ro/search/", query)
    assert response.status_code == 422
    assert says in response.content.decode()


@pytest.mark.parametrize(
    "text", ['"', "' OR 1=1 --", "a* NOT b", "(((", ":*&|!", "%_", "zqb", "NEAR(a b)", "ţ" * 90]
)
def test_signs_of_the_database_mean_nothing(db: None, text: str) -> None:
    entry("Clădiri")
    for more in ({}, {"page": "-1"}, {"page": "9" * 30}, {"city": "\0x"}, {"city": "' or ''='"}):
        assert Client().get("/ro/search/", {"q": text, **more}).status_code == 200


def test_typing_asks_for_the_results_alone(db: None) -> None:
    entry("Clădiri")
    part = Client().get(
        "/ro/search/?q=clad", headers={"hx-request": "true", "hx-target": "results"}
    )
    assert "<html" not in part.content.decode()
    assert "<mark>Clădiri</mark>" in part.content.decode()
    whole = Client().get("/ro/search/?q=clad")
    assert "<html" in whole.content.decode()
    assert "no-store" in whole["Cache-Control"]


def test_a_single_letter_is_too_little(db: None) -> None:
    page = read(Client().get("/ro/search/?q=c"))
    assert "cel puțin două litere" in page.text


@pytest.mark.sqlite
def test_without_the_full_text_index_the_same_is_found(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for at in range(3):
        entry(f"Gaz {at}", kind="row")
    entry("Stația de gaz", text="Epurare")
    with_index = [titles("gaz"), titles("gaz stat"), titles("epur")]
    monkeypatch.setattr(engine, "_here_has_fts", lambda: False)
    assert [titles("gaz"), titles("gaz stat"), titles("epur")] == with_index
    assert len(with_index[0]) == 4


def test_the_database_keeps_an_index_of_words(db: None) -> None:
    assert engine.FTS in connection.introspection.table_names() or connection.vendor != "sqlite"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indexname FROM pg_indexes WHERE indexname LIKE %s", [f"{engine.FTS}%"]
            )
            assert {name for (name,) in cursor} == set(engine.SHELVES.values())


def test_what_there_is_much_of_is_found_on_every_shelf(db: None) -> None:
    # More cities than shelves: two lie on the first again.
    count = engine.SHELVES_COUNT + 2
    cities = [
        City.objects.create(slug=f"c{at}", name=f"C {at}", base_year=2021, target_year=2030)
        for at in range(count)
    ]
    for city in cities:
        entry(f"Contor {city.name}", city, kind="row")
    entry("Contor", kind="help")
    found = search(person("eva"), Asked("contor"), "ro")
    assert found.count == count + 1
    assert dict(found.kinds) == {"help": 1, "row": count}
    assert titles("contor", city="c0") == ["Contor C 0"]
    assert titles("contor", city="c99") == []


def test_the_shelves_indexes_are_those_that_are_asked(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("of PostgreSQL")
    entries = Entry.objects.order_by()
    with connection.cursor() as cursor:
        # So few rows would be read from first to last.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    of_sort = {
        bulk: engine.having(entries, ["contor"], in_title=False, bulk=bulk, city=None).explain()
        for bulk in (False, True)
    }
    rest = engine.SHELVES[engine.REST]
    for bulk, plan in of_sort.items():
        asked = {name for name in engine.SHELVES.values() if f"on {name} " in plan}
        assert asked == (set(engine.SHELVES.values()) - {rest} if bulk else {rest}), plan
