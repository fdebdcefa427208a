"""Files that are not what they seem: encodings, sizes, folders, binaries."""

import time
from pathlib import Path

import pytest

from commonweal.roster import RosterError, read_roster

TABLE = "id,name\nzoe,Zoë\nbob,Bob\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(read, encoding):
    roster = read(TABLE.encode(encoding))
    assert roster.names[0] == "Zoë"
    noted = [note for note in roster.notes if "read as" in note]
    assert bool(noted) == (not encoding.startswith("utf-8"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty; its first line must name the columns"),
        (b" \r\n\n", "the file is empty"),
        (b"id,name\nann,A\x00\nbob,B\n", "leaders.csv, line 2: there is a NUL byte"),
        (b"\xef\xbb\xbfid\n\xff\n", "leaders.csv: it begins as UTF-8 but byte 3 does not fit"),
        (b"\xff\xfei\x00d\x00\n", "leaders.csv: it begins as UTF-16"),
        (b"PK\x03\x04\x14\x00", "the workbook is damaged (BadZipFile); save it anew as .xlsx"),
    ],
)
def test_not_a_table(problems, content, words):
    (found,) = problems(content)
    assert words in found


def test_no_such_file(tmp_path):
    with pytest.raises(RosterError, match=r"none.csv: there is no such file; check the path"):
        read_roster(tmp_path / "none.csv")


def test_a_folder(tmp_path):
    with pytest.raises(RosterError, match="is a folder; name the file inside it"):
        read_roster(tmp_path)


def test_a_device():
    with pytest.raises(RosterError, match="is not a plain file"):
        read_roster("/dev/null")


def test_an_unusable_name(tmp_path):
    with pytest.raises(RosterError, match="could not be read"):
        read_roster(tmp_path / ("x" * 5_000))


def test_an_unreadable_file(read, problems, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    read()
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RosterError, match="it may not be read; give yourself permission"):
        read_roster("pyproject.toml")


def test_a_file_over_the_limit(read, problems):
    assert read(TABLE, size_limit=100).ids == ("zoe", "bob")
    assert "it is larger than" in problems(TABLE + " " * 100, size_limit=100)[0]


def test_paths_may_be_text(tmp_path):
    (tmp_path / "leaders.csv").write_text(TABLE, encoding="utf-8")
    assert len(read_roster(str(tmp_path / "leaders.csv")).ids) == 2


def test_a_hundred_thousand_rows(read):
    n = 100_000
    leaders = "id,name,sector,endowment\n" + "".join(f"p{i},Name {i},s{i % 5},{1 + i % 3}\n" for i in range(n))
    ties = "source,target,strength\n" + "".join(f"p{i},p{(i + 1) % n},0.5\n" for i in range(n))
    began = time.process_time()
    roster = read(leaders, ties)
    assert time.process_time() - began < 20  # about 3 seconds; the limit only catches quadratic work
    assert len(roster.ids) == n and len(roster.source) == 2 * n
    assert len(roster.notes) == 1 and "100,000 rows mirrored" in roster.notes[0]
