"""Invitations: one link, one person, one role; and roles that begin, change and end."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from tests.web.pages import read
from tests.web.people.cast import PASSWORD, SINCE, as_person, member, person
from vatra.web.base.models import AuditEntry
from vatra.web.base.queries import verify
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import do_accept_invitation
from vatra.web.people.errors import Refused
from vatra.web.people.holding import roles_in, today
from vatra.web.people.mail import FOLDER
from vatra.web.people.models import Invitation, Membership, Organisation, User

pytestmark = pytest.mark.django_db
MEMBERS = "/en/cities/poiana/people/"


def invite(client: Client, email: str, role: str = "editor", **more: str) -> str:
    """Invite somebody through the page; the address that the letter leads to."""
    assert client.post(MEMBERS, {"email": email, "role": role, **more}).status_code == 302
    return re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def administrator(town: City) -> Client:
    return as_person(member("ana", town, "administrator"))


def test_an_invited_person_makes_an_account_and_has_the_role(
    town: City, administrator: Client, client: Client
) -> None:
    url = invite(administrator, "Ion@Example.org")
    letter = mail.outbox[-1]
    assert letter.to == ["ion@example.org"]
    assert letter.subject == "Invitation to Poiana in Vatra"
    assert "Ana invites you to Poiana as editor." in letter.body
    assert "You are invited to Poiana as editor." in read(client.get(url)).text
    form = {"name": "Ion Pop", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(url, form)["Location"] == "/en/account/?done=joined"
    ion = User.objects.get(email="ion@example.org")
    assert client.session["_auth_user_id"] == str(ion.pk)
    assert roles_in(ion, town) == {"editor"}
    assert verify().holds


def test_a_link_opens_once(administrator: Client, town: City) -> None:
    url = invite(administrator, "ion@example.org")
    form = {"name": "Ion", "password1": PASSWORD, "password2": PASSWORD}
    assert Client().post(url, form).status_code == 302
    again = Client().post(url, form)
    assert again.status_code == 404
    assert "no longer open" in read(again).text
    assert User.objects.filter(email="ion@example.org").count() == 1


def test_an_expired_or_revoked_link_does_not_open(administrator: Client, town: City) -> None:
    old, new = invite(administrator, "ion@example.org"), invite(administrator, "ion@example.org")
    # A second invitation takes the place of the first.
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(new).status_code == 404
    third = invite(administrator, "eva@example.org")
    pk = Invitation.objects.get(email="eva@example.org").pk
    assert administrator.post(f"{MEMBERS}invited/{pk}/").status_code == 302
    assert Client().get(third).status_code == 404


def test_the_token_is_not_kept(administrator: Client, town: City) -> None:
    token = invite(administrator, "ion@example.org").rstrip("/").rpartition("/")[2]
    kept = str(list(Invitation.objects.values())) + str(list(AuditEntry.objects.values()))
    assert token not in kept


def test_the_log_holds_no_address(administrator: Client, town: City) -> None:
    invite(administrator, "ion@example.org")
    assert "example.org" not in str(list(AuditEntry.objects.values()))


def test_who_has_an_account_signs_in_first(administrator: Client, town: City) -> None:
    ion = person("ion")
    url = invite(administrator, "ion@example.org", "contributor")
    assert Client().get(url)["Location"] == f"/en/account/login/?next={url}"
    client = as_person(ion)
    assert "contributor" in read(client.get(url)).text
    assert client.post(url).status_code == 302
    assert roles_in(ion, town) == {"contributor"}


def test_somebody_else_cannot_take_the_role(administrator: Client, town: City) -> None:
    url = invite(administrator, "ion@example.org", "administrator")
    other = person("dan")
    assert "The invitation is for ion@example.org." in read(as_person(other).get(url)).text
    assert as_person(other).post(url).status_code == 403
    assert roles_in(other, town) == frozenset()


@pytest.mark.parametrize(
    ("passwords", "words"),
    [
        (("short", "short"), "At least 12 characters."),
        # All faults at once: it is too short as well.
        (("short", "shorter"), "At least 12 characters."),
        (("iepurasul42alb", "iepurasul43alb"), "The two passwords differ."),
        (("ion@example.org", "ion@example.org"), "too much like your name or address"),
        (("password1234", "password1234"), "known to those who guess"),
        (("", ""), "Fill this in."),
    ],
)
def test_a_weak_password_is_refused_in_our_words(
    administrator: Client, town: City, client: Client, passwords: tuple[str, str], words: str
) -> None:
    url = invite(administrator, "ion@example.org")
    sent = client.post(url, {"name": "I", "password1": passwords[0], "password2": passwords[1]})
    assert sent.status_code == 422
    assert words in read(sent).text
    assert not User.objects.filter(email="ion@example.org").exists()


def test_a_member_is_not_invited_twice(administrator: Client, town: City) -> None:
    member("ion", town, "viewer")
    sent = administrator.post(MEMBERS, {"email": "ion@example.org", "role": "editor"})
    assert sent.status_code == 422
    assert "ion@example.org has a role in Poiana already." in read(sent).text


@pytest.mark.parametrize(
    "form", [{}, {"email": "x", "role": "king"}, {"email": "a@b.ro\r\nBcc: c"}]
)
def test_a_wrong_invitation_is_said_and_sends_nothing(
    administrator: Client, town: City, form: dict[str, str]
) -> None:
    sent = administrator.post(MEMBERS.replace("/en/", "/ro/"), form)
    assert sent.status_code == 422
    assert mail.outbox == []
    assert "This field" not in sent.content.decode() and "Enter a valid" not in str(sent.content)


def test_letters_that_nobody_sends_are_not_on_their_way(
    administrator: Client, town: City, settings: Any, tmp_path: Path
) -> None:
    """Without a mail server, and before anything of the city is published."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FOLDER, str(tmp_path)
    City.objects.update(folder="")
    form = {"email": "ion@example.org", "role": "editor"}
    shown = read(administrator.post(MEMBERS, form, follow=True)).text
    assert "It has to be handed on" in shown and "on its way" not in shown
    assert "Nothing is published yet." in shown and "Everybody may read the" not in shown


def test_who_lacks_the_second_proof_is_led_to_it(town: City) -> None:
    """It is the way on, more than the list of cities is."""
    made = as_person(member("dora", town, "administrator", proved=False))
    refused = made.post(MEMBERS, {"email": "ion@example.org", "role": "editor"})
    assert refused.status_code == 403
    assert ("a", {"class": "btn", "href": "/en/account/security/"}) in read(refused).tags
    assert ("a", {"class": "btn-quiet", "href": "/en/"}) in read(refused).tags


def held(who: User) -> list[tuple[str, date, date | None]]:
    rows = Membership.objects.filter(person=who).order_by("id")
    return [(each.role, each.since, each.until) for each in rows]


def test_a_role_that_changes_keeps_its_past(administrator: Client, town: City) -> None:
    ion = member("ion", town, "viewer")
    pk = Membership.objects.get(person=ion).pk
    assert administrator.post(f"{MEMBERS}{pk}/role/", {"role": "editor"}).status_code == 302
    assert held(ion) == [
        ("viewer", SINCE, today() - timedelta(days=1)),
        ("editor", today(), None),
    ]
    assert roles_in(ion, town) == {"editor"}
    # The old one is over: it cannot be changed any more.
    assert administrator.post(f"{MEMBERS}{pk}/role/", {"role": "viewer"}).status_code == 403


def test_a_role_that_ends_holds_no_longer(administrator: Client, town: City) -> None:
    ion = member("ion", town, "editor")
    pk = Membership.objects.get(person=ion).pk
    assert administrator.post(f"{MEMBERS}{pk}/end/").status_code == 302
    assert roles_in(ion, town) == frozenset()
    assert held(ion) == [("editor", SINCE, today() - timedelta(days=1))]


@pytest.mark.parametrize(("since", "until"), [(1, None), (-9, -1)])
def test_a_role_holds_on_its_days_only(town: City, since: int, until: int | None) -> None:
    ion = person("ion")
    days = [None if each is None else today() + timedelta(days=each) for each in (since, until)]
    Membership.objects.create(city=town, person=ion, role="editor", since=days[0], until=days[1])
    assert roles_in(ion, town) == frozenset()


def test_the_last_day_still_counts(town: City) -> None:
    ion = person("ion")
    Membership.objects.create(city=town, person=ion, role="editor", since=today(), until=today())
    assert roles_in(ion, town) == {"editor"}


@pytest.mark.parametrize("address", ["{pk}/end/", "{pk}/role/"])
def test_the_last_administrator_stays(administrator: Client, town: City, address: str) -> None:
    pk = Membership.objects.get(role="administrator").pk
    sent = administrator.post(MEMBERS + address.format(pk=pk), {"role": "viewer"})
    assert sent.status_code == 403
    assert "Make somebody else administrator first." in read(sent).text
    member("eva", town, "administrator")
    assert (
        administrator.post(MEMBERS + address.format(pk=pk), {"role": "viewer"}).status_code == 302
    )


def test_a_role_of_another_city_is_not_reached(
    administrator: Client, town: City, other_town: City
) -> None:
    ion = member("ion", other_town, "viewer")
    pk = Membership.objects.get(person=ion).pk
    for action in ("role", "end"):
        sent = administrator.post(f"{MEMBERS}{pk}/{action}/", {"role": "editor"})
        assert sent.status_code == 404
    assert roles_in(ion, other_town) == {"viewer"}


def test_a_role_given_to_an_organisation_is_its_peoples(administrator: Client, town: City) -> None:
    firm = Organisation.objects.create(name="Poiana SRL", kind="company")
    ion = person("ion", organisation=firm)
    form = {"organisation": str(firm.pk), "role": "contributor"}
    assert administrator.post(f"{MEMBERS}delegate/", form).status_code == 302
    assert roles_in(ion, town) == {"contributor"}
    refused = administrator.post(f"{MEMBERS}delegate/", form | {"role": "administrator"})
    assert refused.status_code == 403


def test_an_account_is_changed_exported_and_erased(town: City, client: Client) -> None:
    ion = member("ion", town, "viewer", proved=False)
    mine = as_person(ion)
    assert mine.post("/ro/account/", {"name": "Ion P.", "language": "en"}).status_code == 302
    data = mine.get("/ro/account/data.json").json()
    assert data["account"]["name"] == "Ion P."
    assert data["roles"][0]["city"] == "poiana"
    assert mine.post("/ro/account/erase/", {"email": "else@example.org"}).status_code == 422
    number = ion.log_name
    assert mine.post("/ro/account/erase/", {"email": "ion@example.org"}).status_code == 302
    assert not User.objects.exists() and not Membership.objects.exists()
    assert AuditEntry.objects.filter(actor=number, verb="erase").exists()
    assert verify().holds
    assert mine.get("/ro/account/").status_code == 302


def test_the_last_administrator_cannot_erase_the_account(town: City) -> None:
    ana = member("ana", town, "administrator")
    sent = as_person(ana).post("/ro/account/erase/", {"email": ana.email})
    assert sent.status_code == 403
    assert User.objects.filter(pk=ana.pk).exists()


def test_an_unknown_token_gives_nothing(db: None) -> None:
    with pytest.raises(Refused, match="no longer open"):
        do_accept_invitation(token="none", name="X", password=PASSWORD)


def test_a_forgotten_password_is_chosen_anew_by_letter(client: Client) -> None:
    person("ana")
    for email in ("ana@example.org", "nobody@example.org"):
        sent = client.post("/ro/account/password/reset/", {"email": email})
        assert sent["Location"] == "/ro/account/password/reset/sent/"
    assert len(mail.outbox) == 1
    assert mail.outbox[0].subject == "Vatra: choose a new password"
    url = re.search(r"http://testserver(/en/account/\S+)", mail.outbox[0].body)[1]
    there = client.get(url)["Location"]
    new = {"password1": "opt cai pe deal 88", "password2": "opt cai pe deal 88"}
    assert client.post(there, new)["Location"] == "/en/account/password/reset/done/"
    assert User.objects.get().check_password("opt cai pe deal 88")
    assert "already or has expired" in read(client.get(url)).text
