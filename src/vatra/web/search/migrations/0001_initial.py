from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = [
        ("cities", "0001_initial"),
    ]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("kind", models.CharField(max_length=20)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("members", "members"),
                            ("administrators", "administrators"),
                        ],
                        max_length=20,
                    ),
                ),
                ("lang", models.CharField(blank=True, max_length=2)),
                ("title", models.CharField(max_length=300)),
                ("text", models.CharField(blank=True, max_length=400)),
                ("folded", models.TextField()),
                ("url_name", models.CharField(max_length=60)),
                ("url_args", models.JSONField(default=list)),
                ("query", models.CharField(blank=True, max_length=200)),
                ("updated", models.DateTimeField()),
                (
                    "city",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cities.city",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["city", "source"], name="search_of_source")],
            },
        ),
        migrations.CreateModel(
            name="Indexed",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(max_length=40)),
                ("mark", models.CharField(blank=True, max_length=80)),
                ("entry_count", models.PositiveIntegerField(default=0)),
                ("at", models.DateTimeField()),
                (
                    "city",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cities.city",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("source", "city"), name="one_mark_a_source")
                ],
            },
        ),
    ]
