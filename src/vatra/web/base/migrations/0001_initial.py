from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = []

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("actor", models.CharField(max_length=200)),
                ("verb", models.CharField(max_length=60)),
                ("noun", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("detail", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ("id",),
            },
        ),
    ]
