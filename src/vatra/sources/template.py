"""An empty city pack: ``city.yaml`` with every key explained, and one CSV file per table."""

from __future__ import annotations

from pathlib import Path

from vatra.sources.city_yaml import FILE_NAME, KEYS, REQUIRED
from vatra.tables import Finding, FindingsError, Table, tables
from vatra.tables.export import write_csv
from vatra.words import LANGUAGES, Language, say

# What a new pack begins with; the other keys are left for the city to fill in.
_GIVEN = {
    "country": "RO",
    "residual_limit_percent": "20",
    "recalculation_threshold_percent": "5",
    "gwp_set": "AR5",
    "gases": "all",
    "languages": "[ro, en]",
    "factor_sets": "[]",
    "synthetic": "false",
}
# A byte order mark makes spreadsheets read the file as UTF-8, so that ș and ț survive.
_CSV_ENCODING = "utf-8-sig"


def write_template(folder: Path | str, lang: Language | None = None) -> list[Path]:
    """Write an empty city pack into a folder, made if it is not there.

    Comments and headings stand in ``lang``, or in both languages when it is None. Returns the
    files written. Raises ``FindingsError`` naming the files that exist already; then nothing is
    written.
    """
    folder = Path(folder)
    langs = LANGUAGES if lang is None else (lang,)
    contents = {FILE_NAME: city_yaml(langs)} | {
        table.file_name: table_csv(table, lang) for table in tables().values()
    }
    existing = sorted(name for name in contents if (folder / name).exists())
    if existing:
        raise FindingsError(
            [
                Finding(
                    "sources.template-exists",
                    "error",
                    folder.name,
                    params={"files": existing, "folder": folder.name},
                )
            ]
        )
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in contents.items():
        encoding = _CSV_ENCODING if name.endswith(".csv") else "utf-8"
        with (folder / name).open("x", encoding=encoding, newline="") as file:
            file.write(content)
        written.append(folder / name)
    return written


def city_yaml(langs: tuple[Language, ...] = LANGUAGES) -> str:
    """The text of an empty ``city.yaml``."""
    lines = [f"# {say('sources.template-city', each)}" for each in langs]
    for key in KEYS:
        lines.append("")
        for each in langs:
            must = say("sources.template-required", each) if key in REQUIRED else ""
            lines.append(f"# {say(f'sources.template-{key}', each)}{must}")
        lines.append(f"{key}: {_GIVEN.get(key, '')}".rstrip())
    return "\n".join(lines) + "\n"


def table_csv(table: Table, lang: Language | None = None) -> str:
    """The heading line of a table's file, in one language or as ``year / an``."""
    headings = [
        " / ".join(dict.fromkeys(table.heading(column, each) for each in ("en", "ro")))
        if lang is None
        else table.heading(column, lang)
        for column in table.columns
    ]
    return write_csv([], headings)
