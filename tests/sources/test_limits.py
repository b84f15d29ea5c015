"""Files that are not opened at all, in the words people read."""

import os

import pytest

from tests.sources.files import HEAD, energy_file, read_energy, row, said
from vatra.sources import Limits


def test_a_200_mb_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "energy.csv"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    raw = read_energy(path)
    assert said(raw) == [
        "the file has 200 MB, the limit is 150 MB. Split it by year, or raise the limit with "
        "--max-mb 200."
    ]
    assert said(raw, "ro") == [
        "fișierul are 200 MB, limita este de 150 MB. Împărțiți-l pe ani sau ridicați limita cu "
        "--max-mb 200."
    ]
    assert (raw.evidence_id, raw.ok, len(raw.frame)) == ("", False, 0)


def test_the_limit_named_in_the_message_suffices(tmp_path):
    path = energy_file(tmp_path, HEAD, *(row(number) for number in range(30_000)))
    size = path.stat().st_size
    assert said(read_energy(path, limits=Limits(max_bytes=1_000_000)))[0].endswith("--max-mb 2.")
    assert read_energy(path, limits=Limits(max_bytes=2_000_000)).byte_count == size


def test_an_empty_file(tmp_path):
    assert said(read_energy(energy_file(tmp_path, data=b""))) == [
        "the file is empty. Fill in the headings and at least one row; "
        "'vatra template' writes a file with all headings."
    ]


@pytest.mark.parametrize("data", [b"\n\n", b"\xef\xbb\xbf", b" \r\n  ", b"\xef\xbb\xbf\n"])
def test_a_file_of_blank_lines_is_empty(tmp_path, data):
    assert said(read_energy(energy_file(tmp_path, data=data)))[0].startswith("the file is empty.")


def test_a_missing_file(tmp_path):
    assert said(read_energy(tmp_path / "energy.csv")) == [
        "the file energy.csv does not exist. Check its name; "
        "'vatra template' writes an empty city pack."
    ]


def test_a_folder(tmp_path):
    (tmp_path / "energy.csv").mkdir()
    assert said(read_energy(tmp_path / "energy.csv")) == [
        "energy.csv is a folder, not a file. Name one of the files in it."
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "energy.csv")
    assert said(read_energy(tmp_path / "energy.csv")) == [
        "energy.csv is not a plain file. Copy its content into a file and name that."
    ]


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = energy_file(tmp_path, HEAD, row())
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert said(read_energy(path)) == [
        "the file energy.csv may not be read. Close it in other programs and check its permissions."
    ]


def test_a_format_that_is_not_known(tmp_path):
    assert said(read_energy(energy_file(tmp_path, HEAD, row(), name="energy.pdf"))) == [
        "files like energy.pdf are not read. Use one of .csv, .ods, .tsv, .txt, .xls, .xlsm, .xlsx."
    ]
