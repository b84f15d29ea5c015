"""An output folder holds the pack it was computed from, files that are no tables among them."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import pytest

from vatra.runs.contract import run
from vatra.runs.publish import PACK, publish

CLUJ = Path("examples/cluj")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(CLUJ, folder)
    (folder / "buildings.geojson").write_text("{}", "utf-8")
    (folder / "climate.epw").write_text("LOCATION", "utf-8")
    (folder / "letter.docx").write_bytes(b"private")
    (folder / "energy.csv").chmod(0o600)
    return folder


def test_footprints_and_weather_go_with_the_tables_and_nothing_else(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    # What the documents hold is tested where they are written.
    monkeypatch.setattr("vatra.contract.render.render_all", lambda *given: [])
    out = tmp_path / "out"
    publish(run(pack), out)
    assert (out / PACK / "buildings.geojson").read_text("utf-8") == "{}"
    assert (out / PACK / "climate.epw").exists()
    assert (out / PACK / "energy.csv").read_bytes() == (CLUJ / "energy.csv").read_bytes()
    assert not (out / PACK / "letter.docx").exists()
    # Whoever serves the folder is often another account than whoever wrote it.
    assert {stat.S_IMODE(each.stat().st_mode) for each in (out / PACK).iterdir()} == {0o644}
    # A drawing that was taken out of the pack is taken out of the output too.
    (pack / "buildings.geojson").unlink()
    publish(run(pack), out)
    assert not (out / PACK / "buildings.geojson").exists()
