"""Keys of rows already checked, so that doubles are found across the batches of a large file."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray


class SeenKeys:
    """Remembers 8 bytes per row: the hash of its key.

    Two different keys share a hash with a chance of n**2 / 2**65 for n rows: 3 in a million for
    ten million rows.
    """

    def __init__(self) -> None:
        self._hashes: NDArray[np.uint64] = np.empty(0, np.uint64)

    def again(self, keys: pl.DataFrame) -> pl.Series:
        """Which rows have a key of an earlier batch; remembers the keys of this one."""
        texts = keys.select(pl.all().cast(pl.String)) if len(keys.columns) else keys
        hashes = texts.hash_rows(seed=0).to_numpy()
        ordered = np.sort(hashes)
        # Looking up in order walks both lists once instead of jumping about.
        at = np.searchsorted(self._hashes, ordered)
        inside = at < len(self._hashes)
        met = ordered[inside][self._hashes[at[inside]] == ordered[inside]]
        before = np.isin(hashes, met) if len(met) else np.zeros(len(hashes), np.bool_)
        # Both halves are sorted runs, which this kind of sort only merges.
        both = np.concatenate([self._hashes, ordered])
        both.sort(kind="stable")
        self._hashes = both
        return pl.Series(before)
