"""Take out of the npm lock what is no part of it: addresses to give money to. Keeps the rest."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def without_funding(lock: dict[str, object]) -> dict[str, object]:
    """The lock without the ``funding`` of any package."""
    packages = lock["packages"]
    assert isinstance(packages, dict)
    for package in packages.values():
        package.pop("funding", None)
    return lock


def main() -> None:
    """Rewrite the lock named on the command line."""
    path = Path(sys.argv[1])
    lock = without_funding(json.loads(path.read_text("utf-8")))
    path.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
