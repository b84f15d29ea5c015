"""A blueprint on disk: one plain zip, or its folder; opened with care, as it comes from others.

``blueprint.json`` is what is applied; the CSV files beside it say the same to people; the manifest
holds the SHA-256 of each. Nothing is compressed, so that the same blueprint has the same bytes on
every machine and nothing can swell while it is read.
"""

from __future__ import annotations

import hashlib
import io
import json
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vatra.contract import seal
from vatra.contract.canonical import pretty
from vatra.contract.seal import altered_sections, seal_value
from vatra.runs.blueprint import FORMAT
from vatra.tables.export import write_csv
from vatra.words import LANGUAGES, Language, say

MANIFEST, CONTENT, README = "manifest.json", "blueprint.json", "README.txt"
MANIFEST_FORMAT = "vatra-quarter-blueprint-manifest/1"
SHEETS = ("packages", "results", "prices", "programmes")
NAMES = (CONTENT, README, *(f"{each}.csv" for each in SHEETS))
# A quarter of thousands of blocks stays far below.
MOST_BYTES = 20_000_000
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_DEPTH_MOST = 12


class BlueprintError(ValueError):
    """A package that is not taken: a stable ``code``, said in a language."""

    def __init__(self, name: str, /, **params: object) -> None:
        self.code = f"runs.blueprint-{name}"
        self.params = dict(params)
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """What is wrong and what to do."""
        return say(self.code, lang, **self.params)


# writing


def as_files(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file of a blueprint by name, the manifest last."""
    files = {CONTENT: pretty(dict(document)), README: _readme(document).encode()}
    for name in SHEETS:
        rows = [_flat(each) for each in document[name]]
        keys = list(dict.fromkeys(key for row in rows for key in row))
        text = write_csv([[row.get(key) for key in keys] for row in rows], keys)
        files[f"{name}.csv"] = text.encode()
    hashes = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "byte_count": len(content)}
        for name, content in sorted(files.items())
    }
    manifest = seal({"files": hashes, "blueprint": document["seal"]["value"]}, MANIFEST_FORMAT)
    return {**dict(sorted(files.items())), MANIFEST: pretty(manifest)}


def as_zip(document: Mapping[str, Any]) -> bytes:
    """The blueprint as one file: the same bytes on every machine."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as whole:
        for name, content in as_files(document).items():
            info = zipfile.ZipInfo(name, _ZIP_TIME)
            info.external_attr = 0o600 << 16
            info.create_system = 3
            whole.writestr(info, content)
    return out.getvalue()


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: value for key, value in row.items() if key != "options"}
    return found | {f"option_{axis}": name for axis, name in row.get("options", {}).items()}


def _readme(document: Mapping[str, Any]) -> str:
    about = document["about"]
    said = {
        "name": about["name"],
        "blocks": about["blocks_count"],
        "flats": about["flats_count"],
        "climate": about["climate"]["name"],
        "day": about["on_date"],
        "seal": document["seal"]["value"],
    }
    parts = []
    for lang in LANGUAGES:
        parts.append(say("runs.blueprint-readme", lang, **said))
        if about["synthetic"]:
            parts.append(say("runs.blueprint-readme-synthetic", lang))
    return "\n\n".join(parts) + "\n"


# reading


def read_blueprint(path: Path) -> dict[str, Any]:
    """A blueprint from a zip or a folder, whole and as it was sealed.

    Raises ``BlueprintError`` for what is no blueprint, was changed since, or is built to do harm:
    other names, paths, links, more or larger files than a blueprint has.
    """
    files = _from_folder(path) if path.is_dir() else _from_zip(path)
    missing = sorted({MANIFEST, *NAMES} - set(files))
    if missing:
        raise BlueprintError("missing", file=path.name, names=missing)
    manifest = _json(files[MANIFEST], MANIFEST, path)
    if manifest.get("format") != MANIFEST_FORMAT or not _sealed(manifest):
        raise BlueprintError("manifest", file=path.name)
    _check_hashes(manifest, files, path)
    document = _json(files[CONTENT], CONTENT, path)
    if document.get("format") != FORMAT:
        raise BlueprintError("foreign", file=path.name, format=str(document.get("format"))[:60],
                             known=FORMAT)  # fmt: skip
    if not _sealed(document):
        raise BlueprintError("changed", file=path.name, names=[CONTENT])
    return document


def _from_folder(path: Path) -> dict[str, bytes]:
    files = {}
    for name in (MANIFEST, *NAMES):
        inner = path / name
        if inner.is_symlink() or (inner.exists() and not inner.is_file()):
            raise BlueprintError("unsafe", file=path.name, name=name)
        if inner.exists():
            if inner.stat().st_size > MOST_BYTES:
                raise BlueprintError("large", file=path.name, most_mb=MOST_BYTES // 1_000_000)
            files[name] = inner.read_bytes()
    return files


def _from_zip(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        raise BlueprintError("absent", file=str(path))
    if path.stat().st_size > MOST_BYTES:
        raise BlueprintError("large", file=path.name, most_mb=MOST_BYTES // 1_000_000)
    try:
        with zipfile.ZipFile(path) as whole:
            entries = whole.infolist()
            _check_entries(entries, path)
            return {each.filename: _bounded(whole, each, path) for each in entries}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError,
            RuntimeError, ValueError) as fault:  # fmt: skip
        if isinstance(fault, BlueprintError):
            raise
        raise BlueprintError("broken", file=path.name) from fault


def _check_entries(entries: list[zipfile.ZipInfo], path: Path) -> None:
    """Only names that a blueprint has, each once, plain and small, before a byte is unpacked."""
    known = {MANIFEST, *NAMES}
    for each in entries:
        kind = stat.S_IFMT(each.external_attr >> 16)
        if each.filename not in known or (kind and not stat.S_ISREG(kind)):
            raise BlueprintError("unsafe", file=path.name, name=each.filename[:80])
        if each.flag_bits & 0x1:
            raise BlueprintError("broken", file=path.name)
    if len({each.filename for each in entries}) != len(entries):
        raise BlueprintError("broken", file=path.name)
    if sum(each.file_size for each in entries) > MOST_BYTES:
        raise BlueprintError("large", file=path.name, most_mb=MOST_BYTES // 1_000_000)


def _bounded(whole: zipfile.ZipFile, entry: zipfile.ZipInfo, path: Path) -> bytes:
    """A file of the zip, read no further than its stated size: a header may lie."""
    with whole.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise BlueprintError("broken", file=path.name)
    return content


def _check_hashes(manifest: Mapping[str, Any], files: Mapping[str, bytes], path: Path) -> None:
    stated = manifest["files"]
    changed = sorted(
        name
        for name in NAMES
        if not isinstance(stated, dict)
        or not isinstance(stated.get(name), dict)
        or stated[name].get("sha256") != hashlib.sha256(files[name]).hexdigest()
    )
    if changed:
        raise BlueprintError("changed", file=path.name, names=changed)


def _sealed(document: dict[str, Any]) -> bool:
    """Whether a document is as it was sealed."""
    written = document.get("seal")
    try:
        return (
            isinstance(written, dict)
            and written.get("value") == seal_value(document)
            and not altered_sections(document)
        )
    except TypeError:
        return False


def _json(content: bytes, name: str, path: Path) -> dict[str, Any]:
    try:
        found = json.loads(content.decode())
    except (ValueError, RecursionError) as fault:
        raise BlueprintError("broken", file=path.name) from fault
    if not isinstance(found, dict) or _depth(found) > _DEPTH_MOST:
        raise BlueprintError("changed", file=path.name, names=[name])
    return found


def _depth(content: Any, so_far: int = 0) -> int:
    if so_far > _DEPTH_MOST or not isinstance(content, dict | list):
        return so_far
    inner = content.values() if isinstance(content, dict) else content
    return max((_depth(each, so_far + 1) for each in inner), default=so_far)
