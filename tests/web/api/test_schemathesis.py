"""The API against its own description: drawn requests, good and bad, with and without a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings

from tests.web.people.cast import member
from vatra.web.api.actions import do_make_token
from vatra.web.api.schema import described
from vatra.web.api.v1 import BASE, api
from vatra.web.cities.models import City
from vatra.web.people.holding import today
from vatra.web.site.wsgi import application
from vatra.web.workspace.actions_start import do_open_workspace

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Names that exist, so that drawn requests come past the door; others are drawn as well.
KNOWN = {"city": "cluj-napoca", "number": "buildings.2021", "name": "pathway", "table": "energy"}
DRAWN = settings(
    max_examples=12,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def served(environ: dict[str, Any], start_response: Any) -> Any:
    """The site as a server asks it, with the address that a request came from; not compressed,
    since this way of asking does not unpack."""
    more = {"REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "identity"}
    return application(environ | more, start_response)


@pytest.fixture(autouse=True)
def unlimited(settings: Any) -> None:
    settings.API_LIMIT_A_MINUTE = settings.API_TOKEN_LIMIT_A_MINUTE = 1_000_000


@pytest.fixture(autouse=True)
def worked_on(stocked: City) -> None:
    """A city that is shown and worked on."""
    do_open_workspace(city=stocked, actor=None)


@pytest.fixture
def token(stocked: City) -> str:
    """A token that opens the work."""
    _, written = do_make_token(
        name="test",
        scopes=("read", "work"),
        city=None,
        expires=today() + timedelta(days=1),
        actor=member("ana", stocked, "editor"),
    )
    return str(written)


schema = schemathesis.openapi.from_dict(described(api, BASE, "en"))
schema.app = served


def known(case: Any) -> None:
    """Every second request that is to be answered is about something that exists."""
    parameters = case.path_parameters or {}
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    if sum(map(len, map(str, parameters.values()))) % 2:
        for name, value in KNOWN.items():
            if name in parameters:
                parameters[name] = value
        if "number" in parameters and "versions" in case.operation.path:
            parameters["number"] = 1


@schema.parametrize()
@DRAWN
def test_without_a_token(case: Any) -> None:
    known(case)
    case.call_and_validate()


@schema.parametrize()
@DRAWN
def test_with_a_token(case: Any, token: str) -> None:
    known(case)
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"})
