from typing import Any, ClassVar

from django.db import migrations

from vatra.web.search import engine


def install(apps: Any, schema_editor: Any) -> None:
    """Make the index of words."""
    engine.install(schema_editor.connection)


class Migration(migrations.Migration):
    lock_note = "builds an index over the table of entries, which is new and empty"
    dependencies: ClassVar[list[Any]] = [("search", "0001_initial")]
    operations: ClassVar[list[Any]] = [migrations.RunPython(install, migrations.RunPython.noop)]
