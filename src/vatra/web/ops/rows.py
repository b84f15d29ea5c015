"""The database as lines of JSON that SQLite and PostgreSQL give and take alike.

A table is written by the models of the migrations that were applied, and read back by the same
ones: a backup of an earlier Vatra is restored as it was and only then brought up to date.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model

Node = tuple[str, str]
ROWS_A_STEP = 500
# Who was signed in signs in again: such a row would let a stolen backup act as that person. And
# from where people came is nothing to keep.
APPS_NOT_KEPT = frozenset({"sessions", "usersessions", "axes"})
# Counters of who tried how often.
MODELS_NOT_KEPT = frozenset({"base.sharedcounter"})


def applied(alias: str) -> list[Node]:
    """Migrations that were applied to a database, by name."""
    return sorted(MigrationRecorder(connections[alias]).applied_migrations())


def unknown(nodes: Iterable[Node]) -> list[str]:
    """Migrations that this version of Vatra does not have: a later one made the database."""
    known = MigrationLoader(None).disk_migrations
    return [".".join(each) for each in nodes if tuple(each) not in known]


def models_at(nodes: Sequence[Node], alias: str) -> list[type[Model]]:
    """Models as the migrations left them, by label; those without rows worth keeping left out."""
    loader = MigrationLoader(connections[alias])
    apps = loader.project_state([each for each in nodes if each in loader.graph.nodes]).apps
    found = (
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and not model._meta.swapped
    )
    # An app without migrations has tables of its own making; none of ours is one.
    kept_apps = {app for app, _ in nodes} - APPS_NOT_KEPT
    kept = (model for model in found if model._meta.app_label in kept_apps)
    kept = (model for model in kept if model._meta.label_lower not in MODELS_NOT_KEPT)
    return sorted(kept, key=lambda model: model._meta.label_lower)


def make_tables(nodes: Sequence[Node], alias: str) -> None:
    """Bring a database to the state that the migrations describe."""
    executor = MigrationExecutor(connections[alias])
    graph, wanted = executor.loader.graph, set(nodes)
    ends = [
        each
        for each in nodes
        if each in graph.nodes
        and not any(n.key in wanted and n.key[0] == each[0] for n in graph.node_map[each].children)
    ]
    executor.migrate(ends)


def lines_of(model: type[Model], alias: str) -> Iterator[bytes]:
    """A line with the columns, then a line a row in the order of the key."""
    fields = _fields(model)
    yield _line([field.attname for field in fields])
    for row in model._base_manager.using(alias).order_by("pk").iterator(ROWS_A_STEP):
        yield _line([_text(field, row) for field in fields])


def load(model: type[Model], lines: Iterator[bytes], alias: str) -> int:
    """Put rows into an empty table as they were, and give their number."""
    fields = {field.attname: field for field in _fields(model)}
    columns = [fields[name] for name in json.loads(next(lines))]
    count = 0
    while step := [_row(model, columns, line) for line in islice(lines, _step(columns, alias))]:
        # As "loaddata" does: no clock, no default and no signal changes what was written.
        rows: Any = model._base_manager.using(alias)
        rows._insert(step, fields=columns, using=alias, raw=True)
        count += len(step)
    return count


def set_counters(models: Sequence[type[Model]], alias: str) -> None:
    """The next row gets the number after the last one."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _step(columns: list[Any], alias: str) -> int:
    return min(ROWS_A_STEP, connections[alias].ops.bulk_batch_size(columns, [None] * ROWS_A_STEP))


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [each for each in model._meta.local_concrete_fields if not each.generated]


def _text(field: Field[Any, Any], row: Model) -> Any:
    return None if field.value_from_object(row) is None else field.value_to_string(row)


def _row(model: type[Model], columns: Sequence[Field[Any, Any]], line: bytes) -> Model:
    values = zip(columns, json.loads(line), strict=True)
    return model(**{f.attname: None if text is None else f.to_python(text) for f, text in values})


def _line(values: list[Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
