"""Rosters written to a folder of the test's own, from text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commonweal.roster import Import, Roster, RosterError, import_files, read_roster

LEADERS = "id,name\nann,Ann\nbob,Bob\ncleo,Cleo\n"
TIES = "source,target\nann,bob\nbob,cleo\n"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Roster]:
    """Read a roster from the text (or bytes) of its files; None leaves a file out."""

    def write(name: str, content: str | bytes | None) -> Path | None:
        if content is None:
            return None
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def read(leaders=LEADERS, ties=None, groups=None, *, graphml=None, **options) -> Roster:
        first = write("town.graphml", graphml) or write("leaders.csv", leaders)
        assert first
        return read_roster(first, write("ties.csv", ties), write("groups.csv", groups), **options)

    return read


@pytest.fixture
def problems(read) -> Callable[..., tuple[str, ...]]:
    """The problems for which a roster is refused."""

    def problems(*contents, **options) -> tuple[str, ...]:
        with pytest.raises(RosterError) as refused:
            read(*contents, **options)
        return refused.value.problems

    return problems


@pytest.fixture
def bring(tmp_path) -> Callable[..., Import]:
    """Import files, given as their contents by name."""

    def bring(mapping: str | None = None, **files: str | bytes) -> Import:
        paths = []
        for name, content in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_bytes(content.encode() if isinstance(content, str) else content)
            paths.append(path)
        if mapping is not None:
            (tmp_path / "mapping.yaml").write_text(mapping)
        return import_files(paths, mapping=None if mapping is None else tmp_path / "mapping.yaml")

    return bring


@pytest.fixture
def refusal(tmp_path) -> Callable[[str, bytes], str]:
    """What is said first of a file of any kind that is refused."""

    def refusal(name: str, content: bytes) -> str:
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RosterError) as refused:
            import_files([tmp_path / name])
        return refused.value.problems[0]

    return refusal
