"""Who may read by programs, whose token it is, and who may see the work."""

from __future__ import annotations

from datetime import timedelta

from tests.web.people.rights import ALL, NOBODY, READ, SEND, SIGNED_IN, TAKE, Right, World
from tests.web.people.rights import city_right as page_right
from vatra.web.api.actions import do_make_token
from vatra.web.people.holding import today

MEMBERS = ALL - {"visitor", "stranger", "foreign"}
# What an unproved administrator may not make, they may still look at; see the tests of tokens.
_CITY = (
    "contract", "editions", "findings", "totals", "gpc", "cells", "rows", "factors", "parameters",
    "measures", "actions", "pathway", "finance", "progress", "buildings", "charts", "datasets",
)  # fmt: skip


def _api(route: str, readers: frozenset[str] = ALL) -> Right:
    return Right(f"/api/v1/{route}", READ, readers)


def _of_city(route: str, readers: frozenset[str] = ALL) -> Right:
    return _api(f"cities/poiana{route}", readers)


RIGHTS = {
    "api:docs": Right("/{lang}/api/", READ),
    "api:data": page_right("data/", READ, ALL),
    "api:tokens": Right("/{lang}/account/tokens/", TAKE, SIGNED_IN, SIGNED_IN),
    # A token of somebody else: for everybody but its owner there is none.
    "api:revoke": Right(
        "/{lang}/account/tokens/{token}/revoke/", SEND, NOBODY, frozenset({"administrator"})
    ),
    "v1:index": _api(""),
    "v1:openapi": _api("openapi.json"),
    "v1:catalog": _api("catalog.jsonld"),
    "v1:cities": _api("cities"),
    "v1:city": _of_city(""),
    **{f"v1:{name}": _of_city(f"/{name}") for name in _CITY},
    "v1:rows-stream": _of_city("/rows.ndjson"),
    "v1:buildings-map": _of_city("/buildings.geojson"),
    "v1:number": _of_city("/numbers/total.2021"),
    "v1:chart": _of_city("/charts/sectors_scopes"),
    "v1:versions": _of_city("/work/versions", MEMBERS),
    "v1:sheet": _of_city("/work/versions/1/tables/energy", MEMBERS),
    # No such address: told to everybody alike.
    "v1:unknown": _api("nothing", NOBODY),
}


def things(world: World) -> dict[str, object]:
    """A token of Poiana's administrator."""
    made, _ = do_make_token(
        name="map",
        scopes=("read",),
        city=None,
        expires=today() + timedelta(days=9),
        actor=world.people["administrator"],
    )
    return {"token": made.pk}
