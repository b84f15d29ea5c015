"""What a page says after a change: what was done, what that did, how to take it back."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from vatra.web.cities.models import City
from vatra.web.workspace.models import Version
from vatra.web.workspace.queries import versions

SAVED = "saved"


@dataclass(frozen=True)
class Notice:
    """The version that a change made."""

    version: Version

    @property
    def is_undo(self) -> bool:
        """Whether it took another change back: then it can be done again."""
        return self.version.kind == "undo"

    @property
    def merged(self) -> bool:
        """Whether it was laid over what somebody else had written meanwhile."""
        return self.version.kind == "merge"

    @property
    def before_number(self) -> int | None:
        """The version it was made from."""
        return self.version.parent.number if self.version.parent else None


def notice_of(request: HttpRequest, city: City, number: int | None = None) -> Notice | None:
    """The notice of an address: ``?saved=13``; None where it names no version of this city."""
    given = request.GET.get(SAVED, "") if number is None else str(number)
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        return None
    found = versions(city).select_related("parent").filter(number=int(given)).first()
    return Notice(found) if found is not None and found.parent is not None else None
