"""All files of a contract: their names, their bytes in another process, never half a file."""

from __future__ import annotations

import csv as csv_reader
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from vatra.contract.charts import charts
from vatra.contract.render import render_all, rendered, write_whole
from vatra.contract.render.csv import csv
from vatra.contract.render.tables import table, tables

OTHER_PROCESS = """
import hashlib, json, sys
from vatra.contract.render import rendered
document = json.load(sys.stdin)
hashes = {name: hashlib.sha256(data).hexdigest() for name, data in rendered(document, "ro")}
print(json.dumps(hashes))
"""


@pytest.mark.slow
def test_every_file_has_its_place(sealed: dict[str, Any], tmp_path: Path) -> None:
    written = render_all(sealed, tmp_path, ["ro", "en-GB"])
    names = {path.relative_to(tmp_path).as_posix() for path in written}
    for lang in ("ro", "en"):
        assert {f"contract.{lang}.{ending}" for ending in ("pdf", "docx", "xlsx")} <= names
        assert {f"charts/{each.name}.{lang}.svg" for each in charts(sealed, lang)} <= names  # type: ignore[arg-type]
        assert {f"tables/{each.id}.{lang}.csv" for each in tables(sealed, lang)} <= names  # type: ignore[arg-type]
    on_disk = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert on_disk == names
    assert all(path.stat().st_mode & 0o044 for path in written)


def test_a_language_nobody_speaks_here_is_refused(sealed: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="language 'fr' is not one of ro, en"):
        render_all(sealed, tmp_path, ["ro", "fr"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_another_process_writes_the_same_bytes(sealed: dict[str, Any]) -> None:
    here = {name: hashlib.sha256(data).hexdigest() for name, data in rendered(sealed, "ro")}
    done = subprocess.run(
        [sys.executable, "-c", OTHER_PROCESS],
        input=json.dumps(sealed),
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "RAYON_NUM_THREADS": "2"},
    )
    assert json.loads(done.stdout) == here


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "contract.ro.pdf"
    write_whole(target, b"old")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("vatra.contract.render.files.os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_csv_reads_back_as_the_table(sealed: dict[str, Any]) -> None:
    for each in tables(sealed, "ro"):
        text = csv(each, sealed, "ro").decode("utf-8-sig")
        rows = list(csv_reader.reader(io.StringIO(text)))
        assert tuple(rows[0]) == each.headings
        assert len(rows) == 1 + len(each.rows)
        for read, meant in zip(rows[1:], each.rows, strict=True):
            for cell, value in zip(read, meant, strict=True):
                if isinstance(value, int | float):
                    assert float(cell) == value
                elif value is None:
                    assert cell == ""


def test_a_csv_runs_nothing_in_a_spreadsheet(document: dict[str, Any]) -> None:
    document["measures"][0]["name"] = {"en": "=HYPERLINK(1)", "ro": "@SUM(1)"}
    for lang, cell in (("en", "'=HYPERLINK(1)"), ("ro", "'@SUM(1)")):
        found = table("b-2.2", document, lang)  # type: ignore[arg-type]
        assert found is not None
        rows = list(csv_reader.reader(io.StringIO(csv(found, document, lang).decode("utf-8-sig"))))  # type: ignore[arg-type]
        assert rows[1][1] == cell


def test_synthetic_data_are_marked_in_every_row_of_a_csv(document: dict[str, Any]) -> None:
    document["city"]["synthetic"] = True
    for each in tables(document, "en"):
        lines = csv(each, document, "en").decode("utf-8-sig").splitlines()
        assert all(line.endswith(",SYNTHETIC DATA") for line in lines[1:])
