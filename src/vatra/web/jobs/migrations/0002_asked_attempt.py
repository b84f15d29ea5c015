"""The attempt at which a person last asked for a job."""

from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("jobs", "0001_initial")]

    operations: ClassVar[list[Any]] = [
        migrations.AddField(
            model_name="job",
            name="asked_attempt",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
