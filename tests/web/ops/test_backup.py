"""A backup comes back whole on an empty machine, or not at all."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.web.ops.conftest import SET_UP, Installation
from vatra.web.ops.archive import digest_of, writing
from vatra.web.ops.errors import OpsError

EXAMPLE = Path("ops/vatra.env.example")
RESTORE = """
import sys
from pathlib import Path
from vatra.web.ops.start import prepare
prepare(None, must_exist=False)
from vatra.web.ops import restore
import os, signal
def die(*_):
    os.kill(os.getpid(), signal.SIGKILL)
"""
# Where the power goes: at the first row, after the rows, between two files put in their places.
MOMENTS = {
    "reading rows": "restore.load = die",
    "before moving": "restore._move = die",
    "while moving": """
rename, done = os.rename, []
def once(*names):
    if done:
        die()
    done.append(names)
    rename(*names)
os.rename = once
""",
}
END = "\nrestore.do_restore_installation(file=Path(sys.argv[1]))\n"


def hashes(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def rows(data: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "vatra.sqlite3")) as database:
        return database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()


@pytest.mark.slow
def test_everything_comes_back_and_every_hash_still_verifies(
    installed: Installation, backup: Path, cluj_folder: Path, tmp_path: Path
) -> None:
    new = Installation(tmp_path / "new" / "data")
    digest = digest_of(backup)
    told = new.as_json("restore", backup, "--digest", digest)
    assert told["city_count"] == 1
    assert hashes(new.data / "cities" / "cluj-napoca") == hashes(cluj_folder)
    assert (new.data / "secret-key").read_bytes() == (installed.data / "secret-key").read_bytes()
    for table in ("contracts_contractedition", "people_user", "django_content_type"):
        assert rows(new.data, table) == rows(installed.data, table)
    # The backup is the last line of the old log; it was made before that line.
    assert rows(new.data, "base_auditentry") == rows(installed.data, "base_auditentry")[:2]
    checked = new.as_json("check")
    assert checked["ok"]
    fine = ("database", "migrations", "cities", "store", "unwanted", "log", "disk", "permissions")
    # The address is a setting of the place, not a part of the backup: it is set there again.
    wanted = dict.fromkeys(fine, "ok") | {"address": "warning"}
    assert {each["check"]: each["severity"] for each in checked["checks"]} == wanted
    assert sorted(each.name for each in new.data.iterdir()) == [
        "cities",
        "secret-key",
        "vatra.sqlite3",
    ]


@pytest.mark.slow
def test_with_the_settings_of_the_example_a_backup_comes_back(backup: Path, tmp_path: Path) -> None:
    lines = [each for each in EXAMPLE.read_text("utf-8").splitlines() if each]
    said = dict(each.split("=", 1) for each in lines if not each.startswith("#"))
    place = {name: said.pop(name) for name in ("VATRA_DATA", "VATRA_DATABASE_URL")}
    assert all(place.values()) and said["VATRA_SECRET_KEY"] == ""
    new = Installation(tmp_path / "data", more=said)
    new.admin("restore", backup)
    assert new.as_json("check")["ok"]


@pytest.mark.slow
def test_a_restored_installation_can_be_backed_up_and_written_to(
    backup: Path, tmp_path: Path
) -> None:
    new = Installation(tmp_path / "data")
    new.admin("restore", backup)
    new.admin("backup", tmp_path / "second.zip")
    # The line of that backup follows the restored ones in the chain.
    assert "3 entries" in new.admin("check")
    with zipfile.ZipFile(backup) as first, zipfile.ZipFile(tmp_path / "second.zip") as second:
        assert first.namelist() == second.namelist()
        same = [name for name in first.namelist() if first.read(name) == second.read(name)]
    # A city's row names the folder; the manifest holds that row's hash and the time.
    assert set(first.namelist()) - set(same) == {"rows/cities.city.jsonl", "manifest.json"}


@pytest.mark.slow
def test_nobody_else_may_read_a_backup_and_none_is_overwritten(
    installed: Installation, backup: Path
) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    before = backup.read_bytes()
    assert "exists already" in installed.admin("backup", backup, code=1)
    assert backup.read_bytes() == before


@pytest.mark.slow
def test_a_truncated_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    broken = tmp_path / "cut.zip"
    for share in (0.0, 0.01, 0.5, 0.9, 0.999):
        broken.write_bytes(content[: int(len(content) * share)])
        with pytest.raises(OpsError, match="cut off or changed"):
            digest_of(broken)
    new = Installation(tmp_path / "data")
    assert "cut off or changed" in new.admin("restore", broken, code=1)
    assert not new.data.exists()


def test_a_byte_changed_anywhere_is_found(backup: Path, tmp_path: Path) -> None:
    content = backup.read_bytes()
    broken = tmp_path / "changed.zip"
    for position in [*range(0, len(content), len(content) // 40), len(content) - 1]:
        changed = bytearray(content)
        changed[position] ^= 1
        broken.write_bytes(changed)
        with pytest.raises(OpsError, match="cut off or changed"):
            digest_of(broken)


def forged(backup: Path, file: Path, entry: str, content: bytes, **about: object) -> Path:
    """A backup whose digest holds and whose content somebody made up."""
    with zipfile.ZipFile(backup) as real, writing(file) as archive:
        import json

        manifest = json.loads(real.read("manifest.json"))
        for name in real.namelist()[:-1]:
            if name != entry:
                archive.add(name, [real.read(name)])
        if entry:
            archive.add(entry, [content])
        kept = {k: v for k, v in manifest.items() if k not in ("files", "format")}
        archive.close(kept | about)
    return file


@pytest.mark.slow
@pytest.mark.parametrize("name", ["data/../../escaped", "cities/x/../../../escaped", "data//etc"])
def test_no_entry_leads_out_of_the_folder(backup: Path, tmp_path: Path, name: str) -> None:
    file = forged(backup, tmp_path / "forged.zip", name, b"x")
    new = Installation(tmp_path / "deep" / "data")
    assert "cut off or changed" in new.admin("restore", file, code=1)
    assert not list(tmp_path.rglob("escaped"))
    assert not new.data.exists() or not list(new.data.iterdir())


@pytest.mark.slow
def test_a_backup_of_a_later_version_is_refused(backup: Path, tmp_path: Path) -> None:
    migrations = [["base", "9999_of_tomorrow"]]
    file = forged(backup, tmp_path / "later.zip", "", b"", migrations=migrations)
    new = Installation(tmp_path / "data")
    assert "base.9999_of_tomorrow" in new.admin("restore", file, code=1)
    assert not new.data.exists()


@pytest.mark.slow
def test_another_backup_than_the_one_meant_is_refused(backup: Path, tmp_path: Path) -> None:
    new = Installation(tmp_path / "data")
    told = new.admin("restore", backup, "--digest", "0" * 64, code=1)
    assert digest_of(backup) in told
    assert not new.data.exists()


@pytest.mark.slow
def test_nothing_is_restored_over_what_is_there(backup: Path, tmp_path: Path) -> None:
    new = Installation(tmp_path / "data")
    new.data.mkdir()
    (new.data / "notes.txt").write_text("mine")
    assert "notes.txt" in new.admin("restore", backup, code=1)
    assert hashes(new.data) == {"notes.txt": hashlib.sha256(b"mine").hexdigest()}


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_restore_that_is_killed_leaves_no_installation_and_can_be_made_again(
    backup: Path, tmp_path: Path, moment: str
) -> None:
    new = Installation(tmp_path / "data")
    code = RESTORE + MOMENTS[moment] + END
    new.python(code, backup, code_wanted=-signal.SIGKILL)
    assert not (new.data / "vatra.sqlite3").exists()
    assert "There is no installation" in new.admin("check", code=1)
    new.admin("restore", backup)
    assert new.as_json("check")["ok"]
    assert not (new.data / ".restoring").exists()


@pytest.mark.slow
def test_a_backup_does_not_wait_for_a_writer_nor_take_half_of_what_it_writes(
    installed: Installation, tmp_path: Path
) -> None:
    code = SET_UP + (
        "from vatra.web.ops import backup\n"
        # The log's own line would wait for the writer.
        "backup._log = lambda *_: False\n"
        "backup.do_back_up_installation(file=Path(sys.argv[1]))\n"
    )
    file = tmp_path / "busy.zip"
    with closing(sqlite3.connect(installed.data / "vatra.sqlite3")) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE cities_city SET name = 'Half'")
        installed.python(code, file)
        writer.rollback()
    with zipfile.ZipFile(file) as archive:
        assert b"Half" not in archive.read("rows/cities.city.jsonl")


@pytest.mark.slow
def test_files_that_change_while_they_are_read_are_read_again(
    installed: Installation, tmp_path: Path
) -> None:
    code = SET_UP + (
        "from vatra.web.ops import backup\n"
        "note, blocks, left = Path(sys.argv[2]), backup.file_blocks, [int(sys.argv[3])]\n"
        "def change(path):\n"
        "    if path.name == 'city.yaml' and left[0]:\n"
        "        left[0] -= 1\n"
        "        note.write_text('x' * (left[0] + 1))\n"
        "    return blocks(path)\n"
        "backup.file_blocks = change\n"
        "backup.do_back_up_installation(file=Path(sys.argv[1]))\n"
    )
    note = installed.data / "note.txt"
    try:
        installed.python(code, tmp_path / "twice.zip", note, 2)
        with zipfile.ZipFile(tmp_path / "twice.zip") as archive:
            assert archive.read("data/note.txt") == b"x"
        never = [sys.executable, "-c", code, str(tmp_path / "never.zip"), str(note), "99"]
        done = subprocess.run(
            never, env=installed.environment(), capture_output=True, text=True, check=False
        )
        assert "change faster than they can be read" in done.stderr
        assert sorted(os.listdir(tmp_path)) == ["twice.zip"]
    finally:
        note.unlink(missing_ok=True)


@pytest.mark.slow
def test_a_file_that_may_not_be_read_is_named_itself(
    installed: Installation, tmp_path: Path
) -> None:
    # Whoever runs the tests may be allowed to read every file.
    code = SET_UP + (
        "from vatra.web.ops import backup\n"
        "blocks = backup.file_blocks\n"
        "def closed(path):\n"
        "    if path.name == 'city.yaml':\n"
        "        raise PermissionError(13, 'Permission denied')\n"
        "    return blocks(path)\n"
        "backup.file_blocks = closed\n"
        "backup.do_back_up_installation(file=Path(sys.argv[1]))\n"
    )
    asked = [sys.executable, "-c", code, str(tmp_path / "none.zip")]
    done = subprocess.run(
        asked, env=installed.environment(), capture_output=True, text=True, check=False
    )
    assert "city.yaml belongs to the backup and cannot be read: Permission denied" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_links_are_named_and_not_followed(
    installed: Installation, cluj_folder: Path, tmp_path: Path
) -> None:
    link = cluj_folder / "tables" / "elsewhere.csv"
    link.symlink_to("/etc/passwd")
    try:
        told = installed.as_json("backup", tmp_path / "linked.zip")
    finally:
        link.unlink()
    assert told["links_left_out"] == ["cluj-napoca/tables/elsewhere.csv"]
    with zipfile.ZipFile(tmp_path / "linked.zip") as archive:
        assert not [name for name in archive.namelist() if "elsewhere" in name]
