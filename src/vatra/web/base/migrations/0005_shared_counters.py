from typing import Any, ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar[list[Any]] = [("base", "0004_chain_held")]

    operations: ClassVar[list[Any]] = [
        migrations.CreateModel(
            name="SharedCounter",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
            options={"db_table": "base_sharedcounter"},
        ),
    ]
