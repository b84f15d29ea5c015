"""What is kept of a person, found by looking at every table: exported, and gone when erased.

A table that a new app adds fails here until what it keeps of people goes with them, or stands
below with the reason why it stays.
"""

from __future__ import annotations

import json

import pytest
from django.apps import apps
from django.db.models import CharField, EmailField, GenericIPAddressField, TextField
from django.test import Client
from django.utils import timezone

from tests.web.people.cast import as_person, member, person
from vatra.web.api.models import Token
from vatra.web.cities.models import City
from vatra.web.editing.models import Comment, Mention, Thread
from vatra.web.evidence.models import Upload
from vatra.web.people.actions import do_erase_account
from vatra.web.people.actions_invite import do_invite_member
from vatra.web.people.export import personal_data
from vatra.web.people.models import Invitation, User
from vatra.web.people.personal import (
    SECRETS,
    address_fields,
    goes_with,
    links_to_people,
    shown_columns,
)
from vatra.web.progress.models import Task

pytestmark = pytest.mark.django_db
ENDINGS = ("CASCADE", "SET_NULL")
WORDS = ("name", "email", "phone", "user_agent", "author", "actor", "person", "owner", "signed_by")
# Columns whose name sounds like a person: why each is none, or stays when an account is erased.
STAYS = {
    "auth.permission.name": "a word of the framework",
    "auth.permission.codename": "a word of the framework",
    "auth.group.name": "a word of the framework",
    "contenttypes": "words of the framework",
    "base.auditentry.actor": "a number that leads to nobody once the account is gone",
    "base.auditentry.name": "the same, or the name of a thing",
    "cities.city.name": "a city's",
    "people.organisation.name": "an organisation's",
    "people.user.name": "the account itself",
    "people.user.email": "the account itself",
    "socialaccount.socialapp.name": "no row is ever written: the provider stands in the settings",
    "axes.accessattempt.user_agent": "deleted with the address, else after the lock is over",
    "axes.accessattempt.username": "deleted with the address",
    "axes.accessattempt.ip_address": "deleted with the address, else after the lock is over",
    "axes.accesslog": "never written: AXES_DISABLE_ACCESS_LOG",
    "axes.accessfailurelog": "never written: AXES_ENABLE_ACCESS_FAILURE_LOG is off",
    "django_tasks_database.dbtaskresult": "names of queues",
    "workspace.version.author_log": "a number that leads to nobody once the account is gone",
    "jobs.worker.name": "a process's",
    "evidence.upload.name": "a file's",
    "editing.scenario.name": "a plan's",
    "publication.signatory.name": "who signed a public contract stays named in it",
    "publication.signature.name": "who signed a public contract stays named in it",
    "search.entry": "names of pages",
    "api.token.name": "goes with the account",
}


def is_known(label: str) -> bool:
    return any(label == each or label.startswith(f"{each}.") for each in STAYS)


def test_every_link_to_a_person_ends_with_the_account() -> None:
    found = {
        f"{model._meta.label}.{field.name}": field.remote_field.on_delete.__name__
        for model, field in links_to_people()
    }
    assert len(found) >= 6
    wrong = {name: ending for name, ending in found.items() if ending not in ENDINGS}
    assert not wrong, f"choose CASCADE, or SET_NULL for what is the city's: {wrong}"


def test_every_column_that_sounds_like_a_person_is_known() -> None:
    going = {model for model, field in links_to_people() if goes_with(field)}
    held = {f"{m._meta.label_lower}.{f.name}" for m, f in address_fields()}
    unknown = []
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            label = f"{model._meta.label_lower}.{field.name}"
            sounds = isinstance(field, EmailField | GenericIPAddressField) or (
                isinstance(field, CharField | TextField) and any(w in field.name for w in WORDS)
            )
            if sounds and model not in going and label not in held and not is_known(label):
                unknown.append(label)
    assert not unknown, (
        f"{unknown}: does it hold something of a person? Point at the account with CASCADE, use an "
        "EmailField(blank=True), or write in STAYS above why it is none or stays"
    )


def test_every_address_can_be_emptied_or_goes() -> None:
    found = {model._meta.label: field for model, field in address_fields()}
    assert "people.Invitation" in found
    stuck = [name for name, f in found.items() if name != "people.Invitation" and not f.blank]
    assert not stuck, f"EmailField(blank=True), so that an address can be forgotten: {stuck}"


def test_no_secret_is_handed_out() -> None:
    for model, _ in links_to_people():
        assert not [c for c in shown_columns(model) if any(part in c for part in SECRETS)]


def traces(person_key: int, email: str) -> list[str]:
    """Every table that still points at the person or holds the address anywhere in a text."""
    found = []
    for model, field in links_to_people():
        if model._base_manager.filter(**{field.name: person_key}).exists():
            found.append(f"{model._meta.label}.{field.name}")
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            is_text = isinstance(field, CharField | TextField)
            holding = {f"{field.name}__icontains": email}
            if is_text and model._base_manager.filter(**holding).exists():
                found.append(f"{model._meta.label}.{field.name}")
    return found


def test_an_erased_person_leaves_no_trace(client: Client, town: City) -> None:
    ana = member("ana", town, "editor")
    eva = member("eva", town, "administrator")
    do_invite_member(
        city=City.objects.create(
            slug="alba", name="Alba", folder="/nowhere", run_id="0", base_year=2021
        ),
        email=ana.email,
        role="viewer",
        actor=person("rodica", proved=True, is_installation_administrator=True),
        lang="ro",
    )
    as_person(ana).get("/ro/account/")
    client.post("/ro/account/login/", {"login": ana.email, "password": "wrong"})
    key, email = ana.pk, ana.email
    assert len(traces(key, email)) >= 4
    do_erase_account(person=ana)
    assert traces(key, email) == []
    assert traces(eva.pk, eva.email) != []


def test_the_export_names_every_table_with_something_of_the_person(town: City) -> None:
    ana = member("ana", town, "editor")
    said = json.dumps(personal_data(ana), default=str)
    assert "ana@example.org" in said
    assert "editor" in said
    assert "md5$" not in said
    assert not Invitation.objects.exists()
    assert User.objects.get() == ana


def work_of(who: User, town: City) -> None:
    """What a person leaves behind in the apps of a city: one row of each."""
    now = timezone.now()
    thread = Thread.objects.create(city=town, kind="number", anchor="total.2021")
    comment = Comment.objects.create(thread=thread, author=who, text="why so much")
    Mention.objects.create(comment=comment, person=who)
    Task.objects.create(
        city=town, title="a call", owner=who, due=now.date(), made_at=now, changed_at=now
    )
    Upload.objects.create(city=town, name="gas.csv", sha="0" * 64, byte_count=1, by=who, at=now)
    Token.objects.create(
        person=who, name="my notebook", selector="abc", hash="nobody sees", expires=now.date()
    )


def test_what_a_person_did_in_the_apps_is_handed_out_and_goes(town: City) -> None:
    ana = member("ana", town, "editor")
    work_of(ana, town)
    elsewhere = personal_data(ana)["elsewhere"]
    assert {
        "editing.comment.author", "editing.mention.person", "progress.task.owner",
        "evidence.upload.by", "api.token.person",
    } <= set(elsewhere)  # fmt: skip
    said = json.dumps(elsewhere, default=str)
    assert all(each in said for each in ("why so much", "a call", "gas.csv", "my notebook"))
    assert "nobody sees" not in said
    key, email = ana.pk, ana.email
    do_erase_account(person=ana)
    assert traces(key, email) == []
    assert not Mention.objects.exists() and not Token.objects.exists()
    # The city's own stays, without the name.
    assert Comment.objects.get().author is None
    assert Task.objects.get().owner is None
    assert Upload.objects.get().by is None
