"""The public page of progress, its pictures and tables, and frames for other sites."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.test import Client

from tests.web.investment.bare import register_bare
from tests.web.pages import read
from tests.web.people.cast import as_person
from vatra.contract.charts.palette import COLOURS
from vatra.web.cities.models import City
from vatra.web.people.models import CityDoor, User
from vatra.web.progress.queries import public_outlook
from vatra.web.progress.sentences import answer

PAGE = "/{lang}/cities/{slug}/progress/"
CHARTS = ["progress", "spending", "indicator-i1", "indicator-i2", "indicator-i3"]


def at(city: City, rest: str = "", lang: str = "en") -> str:
    return PAGE.format(lang=lang, slug=city.slug) + rest


def test_the_first_sentence_is_the_answer_in_both_languages(client: Client, kept: City) -> None:
    text = read(client.get(at(kept))).text
    assert "With what was done by the end of 2027" in text
    assert "the target is reached with a probability of only 8%" in text
    assert "2 have begun" in text
    romanian = read(client.get(at(kept, lang="ro"))).text
    assert "Cu cele realizate până la sfârșitul anului 2027" in romanian
    # Two lines of the answer at 1280 pixels hold 120 letters or more.
    outlook = public_outlook(kept).outlook
    for lang, said in (("en", text), ("ro", romanian)):
        short = answer(outlook, "en" if lang == "en" else "ro")
        assert short.replace("\u00a0", " ") in said and len(short) < 120


def test_indicators_say_what_the_line_asks_for(client: Client, kept: City) -> None:
    text = read(client.get(at(kept))).text
    # From 2 in 2021 to 16 in 2035 is 1 a year: 8 in 2027. From 0 to 1,000 in ten years: 600.
    assert "Trips by bicycle is behind: 5.5 % in 2027" in text
    assert "asks for 8 %" in text
    assert "Trees planted is on track: 600 trees in 2027" in text
    assert "Never measured: nothing was measured yet" in text
    romanian = read(client.get(at(kept, lang="ro"))).text
    assert "Arbori plantați: conform planului, 600 arbori în 2027" in romanian
    for lang, unit in (("en", "trees"), ("ro", "arbori")):
        row = json.loads(client.get(at(kept, "tables/indicators.json", lang)).content)["rows"][1]
        assert row["unit"] == unit
    rows = json.loads(client.get(at(kept, "tables/indicators.json")).content)["rows"]
    assert [each["verdict"] for each in rows] == ["behind", "on track", "no data"]


def test_every_picture_can_be_taken_along(client: Client, kept: City) -> None:
    for name in CHARTS:
        svg = client.get(at(kept, f"charts/{name}.svg"))
        assert svg["Content-Type"] == "image/svg+xml"
        rows = json.loads(client.get(at(kept, f"charts/{name}.json")).content)["rows"]
        assert rows
    png = client.get(at(kept, "charts/progress.png"))
    assert png["Content-Type"] == "image/png"
    assert png.content[:8] == b"\x89PNG\r\n\x1a\n"
    again = client.get(at(kept, "charts/progress.png"))
    assert again.content == png.content
    for name in ("measures", "spending", "indicators"):
        assert client.get(at(kept, f"tables/{name}.csv")).status_code == 200


@pytest.mark.parametrize("rest", ["charts/nothing.svg", "tables/nothing.csv"])
def test_what_is_not_there_names_what_is(client: Client, kept: City, rest: str) -> None:
    response = client.get(at(kept, rest))
    assert response.status_code == 404
    assert "/progress/" in " ".join(read(response).links())


def test_a_city_without_a_plan_hears_the_next_step(
    client: Client, db: None, shelf: Any, tmp_path: Any
) -> None:
    city = register_bare(tmp_path, shelf)
    assert "has no plan with actions" in read(client.get(at(city))).text
    assert client.get(at(city, "charts/progress.svg")).status_code == 404
    assert client.get(f"/en/embed/{city.slug}/progress/").status_code == 404
    assert client.get(at(city, "embed/")).status_code == 200


def test_the_page_stands_behind_the_tab_and_leads_to_the_reckoning(
    client: Client, kept: City
) -> None:
    overview = read(client.get(f"/en/cities/{kept.slug}/"))
    assert at(kept) in overview.links()
    assert f"/en/cities/{kept.slug}/monitoring/" in read(client.get(at(kept))).links()


# Frames


@pytest.mark.parametrize("lang", ["en", "ro"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_picture_may_stand_in_any_frame_and_keeps_nothing(
    client: Client, kept: City, lang: str, name: str
) -> None:
    response = client.get(f"/{lang}/embed/{kept.slug}/{name}/")
    assert response.status_code == 200
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    page = read(response)
    assert not [tag for tag, _ in page.tags if tag == "script"]
    assert any(each.endswith(f"/{lang}/cities/{kept.slug}/progress/") for each in page.links())
    assert kept.run_id[:16] in page.text
    assert response.content.decode().startswith("<!doctype html>")


def test_what_is_pasted_names_a_frame_in_its_own_language(client: Client, kept: City) -> None:
    said = client.get(f"/ro/cities/{kept.slug}/progress/embed/").content.decode()
    titles = {
        lang: said.split(f'/{lang}/embed/{kept.slug}/progress/" title="')[1].split('"')[0]
        for lang in ("ro", "en")
    }
    assert titles["ro"].startswith("Cu cele realizate")
    assert titles["en"].startswith("With what was done")


def test_a_frame_sees_no_session_even_where_one_is(kept: City, ana: User) -> None:
    signed_in = as_person(ana)
    response = signed_in.get(f"/en/embed/{kept.slug}/progress/")
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    assert not hasattr(response.wsgi_request.session, "_session_cache")
    assert response.content == Client().get(f"/en/embed/{kept.slug}/progress/").content


def test_only_these_addresses_may_be_framed(client: Client, kept: City) -> None:
    slug = kept.slug
    for url in (
        "/en/",
        f"/en/cities/{slug}/",
        at(kept),
        at(kept, "embed/"),
        at(kept, "charts/progress.svg"),
        f"/en/cities/{slug}/monitoring/",
        "/en/account/login/",
        "/en/embed/nowhere/progress/",
        f"/en/embed/{slug}/nothing/",
    ):
        response = client.get(url)
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"], url
        assert response["X-Frame-Options"] == "DENY", url


def test_a_closed_city_is_in_no_frame(client: Client, kept: City) -> None:
    CityDoor.objects.create(city=kept, members_only=True)
    response = client.get(f"/en/embed/{kept.slug}/progress/")
    assert response.status_code == 404
    assert kept.name not in response.content.decode()


def test_the_line_to_copy_leads_to_the_frame(client: Client, kept: City) -> None:
    text = client.get(at(kept, "embed/")).content.decode()
    found = re.findall(r"&lt;iframe src=&quot;([^&]+)&quot;|&lt;iframe src=\"([^\"]+)\"", text)
    urls = [one or other for one, other in found]
    assert len(urls) == 2 * len(CHARTS)
    for url in urls:
        assert client.get(url.removeprefix("http://testserver")).status_code == 200


def test_the_colours_of_a_frame_are_those_of_charts() -> None:
    from django.conf import settings

    css = (settings.WEB / "static" / "embed.css").read_text("utf-8")
    for role, light in COLOURS["light"].items():
        assert f"--{role}: light-dark({light}, {COLOURS['dark'][role]});" in css
        assert f".v-{role} {{\n  fill: var(--{role});" in css
        assert f".vs-{role} {{\n  stroke: var(--{role});" in css
