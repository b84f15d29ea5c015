"""Bytes by their hash: whole, once, and found out when altered."""

from __future__ import annotations

import hashlib
import io
import os

import pytest

from vatra.web.workspace import store


def test_bytes_come_back_by_their_hash() -> None:
    sha = store.put(b"one")
    assert sha == hashlib.sha256(b"one").hexdigest()
    assert store.read(sha) == b"one"
    assert store.put_file(io.BytesIO(b"one")) == sha
    assert [each.name for each in store.folder().rglob("*") if each.is_file()] == [sha]


def test_altered_bytes_are_found_out() -> None:
    sha = store.put(b"one")
    os.chmod(store.path_of(sha), 0o600)
    store.path_of(sha).write_bytes(b"two")
    with pytest.raises(store.Damaged):
        store.read(sha)


def test_a_cut_file_is_written_anew() -> None:
    sha = store.put(b"whole content")
    os.chmod(store.path_of(sha), 0o600)
    store.path_of(sha).write_bytes(b"who")
    assert store.read(store.put(b"whole content")) == b"whole content"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_only_hashes_are_names(name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of(name)


def test_a_write_that_breaks_off_leaves_nothing() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        store.put_file(Broken(b"x"))
    assert list(store.folder().rglob("*.partial")) == []
