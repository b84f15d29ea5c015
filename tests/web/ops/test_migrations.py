"""No migration holds a table that people use for longer than a moment, unless it says why it may.

PostgreSQL shuts a table while it is rewritten, while rows are held against a new rule, or while an
index is built. A migration that does so carries a line ``lock_note = "why that is short"``.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation

NOTE = "lock_note"
MIN_NOTE_LENGTH = 20
# New things stand beside the old ones; state alone touches no table.
SAFE = (migrations.CreateModel, migrations.AlterModelOptions, migrations.AlterModelManagers)
SAFE_NAMES = ("AddIndexConcurrently", "RemoveIndexConcurrently", "AddConstraintNotValid")


def unsafe(migration: Any) -> list[str]:
    """Operations that hold a table which was there before, with the reason."""
    made = {
        each.name_lower for each in migration.operations if isinstance(each, migrations.CreateModel)
    }
    return [
        f"{type(each).__name__} {getattr(each, 'model_name', '')}: {why}"
        for each in migration.operations
        if (why := reason(each, made))
    ]


def reason(operation: Operation, made: set[str]) -> str:
    """Why an operation may hold a table; empty when it does not."""
    if isinstance(operation, SAFE) or type(operation).__name__ in SAFE_NAMES:
        return ""
    # A table of the same migration is empty, and nobody knows it yet.
    if getattr(operation, "model_name_lower", None) in made:
        return ""
    if isinstance(operation, migrations.AddField):
        return reason_of_field(operation.field)
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return next(
            (why for each in operation.database_operations if (why := reason(each, made))), ""
        )
    return "rewrites, checks or removes what is there"


def reason_of_field(field: models.Field[Any, Any]) -> str:
    """A column is added in a moment when it may be empty or the database fills it by itself."""
    if field.unique or field.db_index or field.is_relation:
        return "builds an index over all rows"
    if not field.null and field.db_default is models.NOT_PROVIDED and not field.has_default():
        return "needs a value in every row"
    return ""


def own() -> list[Any]:
    found = MigrationLoader(None).disk_migrations.values()
    return [each for each in found if type(each).__module__.startswith("vatra.")]


@pytest.fixture
def with_migrations(settings: Any) -> None:
    """The tests' tables are made without them; here they are read."""
    settings.MIGRATION_MODULES = {}


def test_every_migration_is_safe_or_says_why(with_migrations: None) -> None:
    found = own()
    assert len(found) >= 4
    faults = {
        f"{each.app_label}.{each.name}": problems
        for each in found
        if (problems := unsafe(each)) and len(getattr(each, NOTE, "")) < MIN_NOTE_LENGTH
    }
    assert faults == {}, f'add to the class: {NOTE} = "why that is short"'


def test_no_note_stands_where_none_is_needed(with_migrations: None) -> None:
    needless = [each.name for each in own() if hasattr(each, NOTE) and not unsafe(each)]
    assert needless == []


def migration(*operations: Operation) -> Any:
    made = migrations.Migration("made_up", "base")
    made.operations = list(operations)
    return made


TEXT = models.CharField(max_length=9)


@pytest.mark.parametrize(
    "operation",
    [
        migrations.AddField("city", "n", models.IntegerField()),
        migrations.AddField("city", "n", models.IntegerField(null=True, db_index=True)),
        migrations.AddField("city", "n", models.CharField(max_length=9, default="", unique=True)),
        migrations.AlterField("city", "name", TEXT),
        migrations.RemoveField("city", "name"),
        migrations.RenameField("city", "name", "title"),
        migrations.RenameModel("city", "town"),
        migrations.DeleteModel("city"),
        migrations.AddIndex("city", models.Index(fields=["name"], name="i")),
        migrations.AddConstraint("city", models.UniqueConstraint(fields=["name"], name="u")),
        migrations.RunPython(migrations.RunPython.noop),
        migrations.RunSQL("SELECT 1"),
        migrations.SeparateDatabaseAndState([migrations.RunSQL("SELECT 1")]),
    ],
    ids=lambda each: type(each).__name__,
)
def test_what_holds_a_table_is_refused(operation: Operation) -> None:
    assert len(unsafe(migration(operation))) == 1


def test_what_is_new_or_may_be_empty_is_fine() -> None:
    town = migrations.CreateModel("Town", [("id", models.BigAutoField(primary_key=True))])
    assert unsafe(migration(town, migrations.AddField("town", "n", models.IntegerField()))) == []
    assert unsafe(migration(migrations.AddField("city", "n", models.IntegerField(null=True)))) == []
    filled = models.IntegerField(db_default=0)
    assert unsafe(migration(migrations.AddField("city", "n", filled))) == []
