"""Write a run to a folder: the sealed contract, its files, the rows behind it and the pack."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import tempfile
from pathlib import Path

from vatra.contract import pretty
from vatra.runs.contract import Run
from vatra.words import Language, language

CONTRACT = "contract.json"
PACK = "pack"
ROWS = "rows"
# Files of a pack that are no tables: where buildings stand, and weather of the city's own.
BESIDE = ("buildings.geojson", "climate.epw")


def publish(run: Run, folder: Path, languages: tuple[Language, ...] = ()) -> list[Path]:
    """Write everything a run gives.

    ``contract.json`` the sealed document; ``contract.<lang>.pdf|docx|xlsx``, tables and charts;
    ``rows/<sha256>.parquet`` the result rows, one per source row and gas; ``pack/`` the source
    files, so that the folder can be computed again anywhere. Each file appears whole or not at
    all.
    """
    # The document writers take half a second to load, which no other verb should wait for.
    from vatra.contract.render import render_all

    folder.mkdir(parents=True, exist_ok=True)
    wanted = languages or tuple(language(each) for each in run.pack.city.languages)
    written = [_write(folder / CONTRACT, pretty(run.contract))]
    written += render_all(run.contract, folder, wanted)
    written.append(_rows(run, folder / ROWS))
    written += _copy_pack(run, folder / PACK)
    return written


def _rows(run: Run, folder: Path) -> Path:
    buffer = io.BytesIO()
    run.inventory.rows.write_parquet(buffer, compression="zstd", statistics=False)
    content = buffer.getvalue()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.parquet"):
        old.unlink()
    return _write(folder / f"{hashlib.sha256(content).hexdigest()}.parquet", content)


def _copy_pack(run: Run, folder: Path) -> list[Path]:
    source = run.pack.folder
    if source.resolve() == folder.resolve():
        return []
    folder.mkdir(parents=True, exist_ok=True)
    names = ["city.yaml", *(each.file for each in run.pack.evidence.values())]
    names += [each for each in BESIDE if (source / each).is_file()]
    for stale in folder.iterdir():
        if stale.is_file() and stale.name not in names:
            stale.unlink()
    return [_copy(source / name, folder / name) for name in names]


def _copy(source: Path, target: Path) -> Path:
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as stream:
        temporary = Path(stream.name)
    shutil.copyfile(source, temporary)
    # As the other files: the account that serves them is often another one.
    os.chmod(temporary, 0o644)
    os.replace(temporary, target)
    return target


def _write(path: Path, content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as stream:
        stream.write(content)
    os.chmod(stream.name, 0o644)
    os.replace(stream.name, path)
    return path
