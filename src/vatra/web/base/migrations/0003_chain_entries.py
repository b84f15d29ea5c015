"""Entries written before there was a chain are chained as they lie, in their order."""

from typing import Any, ClassVar

from django.db import migrations

from vatra.web.base.audit import START, hash_of


def chain(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    entries = apps.get_model("base", "AuditEntry").objects.using(alias)
    before, count = START, 0
    for entry in entries.order_by("id").iterator():
        if entry.noun in ("city", "edition"):
            entry.city = entry.name[:80]
        entry.previous, entry.hash = before, hash_of(entry, before)
        entry.save(using=alias, update_fields=["city", "previous", "hash"])
        before, count = entry.hash, count + 1
    if count:
        heads = apps.get_model("base", "AuditHead").objects.using(alias)
        heads.create(pk=1, count=count, last=before)


class Migration(migrations.Migration):
    lock_note = "the log of an installation without people is a line a city and start."
    dependencies: ClassVar[list[Any]] = [("base", "0002_chain_fields")]

    operations: ClassVar[list[Any]] = [migrations.RunPython(chain, migrations.RunPython.noop)]
