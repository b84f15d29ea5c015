"""A file or text of tables -> a document, or everything that is wrong with it at once."""

from __future__ import annotations

import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from vatra.linter import csv_text, files, yaml_text
from vatra.linter.document import DEFAULT_RESIDUAL_LIMIT_PERCENT, Document, LintTable
from vatra.linter.shape import check, fault
from vatra.linter.typed import Typed
from vatra.tables import Finding, FindingsError

LARGEST_FILE_BYTES = 20_000_000
TYPED_SUFFIXES = (".yaml", ".yml", ".json", ".csv")
SUFFIXES = (*TYPED_SUFFIXES, ".txt", *files.TEXT_SUFFIXES, *files.OFFICE_SUFFIXES)


def load(path_or_text: Path | str, name: str = "") -> Document:
    """Read a document of tables.

    Parameters
    ----------
    path_or_text : a file of typed tables (``.yaml``, ``.yml``, ``.json``, ``.csv``), a written
        contract (``.md``, ``.html``, ``.docx``, ``.xlsx``, ``.pdf`` with text), a folder of such
        files, or the text itself. What a file is, its first bytes decide.
    name : shown in errors; the file's name when empty

    Returns
    -------
    Document
        With at least one table. Typed tables have the shape the linter reads; tables of a written
        contract have kind "", texts as printed and a place, and the document its passages.

    Raises
    ------
    FindingsError
        All faults of the input at once, each with a code ``linter.*``.
    """
    faults: list[Finding] = []
    document = _Loading(faults).document(path_or_text, name)
    faults += check(document) if document is not None and not faults else []
    if faults or document is None:
        raise FindingsError(faults)
    return document


def load_bytes(content: bytes, name: str) -> Document:
    """Read a document that somebody handed over, as ``load`` reads a file of that name.

    The content lies in a folder of its own while it is read, and nowhere after.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "contract" + Path(name).suffix.lower()[:10])
        path.write_bytes(content)
        return load(path, name)


class _Loading:
    def __init__(self, faults: list[Finding]) -> None:
        self.faults = faults

    def document(self, path_or_text: Path | str, name: str) -> Document | None:
        path = _as_path(path_or_text)
        if path is None:
            return self._from_text(str(path_or_text), name or "text", "")
        name = name or path.name
        if path.is_dir():
            return self._from_folder(path, name)
        return self._from_file(path, name)

    def _from_folder(self, path: Path, name: str) -> Document | None:
        known = {*SUFFIXES} - {".txt"}
        found = []
        for each in sorted(each for each in path.iterdir() if each.suffix.lower() in known):
            before = len(self.faults)
            document = self.document(each, each.name)
            if document is not None:
                found.append(document)
            elif each.suffix.lower() in files.TEXT_SUFFIXES:
                # A page of words beside the tables, such as a read-me file.
                self.faults[before:] = [
                    fault for fault in self.faults[before:] if fault.code != "linter.no-table"
                ]
        if not found:
            if not self.faults:
                self.faults.append(fault("no-table", name))
            return None
        return _joined(found, name)

    def _from_file(self, path: Path, name: str) -> Document | None:
        try:
            size_bytes = path.stat().st_size
            if size_bytes > files.LIMITS.max_bytes:
                self._too_large(name, files.LIMITS.max_bytes)
                return None
            kind = files.kind_of(path, name)
            if kind != "text":
                return self._written(files.read(path, kind, name))
            if size_bytes > LARGEST_FILE_BYTES:
                self._too_large(name, LARGEST_FILE_BYTES)
                return None
            content = path.read_bytes()
        except files.NotReadable as error:
            self.faults.append(error.finding)
            return None
        except OSError:
            self.faults.append(fault("file-missing", name))
            return None
        return self._from_content(content, name, path)

    def _too_large(self, name: str, limit_bytes: int) -> None:
        self.faults.append(fault("too-large", name, megabytes=limit_bytes // 1_000_000))

    def _from_content(self, content: bytes, name: str, path: Path) -> Document | None:
        coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        suffix = path.suffix.lower()
        if content and suffix in files.OFFICE_SUFFIXES:
            self.faults.append(fault("files.misnamed", name, suffix=suffix))
            return None
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            self.faults.append(fault("encoding", name))
            return None
        return self._from_text(text, name, suffix, path.stem)

    def _written(self, document: Document) -> Document | None:
        """A written contract; one without a table is a fault."""
        if document.tables:
            return document
        self.faults.append(fault("no-table", document.name))
        return None

    def _from_text(self, text: str, name: str, suffix: str, stem: str = "") -> Document | None:
        if not text.strip():
            self.faults.append(fault("empty", name))
            return None
        if "\0" in text:
            self.faults.append(fault("encoding", name))
            return None
        if suffix in files.TEXT_SUFFIXES or (
            suffix in ("", ".txt") and _looks_written(text, known=suffix == ".txt")
        ):
            return self._written(files.of_text(text, name))
        if suffix == ".csv" or (suffix in ("", ".txt") and _looks_like_csv(text)):
            return Typed(self.faults).document({"id": stem or "table"} | csv_text.parse(text), name)
        try:
            raw = yaml_text.parse(text, as_json=suffix == ".json")
        except yaml_text.NotReadable as error:
            line = str(error.line)
            self.faults.append(fault("not-readable", name, line=line, problem=error.problem))
            return None
        return Typed(self.faults).document(raw, name)


def _as_path(given: Path | str) -> Path | None:
    """The path that is meant, None when the text itself was given."""
    if isinstance(given, Path):
        return given
    if not given.strip() or "\n" in given or len(given) > 1000 or given.lstrip()[:1] in ("{", "["):
        return None
    path = Path(given)
    try:
        known = path.exists()
    except (OSError, ValueError):
        return None
    return path if known or path.suffix.lower() in SUFFIXES else None


def _looks_written(text: str, known: bool) -> bool:
    """Whether a text is a written contract rather than tables typed for the linter.

    Typed tables say their kind; a text without a file's name needs a table to be one.
    """
    if text.lstrip()[:1] in ("{", "["):
        return False
    if re.search(r"\bkind[\"']?\s*[:=]", text):
        return False
    return known or files.looks_like_markdown(text)


def _looks_like_csv(text: str) -> bool:
    """Whether the lines after the ``#`` lines are cells rather than ``key: value``."""
    lines = [
        line
        for line in text.splitlines()
        if line.strip() and not line.lstrip(' \t"\ufeff').startswith("#")
    ]
    if not lines or lines[0].lstrip()[:1] in ("{", "[", "-"):
        return False
    keys = re.match(r"^\s*['\"]?[\w ]+['\"]?\s*:(\s|$)", lines[0])
    return not keys and any(sign in lines[0] for sign in csv_text.DELIMITERS)


def _joined(documents: Sequence[Document], name: str) -> Document:
    """Several files of one folder as one document; what they state about it is merged."""

    def stated(key: str, default: Any) -> Any:
        values = [getattr(each, key) for each in documents]
        return next((value for value in values if value != default), default)

    return Document(
        tables=_told_apart(documents),
        name=name,
        city=stated("city", ""),
        country=stated("country", ""),
        base_year=stated("base_year", None),
        target_year=stated("target_year", None),
        residual_limit_percent=stated("residual_limit_percent", DEFAULT_RESIDUAL_LIMIT_PERCENT),
        numbers=stated("numbers", ""),
        passages=[passage for each in documents for passage in each.passages],
        language=stated("language", ""),
        notes=[note for each in documents for note in each.notes],
    )


def _told_apart(documents: Sequence[Document]) -> list[LintTable]:
    """All tables; those of written contracts bear their file's name where two are called alike."""
    ids = Counter(table.id for each in documents for table in each.tables)
    return [
        replace(table, id=f"{each.name}: {table.id}")
        if table.place and ids[table.id] > 1
        else table
        for each in documents
        for table in each.tables
    ]
