"""``python -m vatra.cli`` is ``vatra``."""

from vatra.cli import main

main()
