"""What an answer hangs on: the same plan under the electricity factor that stands next in order.

It follows from the sealed pack alone but takes two runs of it, so it is written down when the first
visitor of an edition asks, for all processes and beyond a restart.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

import vatra
from vatra.web.base.whole import write_whole
from vatra.web.cities.models import City
from vatra.words import Language

# Below ``made`` all is made anew when it is missing; backups leave it out.
FOLDER = Path("made") / "second-choice"


@dataclass(frozen=True)
class Doubt:
    """What the plan would be under the electricity factor that stands next in the city's order.

    ``used``, ``other`` the factors in words; ``amount`` the other one [t/MWh]; ``base_mg`` what the
    city emits in the base year, ``left_ppm`` what the plan leaves of it.
    """

    used: str
    other: str
    amount: str
    source: str
    base_mg: int
    left_ppm: int
    target_met: bool


@dataclass(frozen=True)
class Kept:
    """What was written down; ``doubt`` None where no other factor is known."""

    doubt: Doubt | None


def kept(city: City, lang: Language) -> Kept | None:
    """What was written down of this edition, None where nothing was or it cannot be read."""
    try:
        content: Any = json.loads(_place(city, lang).read_bytes())
        return Kept(None if content is None else Doubt(**content))
    except (OSError, ValueError, TypeError):
        return None


def keep(city: City, lang: Language, found: Doubt | None) -> None:
    """Write it down, whole or not at all. A full disk keeps nobody from reading the page."""
    place = _place(city, lang)
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(place, json.dumps(asdict(found) if found else None).encode())


def _place(city: City, lang: Language) -> Path:
    # Another version of Vatra may word or count it in another way.
    said = "\n".join((vatra.__version__, city.folder, city.run_id, lang))
    return Path(settings.DATA) / FOLDER / f"{hashlib.sha256(said.encode()).hexdigest()}.json"
