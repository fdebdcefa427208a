"""The user's own leaders: a leaders and a ties table, or one file that holds both (read by commonweal.roster)."""

import hashlib
from functools import lru_cache
from pathlib import Path

from commonweal.model.community.community_of_roster import CommunityOfRoster
from commonweal.roster import Roster, RosterError
from commonweal.roster.file import read_bytes


class OwnRoster(CommunityOfRoster):
    """A community read from files."""

    leaders_file: str
    """path of the leaders table, or of a file that holds everything: CSV, workbook, GraphML and more"""
    ties_file: str | None
    """path of the ties table; null for no ties, or where the first file holds them"""
    groups_file: str | None
    """path of the groups table; null to draw the groups' sizes and needs"""
    directed: bool
    """whether a row of the ties table counts in one direction only"""

    def read(self) -> Roster:
        """As the files are now. Raises RosterError, which names file, line, column, value and remedy."""
        paths = (self.leaders_file, self.ties_file, self.groups_file)
        for name, path in zip(("leaders_file", "ties_file", "groups_file"), paths, strict=True):
            if path is not None and not path.strip():
                remedy = "give the path of a file" if name == "leaders_file" else "give a path, or null for none"
                raise RosterError(f"community.{name} is empty; {remedy}")
        files = tuple(None if path is None else Path(path).expanduser() for path in paths)
        return _read(files, tuple(map(_content, files)), self.directed)


def _content(file: Path | None) -> bytes | None:
    """What tells the content of a file from any other."""
    return file and hashlib.blake2b(read_bytes(file)).digest()


@lru_cache(maxsize=8)
def _read(files: tuple[Path | None, ...], contents: tuple[bytes | None, ...], directed: bool) -> Roster:
    """The roster of files with these contents: read once, however many conditions of a study are set in it."""
    from commonweal.roster import read_roster  # here, because all kinds of files come with it

    leaders, ties, groups = files
    assert leaders
    return read_roster(leaders, ties, groups, directed=directed)
