"""Why an operation was refused."""

from __future__ import annotations

from typing import Any

from vatra.words import Language, say


class OpsError(Exception):
    """Why a backup, a restore or a check cannot be made, and the next step."""

    def __init__(self, key: str, **params: Any) -> None:
        self.key, self.params = key, params
        super().__init__(self.message("en"))

    def message(self, lang: Language) -> str:
        """The reason in a language."""
        return say(self.key, lang, **self.params)
