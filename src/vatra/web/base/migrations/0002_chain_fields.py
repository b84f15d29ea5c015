from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    lock_note = "the log of an installation without people is a line a city and start."
    dependencies: ClassVar[list[Any]] = [("base", "0001_initial")]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("count", models.PositiveBigIntegerField(default=0)),
                ("last", models.CharField(default="0" * 64, max_length=64)),
            ],
        ),
        migrations.AlterField("auditentry", "at", models.DateTimeField()),
        migrations.AddField(
            "auditentry",
            "city",
            models.CharField(blank=True, db_index=True, default="", max_length=80),
        ),
        migrations.AddField("auditentry", "previous", models.CharField(max_length=64, null=True)),
        migrations.AddField(
            "auditentry",
            "hash",
            models.CharField(default="", max_length=64),
            preserve_default=False,
        ),
    ]
