"""Vatra: an open platform for climate-neutral cities."""

__version__ = "0.1.0"
