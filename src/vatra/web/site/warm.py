"""What every process needs for its first page, made before it takes one."""

from __future__ import annotations

import gc
from importlib import import_module

from django.conf import settings
from django.template import Engine
from django.utils.module_loading import import_string

from vatra.tables import tables
from vatra.words import texts

# Of what a page makes nearly nothing lives on in circles: looking for them less often costs no
# memory and spares people the wait (0.2 s, in which the process answers nobody).
YOUNG_COUNT = 20_000


def warm_up() -> None:
    """Import what the addresses lead to, read the texts and tables, and keep all of that out of
    the collector's rounds."""
    # Addresses import their views, those the figures, charts and forms.
    import_module(settings.ROOT_URLCONF)
    texts()
    tables()
    for path in Engine.get_default().context_processors:
        import_string(path)
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_COUNT, *gc.get_threshold()[1:])
