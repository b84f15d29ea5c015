from typing import Any, ClassVar

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    lock_note = "a city has tens of invitations, and each of them passes the new rule."
    dependencies: ClassVar[list[Any]] = [("people", "0001_initial")]

    operations: ClassVar[list[Any]] = [
        migrations.AddField("user", "manages_organisation", models.BooleanField(default=False)),
        migrations.AddField("invitation", "as_manager", models.BooleanField(default=False)),
        migrations.AddField(
            "invitation",
            "organisation",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="people.organisation",
            ),
        ),
        migrations.AddConstraint(
            "invitation",
            models.CheckConstraint(
                condition=Q(city__isnull=True) | Q(organisation__isnull=True),
                name="invited_to_one_place",
            ),
        ),
    ]
