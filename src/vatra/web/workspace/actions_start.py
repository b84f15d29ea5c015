"""How work on a city begins: from nothing, or from the pack of a folder that is shown already."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from django.db import transaction

from vatra.factors import grid_set
from vatra.runs.publish import BESIDE, PACK
from vatra.sources.city_yaml import BY_DEFAULT, FILE_NAME, parse_city
from vatra.tables import FindingsError, tables
from vatra.web.base.actions import do_record_write
from vatra.web.cities.actions import slug_of
from vatra.web.cities.models import City
from vatra.web.people.actions_invite import need
from vatra.web.people.errors import Refused
from vatra.web.people.holding import today
from vatra.web.people.models import CityDoor, Membership, User
from vatra.web.people.rules import may_edit_city, may_read_whole_log
from vatra.web.workspace import store
from vatra.web.workspace.actions import Draft, add_version
from vatra.web.workspace.models import Workspace
from vatra.web.workspace.sheet import SUFFIXES

# Who runs the installation makes cities.
may_start_city = may_read_whole_log
TEXTS = "narrative.*.md"
GIVEN: Mapping[str, object] = {
    "country": "RO",
    "residual_limit_percent": 20,
    "gwp_set": "AR5",
    "languages": ["ro", "en"],
    "factor_sets": ["local", "ipcc_2006"],
    "synthetic": False,
}


def do_start_city(*, values: Mapping[str, object], actor: User) -> City:
    """A city that has a name and nothing else yet; the actor administers it.

    ``values`` keys of ``city.yaml``: name, code, base_year, target_year and what else is known.
    Raises ``FindingsError`` for values that cannot be, ``Refused`` when the actor may not or the
    code is taken.
    """
    need(may_start_city.refusal(actor, None), None)
    text = first_settings(values)
    about, findings = parse_city(text)
    if about is None:
        raise FindingsError(findings)
    slug = slug_of(about.code)
    with transaction.atomic():
        row = {
            "name": about.name,
            "folder": "",
            "run_id": "",
            "base_year": about.base_year,
            "target_year": about.target_year,
            "synthetic": about.synthetic,
            "is_listed": False,
        }
        # Two who take a code at once: the second finds it taken.
        city, is_new = City.objects.get_or_create(slug=slug, defaults=row)
        if not is_new:
            raise Refused("web.workspace.code-taken", code=about.code)
        Membership.objects.create(city=city, person=actor, role="administrator", since=today())
        CityDoor.objects.create(city=city, members_only=False)
        do_record_write(
            actor=actor.log_name, verb="start", noun="city", name=slug, detail=about.name[:200]
        )
        _first(city, {FILE_NAME: text.encode()}, actor)
    return city


def do_open_workspace(*, city: City, actor: User | None) -> Workspace:
    """Begin work on a city that is shown: its first version is the pack it was computed from.

    Where work has begun already nothing happens. ``actor`` None: the installation itself.
    """
    if actor is not None:
        need(may_edit_city.refusal(actor, city), city)
    with transaction.atomic():
        # Two who begin at once: the second waits here, and finds it begun.
        City.objects.select_for_update().get(pk=city.pk)
        found = Workspace.objects.filter(city=city).first()
        if found is not None:
            return found
        workspace = _first(city, _pack_of(Path(city.folder) / PACK), actor)
        workspace.published = workspace.head
        workspace.save(update_fields=["published"])
    return workspace


def _first(city: City, files: Mapping[str, bytes], actor: User | None) -> Workspace:
    workspace = Workspace.objects.create(city=city)
    manifest = {name: store.put(content) for name, content in files.items()}
    changes = [{"op": "replace", "file": name, "after": sha} for name, sha in manifest.items()]
    add_version(workspace, Draft(manifest, changes), "start", "", actor)
    return workspace


def _pack_of(folder: Path) -> dict[str, bytes]:
    stems = [Path(each.file_name).stem for each in tables().values()]
    names = [FILE_NAME, *BESIDE, *(stem + suffix for stem in stems for suffix in SUFFIXES)]
    paths = [folder / name for name in names]
    paths += sorted(folder.glob(TEXTS))
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def first_settings(values: Mapping[str, object]) -> str:
    """``city.yaml`` of a new city: what was given, and usual values for the rest.

    The factors of its grid are filled in where a set knows the base year; the file says that
    nobody chose them.
    """
    content = dict(GIVEN) | {
        name: value for name, value in values.items() if value not in ("", None)
    }
    year, sets = content.get("base_year"), content["factor_sets"]
    grid = grid_set(str(content["country"]), year) if isinstance(year, int) else None
    if grid is not None and "factor_sets" not in values:
        assert isinstance(sets, list)
        content |= {"factor_sets": [*sets, grid], BY_DEFAULT: ["factor_sets"]}
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
