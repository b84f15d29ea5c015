"""Tokens of programs: what is handed out once, and what is kept of it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

PREFIX = "vatra"
_SELECTOR_BYTES = 8
_SECRET_BYTES = 32
_FORM = re.compile(rf"{PREFIX}_([0-9a-f]{{16}})_([A-Za-z0-9_-]{{43}})")
# Compared with where no row is found, so that the answer takes as long.
_NOBODY = hashlib.sha256(b"nobody").hexdigest()


@dataclass(frozen=True)
class Written:
    """A token as its owner writes it: ``vatra_<selector>_<secret>``."""

    selector: str
    secret: str

    def __str__(self) -> str:
        return f"{PREFIX}_{self.selector}_{self.secret}"

    @property
    def hash(self) -> str:
        """What is kept of the secret; 256 random bits need no slow hash."""
        return hashlib.sha256(self.secret.encode()).hexdigest()

    def fits(self, kept: str | None) -> bool:
        """Whether this is the token whose hash was kept; takes the same time for every answer."""
        return hmac.compare_digest(self.hash, kept or _NOBODY) and kept is not None


def new_token() -> Written:
    """A token that nobody guesses."""
    return Written(secrets.token_hex(_SELECTOR_BYTES), secrets.token_urlsafe(_SECRET_BYTES))


def read_token(text: str) -> Written | None:
    """The parts of a token; None for what is none."""
    found = _FORM.fullmatch(text)
    return Written(found[1], found[2]) if found else None
