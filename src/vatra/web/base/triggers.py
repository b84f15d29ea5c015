"""What the database itself holds: an entry of the log is never changed and never removed."""

from __future__ import annotations

from typing import Any

TABLE = "base_auditentry"
SQLITE = tuple(
    f"CREATE TRIGGER {TABLE}_no_{verb} BEFORE {verb} ON {TABLE} "
    "BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END"
    for verb in ("update", "delete")
)
POSTGRESQL = (
    f"CREATE OR REPLACE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the log is only ever added to'; END $$",
    f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()",
    f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
    f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()",
)
DROP = {
    "sqlite": tuple(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}" for verb in ("update", "delete")),
    "postgresql": (
        f"DROP TRIGGER IF EXISTS {TABLE}_no_change ON {TABLE}",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_truncate ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
    ),
}
CREATE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def install(connection: Any) -> None:
    """Make the database refuse; databases we do not know are left as they are."""
    _run(connection, CREATE)


def remove(connection: Any) -> None:
    """Let the database allow changes again; for a migration that alters the table."""
    _run(connection, DROP)


def _run(connection: Any, statements: dict[str, tuple[str, ...]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements.get(connection.vendor, ()):
            cursor.execute(statement)
