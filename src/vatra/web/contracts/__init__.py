"""The sealed contract: its tables, findings, files, and the check of a seal."""
