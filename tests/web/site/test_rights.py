"""Every address x every one of the cast x own city, another city, a closed city: allowed or
refused by the tables of all apps."""

from __future__ import annotations

import pytest

from tests.web.people.rights import CAST, Right
from tests.web.site.collected import RIGHTS
from tests.web.site.walking import Walk, taken_back
from vatra.web.people.models import CityDoor

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
# Who is asked with methods that an address does not know: the answer hangs on nobody.
CURIOUS = ("visitor", "administrator")
OUTSIDERS = ("visitor", "stranger", "foreign")
MEMBERS = tuple(who for who in CAST if who not in (*OUTSIDERS, "runner"))


def expected(right: Right, who: str, method: str) -> str:
    if method not in right.methods:
        return "unknown method"
    allowed = right.writers if method not in ("GET", "HEAD") else right.readers
    return "allowed" if who in allowed else "refused"


def methods_for(right: Right, who: str) -> list[str]:
    known = [each for each in METHODS if each in right.methods and each != "HEAD"]
    return list(METHODS) if who in CURIOUS else known


def check(walk: Walk, name: str, who: str, method: str, should: str, where: str) -> list[str]:
    slug = "valea" if where == "another city" else "poiana"
    found, response = walk.ask(name, who, method, slug)
    if found == should:
        return []
    return [f"{where}: {who} {method}: {found} ({response.status_code}), should be {should}"]


@pytest.mark.parametrize("name", RIGHTS)
def test_in_the_own_city_everyone_may_do_what_the_row_says(walk: Walk, name: str) -> None:
    right, wrong = RIGHTS[name], []
    for who in CAST:
        for method in methods_for(right, who):
            wrong += check(walk, name, who, method, expected(right, who, method), "own city")
    assert not wrong, "\n".join(wrong)


OF_CITY = [name for name, right in RIGHTS.items() if "poiana" in right.url]
# What strangers may read in one city they may read in another; there is nothing to refuse.
GUARDED = [name for name in OF_CITY if "stranger" not in RIGHTS[name].readers]


@pytest.mark.parametrize("name", GUARDED)
def test_a_role_in_one_city_is_none_in_another(walk: Walk, name: str) -> None:
    right, wrong = RIGHTS[name], []
    for who in MEMBERS:
        for method in methods_for(right, "stranger"):
            should = expected(right, "stranger", method)
            wrong += check(walk, name, who, method, should, "another city")
    assert not wrong, "\n".join(wrong)


NAMED = [name for name in OF_CITY if RIGHTS[name].url.count("{") > RIGHTS[name].url.count("{lang}")]


@pytest.mark.parametrize("name", NAMED)
def test_a_thing_of_one_city_is_not_found_under_another(walk: Walk, name: str) -> None:
    """Valea's administrator asks for Poiana's things under Valea's address."""
    right, wrong = RIGHTS[name], []
    for method in methods_for(right, "foreign"):
        wrong += check(walk, name, "foreign", method, "refused", "another city")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", OF_CITY)
def test_a_closed_city_is_its_members_only(walk: Walk, name: str) -> None:
    right, wrong = RIGHTS[name], []
    with taken_back():
        CityDoor.objects.create(city=walk.world.city, members_only=True)
        for who in OUTSIDERS:
            for method in methods_for(right, "foreign"):
                found, response = walk.ask(name, who, method)
                if found != "refused":
                    wrong.append(f"closed city: {who} {method}: {found} ({response.status_code})")
                elif response.status_code == 404 and "Poiana" in response.content.decode():
                    wrong.append(f"closed city: {who} {method}: the answer names the city")
        if "GET" in right.methods:
            for who in (*MEMBERS, "runner"):
                should = "refused" if right.is_framed else expected(right, who, "GET")
                wrong += check(walk, name, who, "GET", should, "closed city")
    assert not wrong, "\n".join(wrong)
