"""From here on the database refuses to change the log.

A later migration that alters the table on SQLite makes it anew, without its triggers: it must call
``triggers.remove`` before and ``triggers.install`` after.
"""

from typing import Any, ClassVar

from django.db import migrations, models

from vatra.web.base import triggers


def install(apps: Any, schema_editor: Any) -> None:
    triggers.install(schema_editor.connection)


def remove(apps: Any, schema_editor: Any) -> None:
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    lock_note = "the log of an installation without people is a line a city and start."
    dependencies: ClassVar[list[Any]] = [("base", "0003_chain_entries")]

    operations: ClassVar[list[Any]] = [
        migrations.AlterField(
            "auditentry", "previous", models.CharField(max_length=64, unique=True)
        ),
        migrations.RunPython(install, remove),
    ]
