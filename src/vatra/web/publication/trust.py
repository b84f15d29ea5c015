"""The roots that an administrator trusts: files in the folder that ``VATRA_TRUST`` names."""

from __future__ import annotations

import hashlib
from pathlib import Path

from asn1crypto import x509
from django.conf import settings

from vatra.web.publication.certified import read_roots

SUFFIXES = (".pem", ".crt", ".cer", ".der")
MAX_FILES, MAX_BYTES = 2000, 1024 * 1024


def root_files() -> list[bytes]:
    """Their contents, by name; a file that holds no certificate is passed over."""
    folder = Path(settings.TRUST) if settings.TRUST else None
    if folder is None or not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.iterdir())[:MAX_FILES]:
        if path.suffix.lower() in SUFFIXES and path.stat().st_size <= MAX_BYTES:
            content = path.read_bytes()
            if _readable(content):
                found.append(content)
    return found


def roots() -> list[x509.Certificate]:
    """The certificates themselves."""
    return read_roots(root_files())


def state() -> str:
    """A short name of what is trusted now: it changes with the files."""
    return hashlib.sha256(b"\0".join(root_files())).hexdigest()[:16]


def _readable(content: bytes) -> bool:
    try:
        return bool(read_roots([content]))
    except ValueError:
        return False
