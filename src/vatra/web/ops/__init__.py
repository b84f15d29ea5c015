"""Operating an installation: backup and restore, its check, health and metrics."""
