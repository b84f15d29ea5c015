from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar[list[Any]] = []

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="City",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("folder", models.CharField(max_length=4096)),
                ("run_id", models.CharField(max_length=64)),
                ("base_year", models.PositiveSmallIntegerField()),
                ("target_year", models.PositiveSmallIntegerField(null=True)),
                ("synthetic", models.BooleanField(default=False)),
                ("is_listed", models.BooleanField(default=True)),
            ],
            options={
                "verbose_name_plural": "cities",
                "ordering": ("name",),
            },
        ),
    ]
