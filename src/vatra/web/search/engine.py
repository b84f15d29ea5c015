"""How words are found: by the full-text index of SQLite or of PostgreSQL, else by LIKE."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from vatra.web.cities.models import City
from vatra.web.search.folding import words
from vatra.web.search.models import Entry

# A word of a title is kept once more behind this, so that titles can be searched alone; what
# there are thousands of carries the other one. A person's word that begins so finds nothing more.
IN_TITLE, BULK = "zqt", "zqb"
TABLE = "search_entry"
FTS = "search_words"
_VECTOR = f"array_to_tsvector(string_to_array({TABLE}.folded, ' '))"
# PostgreSQL looks up every entry that holds a word before it gives the first of them. What there
# are thousands of therefore lies on shelves of some cities each, whose indexes are asked one after
# the other until there is enough; all the rest on a small one of its own.
SHELVES_COUNT, REST = 16, -1
SHELVES = {REST: f"{FTS}_rest"} | {each: f"{FTS}_{each}" for each in range(SHELVES_COUNT)}
_SHELF = (
    f"(CASE WHEN right({TABLE}.folded, {len(BULK) + 1}) = ' {BULK}' "
    f"THEN mod(coalesce({TABLE}.city_id, 0), {SHELVES_COUNT}) ELSE {REST} END)"
)

SQLITE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5(folded, content='{TABLE}', "
    "content_rowid='id', detail='none', prefix='2 3 5 6', "
    "tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_in AFTER INSERT ON {TABLE} BEGIN "
    f"INSERT INTO {FTS}(rowid, folded) VALUES (new.id, new.folded); END",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_out AFTER DELETE ON {TABLE} BEGIN "
    f"INSERT INTO {FTS}({FTS}, rowid, folded) VALUES ('delete', old.id, old.folded); END",
    f"CREATE TRIGGER IF NOT EXISTS {FTS}_change AFTER UPDATE OF folded ON {TABLE} BEGIN "
    f"INSERT INTO {FTS}({FTS}, rowid, folded) VALUES ('delete', old.id, old.folded); "
    f"INSERT INTO {FTS}(rowid, folded) VALUES (new.id, new.folded); END",
    # What stood there before the index was made.
    f"INSERT INTO {FTS}({FTS}) VALUES ('rebuild')",
)
POSTGRESQL = (
    *(
        f"CREATE INDEX IF NOT EXISTS {name} ON {TABLE} USING gin "
        f"({_VECTOR}) WHERE {_SHELF} = {shelf}".replace(f"{TABLE}.", "")
        for shelf, name in SHELVES.items()
    ),
    # The one index of earlier versions.
    f"DROP INDEX IF EXISTS {FTS}",
)


def install(database: Any) -> None:
    """Make the index of a database beside its table; nothing where it knows none."""
    if TABLE not in database.introspection.table_names():
        return
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(database.vendor, ())
    if database.vendor == "sqlite" and (_has_fts(database) or not _knows_fts(database)):
        return
    with database.cursor() as cursor:
        for each in statements:
            cursor.execute(each)


def _knows_fts(database: Any) -> bool:
    with database.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pragma_compile_options WHERE compile_options='ENABLE_FTS5'")
        return cursor.fetchone() is not None


def _has_fts(database: Any) -> bool:
    with database.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [FTS])
        return cursor.fetchone() is not None


@cache
def _here_has_fts() -> bool:
    return _has_fts(connection)


def words_kept(title: str, rest: Iterable[str], bulk: bool) -> str:
    """What ``Entry.folded`` holds: every word once, those of the title twice."""
    of_title = list(dict.fromkeys(words(title)))
    others = [each for text in rest for each in words(text)]
    found = dict.fromkeys([*of_title, *others, *(f"{IN_TITLE}{each}" for each in of_title)])
    return " ".join([*found, *([BULK] if bulk else [])])


def having(
    found: QuerySet[Entry], wanted: list[str], *, in_title: bool, bulk: bool, city: City | None
) -> QuerySet[Entry]:
    """Entries with words that begin with every one of ``wanted``, in no order; those of a city
    alone where one is given. The answer can be cut and listed, no more."""
    starts = [f"{IN_TITLE}{each}" if in_title else each for each in wanted]
    if city:
        found = found.filter(city=city)
    if connection.vendor == "postgresql":
        return _by_vector(found, starts, _shelves(bulk, city))
    if connection.vendor == "sqlite" and _here_has_fts():
        return _by_fts(found, starts, bulk)
    return _by_like(found, starts, bulk)


# Words hold letters and digits only: nothing in them speaks to the database.
def _by_fts(found: QuerySet[Entry], starts: list[str], bulk: bool) -> QuerySet[Entry]:
    match = " AND ".join(f'"{each}"*' for each in starts)
    match = f'({match}) AND "{BULK}"' if bulk else f'({match}) NOT "{BULK}"'
    return found.extra(
        tables=[FTS],
        where=[f"{FTS}.rowid = {TABLE}.id", f"{FTS} MATCH %s"],
        params=[match],
    )


# One statement: the database comes to the next shelf when the one before gave too little.
def _by_vector(found: QuerySet[Entry], starts: list[str], shelves: list[int]) -> QuerySet[Entry]:
    query = " & ".join(f"'{each}':*" for each in starts)
    first, *others = (
        found.extra(where=[f"{_SHELF} = {each}", f"{_VECTOR} @@ %s::tsquery"], params=[query])
        for each in shelves
    )
    return first.union(*others, all=True) if others else first


def _shelves(bulk: bool, city: City | None) -> list[int]:
    if not bulk:
        return [REST]
    return [city.pk % SHELVES_COUNT] if city else list(range(SHELVES_COUNT))


def _by_like(found: QuerySet[Entry], starts: list[str], bulk: bool) -> QuerySet[Entry]:
    for each in starts:
        found = found.filter(Q(folded__startswith=each) | Q(folded__contains=f" {each}"))
    is_bulk = Q(folded__endswith=f" {BULK}")
    return found.filter(is_bulk if bulk else ~is_bulk)
