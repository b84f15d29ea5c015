"""Poiana, as the tests of its workspace have it."""

from tests.web.workspace.conftest import ana, first, own_data, poiana  # noqa: F401
