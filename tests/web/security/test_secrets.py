"""Keys that change, letters that no backup takes along, where weaknesses are reported, HTTPS."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.test import Client

from tests.web.people.cast import as_person, code_of, person
from vatra.web.ops.places import data_files
from vatra.web.ops.rows import applied, models_at
from vatra.web.people.actions_locks import do_renew_locks
from vatra.web.people.adapter import locker

URL = "/.well-known/security.txt"


@pytest.mark.django_db
def test_another_key_opens_what_the_earlier_one_locked(settings: Any) -> None:
    ana = person("ana", proved=True)
    lock = Authenticator.objects.get(user=ana, type="totp")
    secret = locker().decrypt(lock.data["secret"].encode()).decode()
    client = as_person(ana)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another " * 8
    # Who is signed in stays so, and the app's codes go on.
    assert client.get("/ro/account/").status_code == 200
    again = Client()
    sent = {"login": ana.email, "password": "sapte cai pe deal 7"}
    assert again.post("/ro/account/login/", sent).status_code == 302
    assert again.post("/ro/account/login/second/", {"code": code_of(secret)}).status_code == 302
    assert do_renew_locks(actor="test") == 1
    settings.SECRET_KEY_FALLBACKS = []
    lock.refresh_from_db()
    assert locker().decrypt(lock.data["secret"].encode()).decode() == secret


@pytest.mark.django_db
def test_a_lock_that_no_key_opens_changes_nothing(settings: Any) -> None:
    ana = person("ana", proved=True)
    before = Authenticator.objects.get(user=ana).data
    settings.SECRET_KEY = "another " * 8
    with pytest.raises(InvalidToken):
        do_renew_locks(actor="test")
    assert Authenticator.objects.get(user=ana).data == before


def test_a_backup_takes_no_letter_along(tmp_path: Path) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "letter.log").write_text("https://vatra.example.org/ro/account/...")
    (tmp_path / "secret-key").write_text("k")
    assert [each.name for each in data_files(tmp_path, [])] == ["data/secret-key"]


@pytest.mark.django_db
def test_a_backup_takes_no_session_no_try_and_no_counter_along() -> None:
    kept = {model._meta.label_lower for model in models_at(applied("default"), "default")}
    for each in ("sessions.session", "base.sharedcounter", "axes.accessattempt"):
        assert each not in kept


def test_the_folder_of_letters_is_its_owners(tmp_path: Path, settings: Any) -> None:
    from vatra.web.people.mail import FOLDER, send

    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = FOLDER, str(tmp_path / "mail")
    send("reset", "ro", "ana@example.org", url="https://vatra.example.org/x")
    assert (tmp_path / "mail").stat().st_mode & 0o077 == 0


def test_where_to_report_a_weakness(client: Client, settings: Any, db: None) -> None:
    assert client.get(URL).status_code == 404
    settings.SECURITY_CONTACT = "mailto:security@example.ro"
    answer = client.get(URL)
    lines = dict(each.split(": ", 1) for each in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert lines["Contact"] == "mailto:security@example.ro"
    until = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=30) < until - datetime.now(UTC) < timedelta(days=366)


ASK = """
import django; django.setup()
from django.conf import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,
      s.SECURE_HSTS_SECONDS >= 31536000, s.PROXIES, s.DEBUG,
      s.SECURE_PROXY_SSL_HEADER, s.SECURE_HSTS_INCLUDE_SUBDOMAINS,
      s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_PATH, s.SESSION_COOKIE_DOMAIN)
"""


@pytest.mark.slow
def test_behind_https_cookies_and_pages_are_for_https_only(tmp_path: Path) -> None:
    known = {k: v for k, v in os.environ.items() if not k.startswith(("VATRA_", "DJANGO_"))}
    more = {
        "VATRA_DATA": str(tmp_path),
        "VATRA_HTTPS": "1",
        "DJANGO_SETTINGS_MODULE": "vatra.web.site.settings",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=known | more, capture_output=True, text=True, check=True
    )
    said = "True True True True 1 False ('HTTP_X_FORWARDED_PROTO', 'https') True"
    cookies = "__Host-sessionid __Host-csrftoken / None"
    assert done.stdout.strip() == f"{said} {cookies}"
