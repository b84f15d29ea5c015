"""Whether a certificate seems to be a person's: names as they are written here and there."""

from __future__ import annotations

import re
import unicodedata


def fits(name: str, subject: str) -> bool:
    """Whether every word of a name stands in a certificate's subject, in any order and case."""
    words = _words(name)
    return bool(words) and words <= _words(subject)


def _words(text: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(each for each in plain if not unicodedata.combining(each))
    return set(re.findall(r"[^\W\d_]+", bare))
