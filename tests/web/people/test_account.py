"""One's own account: sessions, roles given back, words that are always ours."""

from __future__ import annotations

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorList
from django.test import Client

from tests.web.pages import read
from tests.web.people.cast import PASSWORD, as_person, code_of, member, person
from vatra.web.cities.models import City
from vatra.web.people.adapter import SecondFactorAdapter
from vatra.web.people.holding import has_second_factor, roles_in
from vatra.web.people.models import Membership
from vatra.web.people.templatetags.people import faults

pytestmark = pytest.mark.django_db


def signed_in(email: str) -> Client:
    client = Client(headers={"user-agent": "A browser"})
    form = {"login": email, "password": PASSWORD}
    assert client.post("/en/account/login/", form).status_code == 302
    return client


def test_other_sessions_are_ended(db: None) -> None:
    person("ana")
    here, there = signed_in("ana@example.org"), signed_in("ana@example.org")
    assert "2 sessions" in read(here.get("/en/account/")).text
    assert here.post("/en/account/sessions/").status_code == 302
    assert here.get("/en/account/").status_code == 200
    assert there.get("/en/account/").status_code == 302


def test_signing_out_ends_the_session(db: None) -> None:
    person("ana")
    client = signed_in("ana@example.org")
    key = client.session.session_key
    client.post("/en/account/logout/")
    client.cookies["sessionid"] = key or ""
    assert client.get("/en/account/").status_code == 302


def test_a_new_password_ends_sessions_elsewhere(db: None) -> None:
    person("ana")
    here, there = signed_in("ana@example.org"), signed_in("ana@example.org")
    new = {"password1": "opt cai pe deal 88", "password2": "opt cai pe deal 88"}
    sent = here.post("/en/account/password/", {"oldpassword": PASSWORD, **new})
    assert sent["Location"] == "/en/account/?done=password"
    assert here.get("/en/account/").status_code == 200
    assert there.get("/en/account/").status_code == 302


def test_a_role_is_given_back_by_who_holds_it(town: City) -> None:
    ion = member("ion", town, "editor", proved=False)
    pk = Membership.objects.get(person=ion).pk
    assert (
        as_person(member("eva", town, "editor")).post(f"/en/account/roles/{pk}/leave/").status_code
        == 404
    )
    assert as_person(ion).post(f"/en/account/roles/{pk}/leave/").status_code == 302
    assert roles_in(ion, town) == frozenset()


def test_the_last_administrator_cannot_leave(town: City) -> None:
    ana = member("ana", town, "administrator")
    pk = Membership.objects.get(person=ana).pk
    sent = as_person(ana).post(f"/ro/account/roles/{pk}/leave/")
    assert sent.status_code == 403
    assert "ar rămâne fără administrator" in read(sent).text


def test_recovery_codes_alone_are_no_second_proof(town: City) -> None:
    ana = person("ana")
    Authenticator.objects.create(user=ana, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not has_second_factor(ana)


def test_a_secret_lies_encrypted_and_a_code_opens_once(town: City) -> None:
    ana = person("ana", proved=True)
    kept = Authenticator.objects.get(user=ana).data["secret"]
    secret = SecondFactorAdapter().decrypt(kept)
    assert secret not in kept and len(secret) == 32
    code = code_of(secret)
    for expected in ("/en/account/", None):
        client = Client()
        client.post("/en/account/login/", {"login": ana.email, "password": PASSWORD})
        sent = client.post("/en/account/login/second/", {"code": code})
        assert sent.get("Location") == expected


FOREIGN = {**DefaultAccountAdapter.error_messages, **DefaultMFAAdapter.error_messages}


@pytest.mark.parametrize("code", sorted(FOREIGN))
def test_no_foreign_sentence_is_shown(code: str) -> None:
    """Also for a code that a later version brings: it is said in general words."""
    problem = ErrorList([ValidationError(str(FOREIGN[code]), code=code)])
    for lang in ("ro", "en"):
        [shown] = faults(problem, lang)  # type: ignore[arg-type]
        assert shown != str(FOREIGN[code]) or lang == "en"


@pytest.mark.parametrize(
    "path",
    [
        "login/",
        "password/reset/",
        "password/reset/sent/",
        "password/reset/done/",
        "inactive/",
        "logout/",
        "security/",
        "security/keys/",
        "password/",
        "sessions/",
        "erase/",
        "confirm/",
    ],
)
def test_a_romanian_page_holds_no_english_words(town: City, path: str) -> None:
    client = Client() if path in ("login/", "inactive/") else as_person(person("ana"))
    text = read(client.get(f"/ro/account/{path}")).text
    assert text
    found = set(text.split()) & {"the", "your", "Your", "and", "Password", "Sign", "is", "of", "to"}
    assert found == set()
