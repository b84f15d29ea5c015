"""Cities for the tests of the web wing: Cluj-Napoca as published, and one whose names attack."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from tests.rendered import once
from tests.web.ops.both import installation  # noqa: F401
from tests.web.start import DATA
from vatra.contract.render import files
from vatra.runs.contract import run
from vatra.runs.publish import publish
from vatra.web.cities.kept import SHELF
from vatra.web.cities.models import City
from vatra.web.contracts.actions import do_register_folder

ROOT = Path(__file__).resolve().parents[2]
CLUJ = ROOT / "examples" / "cluj"
# What someone types into a spreadsheet to run a script in a browser or a formula in Excel.
SCRIPT_NAME = "<script>alert(1)</script> & \"Orașul\" 'X'"
IMAGE_NAME = "<img src=x onerror=alert(1)>"
FORMULA_NAME = '=HYPERLINK("#";"Faceți clic")'


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What walks through Poiana needs the database, also where nothing else is asked to run."""
    for item in items:
        if "walk" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db)


def write_output(pack: Path, folder: Path, shelf: Path) -> Path:
    """Run a pack the whole way and write its output folder, with what is on the shelf already."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "rendered", once(shelf))
        publish(run(pack), folder)
    return folder


@pytest.fixture(scope="session")
def cluj_folder(shelf: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_output(CLUJ, tmp_path_factory.mktemp("cluj"), shelf)


@pytest.fixture(scope="session")
def hostile_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cluj's rows under names that attack, marked as synthetic."""
    pack = tmp_path_factory.mktemp("hostile-pack")
    shutil.copytree(CLUJ, pack, dirs_exist_ok=True)
    city = (pack / "city.yaml").read_text("utf-8")
    quoted = SCRIPT_NAME.replace("'", "''")
    city = city.replace("name: Cluj-Napoca", f"name: '{quoted}'")
    city = city.replace("code: cluj-napoca", "code: atac").replace(
        "synthetic: false", "synthetic: true"
    )
    (pack / "city.yaml").write_text(city, "utf-8")
    measures = (pack / "measures.csv").read_text("utf-8")
    measures = measures.replace("Green roofs,Acoperișuri verzi", f"{IMAGE_NAME},{IMAGE_NAME}")
    formula = '"' + FORMULA_NAME.replace('"', '""') + '"'
    measures = measures.replace("Walkable city,Oraș pietonal", f"{formula},{formula}")
    (pack / "measures.csv").write_text(measures, "utf-8")
    return pack


@pytest.fixture(scope="session")
def hostile_folder(
    shelf: Path, hostile_pack: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return write_output(hostile_pack, tmp_path_factory.mktemp("hostile"), shelf)


@pytest.fixture
def cluj(db: None, cluj_folder: Path) -> City:
    """Cluj-Napoca, registered."""
    return do_register_folder(folder=cluj_folder, actor="test")


@pytest.fixture
def hostile(db: None, hostile_folder: Path) -> City:
    """The synthetic city with names that attack, registered."""
    return do_register_folder(folder=hostile_folder, actor="test")


@pytest.fixture(scope="session")
def stocked_folder(cluj_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cluj-Napoca's output with the made-up buildings of the other example in its pack."""
    folder = tmp_path_factory.mktemp("stocked") / "cluj"
    shutil.copytree(cluj_folder, folder)
    for file in (ROOT / "examples" / "iasi").glob("building*"):
        shutil.copy(file, folder / "pack")
    return folder


@pytest.fixture
def stocked(db: None, stocked_folder: Path) -> City:
    """Cluj-Napoca with sixty synthetic blocks, registered."""
    return do_register_folder(folder=stocked_folder, actor="test")


@pytest.fixture(scope="session", autouse=True)
def connection_stays() -> Iterator[None]:
    """Who closes a response does not close the transaction that a test, or a world made for many
    tests, lives in.

    At the end of a request Django drops a connection that is in a transaction: it would be gone
    for the rest of the test.
    """
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def unless_testing(connection: BaseDatabaseWrapper) -> None:
        if not connection.in_atomic_block:
            close(connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", unless_testing)
        yield


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """A page that an earlier test saw is made anew."""
    SHELF.clear()


@pytest.fixture(scope="session", autouse=True)
def no_data_left() -> Iterator[None]:
    """The data folder goes with the session."""
    yield
    shutil.rmtree(DATA, ignore_errors=True)
