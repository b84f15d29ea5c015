"""What lists say of a city, beside its row: three hundred cities are listed without their files."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("cities", "0001_initial")]

    operations: ClassVar[list[Any]] = [
        migrations.AddField(model_name="city", name="headline", field=models.JSONField(null=True)),
    ]
