"""Writes of plans: scenarios kept by name, and one of them made the plan."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from vatra.web.base.actions import do_record_write
from vatra.web.cities.models import City
from vatra.web.editing.models import Scenario
from vatra.web.editing.plan import Choices, changes_of
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.models import User
from vatra.web.people.rules import may_edit_city
from vatra.web.workspace.actions import Saved, do_save_cells
from vatra.web.workspace.models import Version

MOST_SCENARIOS = 40
LONGEST_NAME = 80


def do_keep_scenario(
    *, city: City, name: str, note: str, choices: Choices, base: Version, actor: User
) -> Scenario:
    """Keep choices under a name; ``Refused`` when the name is taken or the shelf is full."""
    need(may_edit_city.refusal(actor, city), city)
    name, note = " ".join(name.split()), " ".join(note.split())[:500]
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Refused("web.editing.scenario-name")
    if Scenario.objects.filter(city=city).count() >= MOST_SCENARIOS:
        raise Refused("web.editing.scenario-many", most=MOST_SCENARIOS)
    plain = {code: dict(chosen) for code, chosen in sorted(choices.items())}
    try:
        with transaction.atomic():
            made = Scenario.objects.create(
                city=city, name=name, note=note, choices=plain, base_number=base.number,
                author=actor,
            )  # fmt: skip
            _record(made, actor, "keep")
    except IntegrityError as problem:
        raise Refused("web.editing.scenario-taken", name=name) from problem
    return made


def do_drop_scenario(*, scenario: Scenario, actor: User) -> None:
    """Take a scenario off the shelf; the plan stays as it is."""
    need(may_edit_city.refusal(actor, scenario.city), scenario.city)
    with transaction.atomic():
        _record(scenario, actor, "drop")
        scenario.delete()


def do_plan_choices(
    *, city: City, choices: Choices, base: Version, note: str, actor: User
) -> Saved:
    """Write choices into the measures of the draft, as one version.

    ``Refused`` when a choice names a measure that the draft does not have; ``Conflict`` when
    somebody else changed the same measure since ``base``.
    """
    need(may_edit_city.refusal(actor, city), city)
    changes, unknown = changes_of(base, choices)
    if unknown:
        raise Refused("web.editing.choices-unknown", codes=", ".join(unknown[:12]))
    return do_save_cells(
        city=city, table="actions", base=base, changes=changes, actor=actor, note=note
    )


def _record(scenario: Scenario, actor: User, verb: str) -> None:
    do_record_write(
        actor=actor.log_name, verb=verb, noun="scenario", name=f"scenario-{scenario.pk}",
        city=scenario.city.slug,
    )  # fmt: skip
