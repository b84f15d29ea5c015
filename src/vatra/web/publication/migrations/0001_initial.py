"""Sealed contracts, who signs them, what was signed."""

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = [
        ("cities", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="SealedContract",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("version_number", models.PositiveIntegerField()),
                ("version_digest", models.CharField(max_length=64)),
                ("seal", models.CharField(blank=True, db_index=True, max_length=64)),
                ("folder", models.CharField(blank=True, max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("sealing", "sealing"),
                            ("sealed", "sealed"),
                            ("signing", "signing"),
                            ("signed", "signed"),
                            ("published", "published"),
                            ("withdrawn", "withdrawn"),
                            ("superseded", "superseded"),
                            ("failed", "failed"),
                        ],
                        default="sealing",
                        max_length=12,
                    ),
                ),
                ("edition", models.PositiveIntegerField(null=True)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("job_id", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("sealed_at", models.DateTimeField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_contracts",
                        to="cities.city",
                    ),
                ),
                (
                    "sealed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.CreateModel(
            name="Signatory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("office", models.CharField(max_length=160)),
                ("organisation", models.CharField(blank=True, max_length=200)),
                ("email", models.EmailField(blank=True, max_length=254)),
                (
                    "language",
                    models.CharField(
                        choices=[("ro", "ro"), ("en", "en")], default="ro", max_length=2
                    ),
                ),
                ("order", models.PositiveSmallIntegerField()),
                ("is_required", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "asked"),
                            ("signed", "signed"),
                            ("declined", "declined"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "contract",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatories",
                        to="publication.sealedcontract",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "signatories",
                "ordering": ("order", "id"),
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("passkey", "passkey"), ("pades", "pades"), ("cms", "cms")],
                        max_length=8,
                    ),
                ),
                ("file", models.CharField(max_length=100)),
                ("sha256", models.CharField(max_length=64)),
                ("print", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(blank=True, max_length=2)),
                ("signed_at", models.DateTimeField()),
                ("brought_by", models.CharField(max_length=200)),
                (
                    "signatory",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signature",
                        to="publication.signatory",
                    ),
                ),
            ],
            options={
                "ordering": ("signed_at", "id"),
            },
        ),
        migrations.AddConstraint(
            model_name="sealedcontract",
            constraint=models.UniqueConstraint(
                fields=("city", "number"), name="one_sealed_contract_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedcontract",
            constraint=models.UniqueConstraint(
                fields=("city", "edition"), name="one_edition_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedcontract",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")),
                fields=("city",),
                name="one_edition_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedcontract",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("sealing", "sealed", "signing", "signed"))),
                fields=("city",),
                name="one_open_sealing_a_city",
            ),
        ),
        migrations.AddConstraint(
            model_name="sealedcontract",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("published", "superseded")), _negated=True),
                    ("edition__isnull", False),
                    _connector="OR",
                ),
                name="what_is_shown_has_its_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="signatory",
            constraint=models.UniqueConstraint(
                condition=models.Q(("person__isnull", False)),
                fields=("contract", "person"),
                name="one_signature_a_person",
            ),
        ),
    ]
