"""One setting names the database."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from vatra.web.site.database import database


def test_sqlite_lies_in_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    found = database("", tmp_path)
    assert found["ENGINE"] == "django.db.backends.sqlite3"
    assert found["NAME"] == tmp_path / "vatra.sqlite3"


def test_an_address_names_a_server_of_postgresql(tmp_path: Path) -> None:
    found = database("postgres://va%40tra:p%2Fw%3A1@db.example:5433/city?sslmode=require", tmp_path)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert (found["USER"], found["PASSWORD"]) == ("va@tra", "p/w:1")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "5433", "city")
    assert found["OPTIONS"]["sslmode"] == "require"


def test_a_socket_is_named_by_its_folder(tmp_path: Path) -> None:
    found = database("postgresql:///vatra?host=/run/postgresql", tmp_path)
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("/run/postgresql", "", "vatra")
    assert "host" not in found["OPTIONS"]


@pytest.mark.parametrize(
    "url",
    [
        "mysql://u:hush@h/d",
        "postgres://u:hush@h",
        "postgres://u:hush@h/a/b",
        "postgres://u:hush@h:port/d",
        "postgres://u:hush@[h/d",
        "hush",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_its_password(
    tmp_path: Path, url: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match="VATRA_DATABASE_URL") as refused:
        database(url, tmp_path)
    assert "hush" not in str(refused.value)
