"""The walk over the bytes of a file, held against Python's own CSV reader."""

import csv
import hashlib
import io

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vatra.sources import csv_records
from vatra.sources.csv_records import count, hash_and_count, last_record_end, records

FIELD = st.one_of(
    st.text(st.sampled_from("ab șé"), max_size=5),
    st.text(st.sampled_from('a,"\n;'), max_size=6).map(
        lambda text: '"' + text.replace('"', '""') + '"'
    ),
)
FILE = st.tuples(
    st.lists(st.lists(FIELD, min_size=1, max_size=4).map(",".join), max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
).map(lambda parts: parts[1].join(parts[0]) + (parts[1] if parts[2] and parts[0] else ""))


def data(text):
    return np.frombuffer(text.encode(), dtype=np.uint8)


def expected(text):
    """First line and number of fields of each record."""
    found, line = [], 1
    reader = csv.reader(io.StringIO(text, newline=""))
    for fields in reader:
        found.append((line, len(fields)))
        line = reader.line_num + 1
    return found


@pytest.mark.parametrize("piece_bytes", [1 << 19, 3])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=FILE.filter(bool))
def test_records_are_those_of_the_csv_module(monkeypatch, piece_bytes, text):
    monkeypatch.setattr(csv_records, "_PIECE_BYTES", piece_bytes)
    seen = records(data(text), ",")
    assert seen.closed
    assert list(zip(seen.lines.tolist(), seen.fields.tolist(), strict=True)) == expected(text)


def test_an_open_quote_is_seen():
    assert not records(data('a,"b\nc,d\n'), ",").closed


@given(text=FILE, body=st.integers(0, 20))
def test_hash_and_counts_of_a_file(tmp_path_factory, text, body):
    path = tmp_path_factory.mktemp("count") / "x.csv"
    path.write_bytes(text.encode())
    evidence_id, found = hash_and_count(path, body, ",")
    rest = text.encode()[body:]
    assert evidence_id == hashlib.sha256(text.encode()).hexdigest()
    assert (found.delimiters, found.has_quotes) == (rest.count(b","), b'"' in rest)
    assert found == count(np.frombuffer(rest, dtype=np.uint8), ",")


def test_nul_is_seen():
    assert count(data("a\0b"), ",").has_nul and not count(data("ab"), ",").has_nul


@pytest.mark.parametrize(
    ("text", "end"), [("a\nb", 2), ("ab", 0), ('a\n"b\nc', 2), ('a\n"b\nc"\nd', 8), ("a\n", 2)]
)
def test_last_record_end(text, end):
    assert last_record_end(data(text)) == end
