"""Signing in with an identity provider: who may, what is kept, and every lie that is refused."""

from __future__ import annotations

import time
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import as_person, member, person
from tests.web.people.idp import CLIENT, OTHER_KEY, PUBLIC, SECRET, Provider, running
from vatra.web.base.models import AuditEntry
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import do_invite_member
from vatra.web.people.identity import IdentityProvider, identity_provider
from vatra.web.people.models import User

pytestmark = pytest.mark.django_db
BEGIN, BACK = "/ro/account/login/oidc/", "/account/login/oidc/back/"
ACCOUNT = "/ro/account/"


@pytest.fixture
def idp(settings: Any) -> Iterator[Provider]:
    with running() as provider:
        settings.IDENTITY_PROVIDER = IdentityProvider(
            provider.issuer, CLIENT, SECRET, "Poiana", frozenset({"two"})
        )
        yield provider


def begin(client: Client, **more: str) -> str:
    page = read(client.post(BEGIN, more))
    (refresh,) = [attrs["content"] for _, attrs in page.tags if "http-equiv" in attrs]
    return unescape(refresh.removeprefix("0;url="))


def come_back(client: Client, code: str, state: str) -> Any:
    bare = client.get(BACK, {"code": code, "state": state})
    return client.get(bare["Location"], headers={"accept-language": "ro"})


def sign_in(client: Client, idp: Provider, **more: str) -> Any:
    return come_back(client, *idp.code_for(begin(client, **more)))


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_who_has_an_account_signs_in_and_is_linked_once(client: Client, idp: Provider) -> None:
    ana = person("ana")
    assert sign_in(client, idp)["Location"] == ACCOUNT
    assert client.session["_auth_user_id"] == str(ana.pk)
    linked = SocialAccount.objects.get()
    # The number and nothing else: no name, no picture, no token.
    assert (linked.user, linked.uid, linked.extra_data) == (ana, "number-7", {})
    assert not SocialToken.objects.exists()
    assert [each.verb for each in AuditEntry.objects.filter(noun="identity")] == ["link"]
    idp.claims = {"email": "ana.nou@example.org", "email_verified": False}
    again = Client()
    assert sign_in(again, idp)["Location"] == ACCOUNT
    assert again.session["_auth_user_id"] == str(ana.pk)


def test_the_page_to_sign_in_offers_it_and_asks_nobody_yet(client: Client, idp: Provider) -> None:
    assert "Autentificare cu Poiana" in read(client.get("/ro/account/login/")).text
    assert idp.asked == []
    assert client.get(BEGIN)["Location"] == "/ro/account/login/"
    assert idp.asked == []


def test_without_a_provider_there_is_no_button(client: Client) -> None:
    assert "oidc" not in client.get("/ro/account/login/").content.decode()


def test_who_is_invited_gets_an_account_without_a_password(
    client: Client, idp: Provider, town: City
) -> None:
    eva = member("eva", town, "administrator")
    _, token = do_invite_member(
        city=town, email="ana@example.org", role="viewer", actor=eva, lang="ro"
    )
    url = f"/ro/account/invitations/{token}/"
    assert sign_in(client, idp, next=url)["Location"] == url
    ana = User.objects.get(email="ana@example.org")
    assert not ana.has_usable_password()
    # The role comes with the letter's link, as for everybody.
    assert not ana.memberships.exists()
    assert client.post(url).status_code == 302
    assert ana.memberships.get().role == "viewer"


def test_nobody_else_gets_an_account(client: Client, idp: Provider) -> None:
    answer = sign_in(client, idp)
    assert answer.status_code == 403
    assert "nici cont, nici invitație" in read(answer).text
    assert not User.objects.exists()


def test_a_closed_account_stays_closed(client: Client, idp: Provider) -> None:
    person("ana", is_active=False)
    sign_in(client, idp)
    assert not is_in(client)


def test_another_number_with_the_same_address_is_refused(client: Client, idp: Provider) -> None:
    person("ana")
    sign_in(client, idp)
    idp.claims = {"sub": "number-8"}
    other = Client()
    assert sign_in(other, idp).status_code == 403
    assert not is_in(other)


LIES: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "of another sign-in"},
    "no nonce": {"nonce": None},
    "for somebody else": {"aud": "another client"},
    "for several, not us first": {"aud": [CLIENT, "another"], "azp": "another"},
    "for several, nobody named": {"aud": [CLIENT, "another"]},
    "of another issuer": {"iss": "https://elsewhere.example"},
    "over": {"exp": int(time.time()) - 3600},
    "without an end": {"exp": None},
    "of tomorrow": {"iat": int(time.time()) + 86400, "exp": int(time.time()) + 90000},
    "without a number": {"sub": None},
    "address not verified": {"email_verified": False},
    "verified by a word": {"email_verified": "true"},
    "nothing said of the address": {"email_verified": None},
    "no address": {"email": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_signs_nobody_in(client: Client, idp: Provider, lie: str) -> None:
    person("ana")
    idp.claims = LIES[lie]
    assert sign_in(client, idp).status_code == 403
    assert not is_in(client)
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [(OTHER_KEY, "RS256"), (None, "none"), (str(PUBLIC["n"]), "HS256"), (SECRET, "HS256")],
)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(
    client: Client, idp: Provider, key: Any, algorithm: str
) -> None:
    person("ana")
    idp.key, idp.algorithm = key, algorithm
    assert sign_in(client, idp).status_code == 403
    assert not is_in(client)


def test_a_state_of_nobody_of_another_browser_or_twice_is_refused(
    client: Client, idp: Provider
) -> None:
    person("ana")
    code, state = idp.code_for(begin(client))
    assert come_back(client, code, "invented").status_code == 403
    assert come_back(Client(), code, state).status_code == 403
    assert come_back(client, code, state).status_code == 302
    client.post("/ro/account/logout/")
    assert not is_in(client)
    assert come_back(client, code, state).status_code == 403
    assert not is_in(client)


def test_a_code_of_another_sign_in_is_refused(client: Client, idp: Provider) -> None:
    person("ana")
    stolen, _ = idp.code_for(begin(Client()))
    _, state = idp.code_for(begin(client))
    # PKCE: the code belongs to a word that only the other browser's session knows.
    assert come_back(client, stolen, state).status_code == 403
    assert not is_in(client)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://elsewhere.example"},
        {"token_endpoint": "http://elsewhere.example/token"},
        {"jwks_uri": "file:" + "///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
)
def test_a_provider_that_is_somebody_else_is_not_asked(
    client: Client, idp: Provider, metadata: dict[str, Any]
) -> None:
    idp.metadata = metadata
    assert client.post(BEGIN).status_code == 503


def test_a_provider_that_is_away_is_said(client: Client, idp: Provider) -> None:
    url = begin(client)
    idp.down = True
    answer = client.post(BEGIN)
    assert answer.status_code == 503
    assert "nu răspunde" in read(answer).text
    assert come_back(client, *idp.code_for(url)).status_code in (403, 503)


@pytest.mark.parametrize("where", ["https://elsewhere.example/", "//elsewhere.example", "/\\e.x"])
def test_it_leads_to_no_other_site(client: Client, idp: Provider, where: str) -> None:
    person("ana")
    assert sign_in(client, idp, next=where)["Location"] == ACCOUNT


def test_a_second_proof_is_asked_for_as_ever(client: Client, idp: Provider) -> None:
    person("ana", proved=True)
    assert sign_in(client, idp)["Location"].startswith("/ro/account/login/second/")
    assert not is_in(client)


MANAGE = "/ro/cities/poiana/people/door/"


@pytest.mark.parametrize(
    ("claims", "is_enough"),
    [
        ({"amr": ["pwd", "otp", "mfa"]}, True),
        ({"acr": "two"}, True),
        ({"amr": ["pwd", "otp"]}, False),
        ({"amr": "mfa"}, False),
        ({"acr": "https://refeds.org/profile/mfa"}, False),
        ({}, False),
    ],
)
def test_several_proofs_at_the_provider_are_enough_here(
    client: Client, idp: Provider, town: City, claims: dict[str, Any], is_enough: bool
) -> None:
    member("ana", town, "administrator", proved=False)
    idp.claims = claims
    assert sign_in(client, idp)["Location"] == ACCOUNT
    assert client.post(MANAGE).status_code == (302 if is_enough else 403)
    # Only for this session: the same person by password has one proof.
    assert as_person(User.objects.get()).post(MANAGE).status_code == 403


def test_who_has_an_app_is_not_asked_twice(client: Client, idp: Provider) -> None:
    person("ana", proved=True)
    idp.claims = {"amr": ["mfa"]}
    assert sign_in(client, idp)["Location"] == ACCOUNT
    assert is_in(client)


def test_the_session_of_a_visitor_is_not_kept(client: Client, idp: Provider) -> None:
    person("ana")
    url = begin(client)
    before = client.session.session_key
    come_back(client, *idp.code_for(url))
    assert client.session.session_key != before


def test_settings_are_all_or_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert identity_provider() is None
    monkeypatch.setenv("VATRA_OIDC_ISSUER", "http://login.example.ro")
    with pytest.raises(ImproperlyConfigured, match="https://"):
        identity_provider()
    monkeypatch.setenv("VATRA_OIDC_ISSUER", "https://login.example.ro/")
    monkeypatch.setenv("VATRA_OIDC_CLIENT_ID", "vatra")
    with pytest.raises(ImproperlyConfigured, match="VATRA_OIDC_CLIENT_SECRET"):
        identity_provider()
    monkeypatch.setenv("VATRA_OIDC_CLIENT_SECRET", "s")
    found = identity_provider()
    assert found is not None
    assert (found.issuer, found.name) == ("https://login.example.ro", "login.example.ro")
