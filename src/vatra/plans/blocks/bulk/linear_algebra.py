"""Many small matrices: each of our own threads does its share, and the library under numpy none.

Left to itself, BLAS splits matrices of forty rows among all cores and takes thirty times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Hold BLAS to one thread; without ``threadpoolctl`` (extra ``buildings``) it does as it
    likes."""
    controller = _controller()
    if controller is None:
        yield
        return
    with controller.limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> Any:
    if find_spec("threadpoolctl") is None:
        return None
    return import_module("threadpoolctl").ThreadpoolController()
