"""How much a stranger may hand in, and how long it may take; every page says the same figures."""

from __future__ import annotations

MEGABYTE_BYTES = 1_000_000
LARGEST_FILE_BYTES = 30 * MEGABYTE_BYTES
LARGEST_TEXT_BYTES = MEGABYTE_BYTES
# A text PDF of 300 pages full of tables takes about 40 s on one core.
LONGEST_SECONDS = 90
# How many files a server process reads at a time, and how long another one waits for its turn.
SLOT_COUNT = 2
LONGEST_WAIT_SECONDS = 10
SUFFIXES = (".md", ".txt", ".docx", ".xlsx", ".pdf", ".csv", ".yaml", ".yml", ".json", ".html")
# What a form may carry back; larger reports can be read but not taken along or kept.
LARGEST_TOKEN_BYTES = 2_500_000
KEPT_DAYS = 30
