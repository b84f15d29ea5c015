"""Where the records of a CSV file begin, seen from its bytes: lines, fields and quotes.

A quote opens and closes a value, so that a delimiter or a line break between two quotes belongs
to the value; a doubled quote closes and opens again. The file is walked in pieces, without a loop
over its rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_NUL, _LF, _CR, _QUOTE = 0, 10, 13, 34
# Small enough to stay in the cache while it is looked at several times.
_PIECE_BYTES = 1 << 19

Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class Counts:
    """What a quick walk over the bytes of a file shows.

    ``delimiters`` how many there are; whether any quote or NUL byte occurs.
    """

    delimiters: int
    has_quotes: bool
    has_nul: bool


@dataclass(frozen=True)
class Records:
    """The records of a file, its blank lines included.

    ``lines`` physical line each record begins on, the first line of the file being 1;
    ``fields`` number of its fields, 0 for a blank line; ``closed`` whether the last quote closes.
    """

    lines: NDArray[np.int64]
    fields: NDArray[np.int64]
    closed: bool


def _pieces(data: Bytes) -> Iterator[Bytes]:
    for start in range(0, len(data), _PIECE_BYTES):
        yield data[start : start + _PIECE_BYTES]


class _Counter:
    """Adds up the counts of a file that comes in pieces."""

    def __init__(self, delimiter: str) -> None:
        self._mark = ord(delimiter)
        self._found = np.empty(_PIECE_BYTES, dtype=np.bool_)
        self._delimiters, self._has_quotes, self._has_nul = 0, False, False

    def add(self, piece: Bytes) -> None:
        if not len(piece):
            return
        found = self._found[: len(piece)]
        self._delimiters += int(np.count_nonzero(np.equal(piece, self._mark, out=found)))
        self._has_quotes = self._has_quotes or bool(np.equal(piece, _QUOTE, out=found).any())
        self._has_nul = self._has_nul or int(piece.min()) == _NUL

    def counts(self) -> Counts:
        return Counts(self._delimiters, self._has_quotes, self._has_nul)


def hash_and_count(path: Path, body: int, delimiter: str) -> tuple[str, Counts]:
    """SHA-256 of a file, and the counts of its bytes from offset ``body`` on, in one walk."""
    counter, digest = _Counter(delimiter), hashlib.sha256()
    buffer = bytearray(_PIECE_BYTES)
    passed = 0
    with path.open("rb", buffering=0) as file:
        while size := file.readinto(buffer):
            digest.update(memoryview(buffer)[:size])
            piece = np.frombuffer(buffer, dtype=np.uint8, count=size)
            counter.add(piece[max(0, body - passed) :])
            passed += size
    return digest.hexdigest(), counter.counts()


def count(data: Bytes, delimiter: str) -> Counts:
    """The counts of bytes in memory."""
    counter = _Counter(delimiter)
    for piece in _pieces(data):
        counter.add(piece)
    return counter.counts()


def last_record_end(data: Bytes) -> int:
    """Offset behind the last line break that stands in no quotes; 0 when there is none.

    ``data`` begins outside quotes.
    """
    breaks = np.flatnonzero(data == _LF)
    if (data == _QUOTE).any():
        quoted = np.cumsum(data == _QUOTE, dtype=np.int64) & 1
        breaks = breaks[quoted[breaks] == 0]
    return int(breaks[-1]) + 1 if len(breaks) else 0


def records(data: Bytes, delimiter: str, first_line: int = 1) -> Records:
    """Lines and field counts of all records; ``data`` begins on line ``first_line``."""
    mark = ord(delimiter)
    inside = 0
    lines, delimiter_sums, byte_ends = [], [], []
    seen_lines, seen_delimiters, seen_bytes = 0, 0, 0
    for piece in _pieces(data):
        quoted = (np.cumsum(piece == _QUOTE, dtype=np.int64) + inside) & 1
        inside = int(quoted[-1])
        bare_marks = np.cumsum((piece == mark) & (quoted == 0))
        breaks = np.flatnonzero(piece == _LF)
        ends = quoted[breaks] == 0
        positions = breaks[ends]
        lines.append(seen_lines + 1 + np.flatnonzero(ends))
        delimiter_sums.append(seen_delimiters + bare_marks[positions])
        byte_ends.append(seen_bytes + positions)
        seen_lines += len(breaks)
        seen_delimiters += int(bare_marks[-1])
        seen_bytes += len(piece)
    ended_lines = np.concatenate([*lines, np.empty(0, np.int64)])
    sums = np.concatenate([*delimiter_sums, np.empty(0, np.int64)])
    ends_at = np.concatenate([*byte_ends, np.empty(0, np.int64)])
    if not len(ends_at) or ends_at[-1] != len(data) - 1:
        sums = np.append(sums, seen_delimiters)
        ends_at = np.append(ends_at, len(data))
        begins = np.append(0, ended_lines)
    else:
        begins = np.append(0, ended_lines[:-1])
    fields = np.diff(sums, prepend=0) + 1
    lengths = np.diff(ends_at, prepend=-1) - 1
    fields[_blank(data, ends_at, lengths)] = 0
    return Records(begins + first_line, fields, not inside)


def _blank(
    data: Bytes, ends_at: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Records with nothing in them, or only the carriage return of the line break."""
    blank = lengths == 0
    single = np.flatnonzero(lengths == 1)
    blank[single[data[ends_at[single] - 1] == _CR]] = True
    return blank
