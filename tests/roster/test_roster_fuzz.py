"""Whatever the bytes, a roster is read or refused in a sentence; nothing else happens."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st

from commonweal.roster import RosterError, describe, read_roster
from commonweal.roster.template import GROUPS, LEADERS, TIES

GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
<key id="e" for="node" attr.name="endowment"><default>1</default></key>
<key id="w" for="edge" attr.name="weight"/>
<graph edgedefault="directed"><node id="a"><data key="e">2</data></node><node id="b"/>
<edge source="a" target="b"><data key="w">.5</data></edge></graph></graphml>
"""
PIECES = [
    b"",
    b",",
    b";",
    b"\t",
    b'"',
    b"\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xef\xbb\xbf",
    b"\xe2\x80\xa8",
    b"\xc2\x9b",
]
PIECES += [b"<", b">", b"&a;", b"<graph>", b"</node>", b"<!DOCTYPE a>", b"id", b"priority_", b"x" * 300]
PIECES += [b"nan", b"-1", b"1e999", b"1,5"]


@st.composite
def damaged(draw, text: str) -> bytes:
    """The text with up to three stretches of it replaced."""
    data = text.encode()
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(data)))
        data = (
            data[:start]
            + draw(st.sampled_from(PIECES) | st.binary(max_size=4))
            + data[start + draw(st.integers(0, 30)) :]
        )
    return data


def read_or_refuse(**files: bytes) -> None:
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name.replace("_", ".")).write_bytes(data)
        try:
            told = describe(read_roster(*(Path(folder) / name.replace("_", ".") for name in files)), 1000)
        except RosterError as error:
            assert 1 <= len(error.problems) <= 20
            told = "\n".join(error.problems)
        assert not set(told) & set(map(chr, [*range(10), *range(11, 32), *range(127, 160)]))


@given(damaged(LEADERS), damaged(TIES), damaged(GROUPS))
@settings(max_examples=300)
def test_damaged_tables(leaders, ties, groups):
    read_or_refuse(leaders_csv=leaders, ties_csv=ties, groups_csv=groups)


@given(damaged(GRAPHML))
@settings(max_examples=300)
def test_damaged_graphml(town):
    read_or_refuse(town_graphml=town)


@given(st.binary())
@example(b"\xff\xfe\x00\x00")
def test_any_bytes(data):
    read_or_refuse(leaders_csv=data)
    read_or_refuse(town_graphml=data)
