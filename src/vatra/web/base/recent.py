"""What was asked for last, kept in the memory of one process."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Recent(Generic[Key, Value]):
    """Values by key, for all threads, as long as their sizes together are no more than ``most``.

    The ones not asked for longest make room. Without ``size_of`` each counts one.
    """

    def __init__(self, most: int, size_of: Callable[[Value], int] = lambda _: 1) -> None:
        self.most, self._size_of = most, size_of
        # Each with its size: asking a value for it may take as long as the value is large.
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._size, self._lock = 0, Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Value | None:
        """What was put there; None if it had to make room."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Key, value: Value) -> Value:
        """Keep it; returns it."""
        size = self._size_of(value)
        with self._lock:
            _, before = self._kept.pop(key, (None, 0))
            self._kept[key] = (value, size)
            self._size += size - before
            while self._size > self.most:
                self._size -= self._kept.popitem(last=False)[1][1]
        return value

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._kept.clear()
            self._size = 0
