"""Uploads: small files, kept under names of our own, read by the roster reader and never executed."""

import base64
import binascii
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from commonweal.dashboard.setting import Files
from commonweal.errors import InputError
from commonweal.roster import describe, read_roster
from commonweal.roster.bonds import ONE_WAY
from commonweal.roster.kinds import ENDINGS

LIMIT: Final = 2 * 2**20
"""bytes a file may have"""
MOST: Final = 50
"""files that a visitor may upload, one after the other"""
LEADERS: Final = 400
"""leaders of a community that is played and drawn while one waits"""
KINDS: Final = ("leaders", "ties", "groups")


def keep(kind: str, name: str, content: str, folder: Path) -> Path:
    """Write an uploaded file (base64) into `folder` under a name of ours. Raises InputError where it is too large."""
    if kind not in KINDS:
        raise InputError(f"{kind!r} is no file of a roster; there are {', '.join(KINDS)}")
    if len(content) > LIMIT * 4 // 3 + 4:
        raise InputError(f"{name}: it is larger than {LIMIT // 2**20} MiB; leave out what the roster does not need")
    try:
        data = base64.b64decode(content, validate=True)
    except (binascii.Error, ValueError):
        raise InputError(f"{name}: it did not arrive whole; upload it again") from None
    ending = Path(name).suffix.lower()
    path = folder / f"{kind}{ending if ending in ENDINGS else '.csv'}"
    path.write_bytes(data)
    return path


def read(files: dict[str, Path], usual: float, called: Mapping[str, str]) -> tuple[Files, str]:
    """The roster in the files kept, and what was read.

    usual: MU per round that prices are made for; called: what the user calls the files. Raises InputError.
    """
    files = dict(files)
    if "leaders" not in files and "ties" in files:  # ties alone name their leaders
        files["leaders"], called = files.pop("ties"), {**called, "leaders": called.get("ties", "ties.csv")}
    if "leaders" not in files:
        raise InputError(
            "a roster needs leaders; upload a table of them, of ties, or a file that holds everything, first"
        )
    called = {kind: name for kind, name in called.items() if kind in files}
    ours = {each: called.get(kind, path.name) for kind, path in files.items() for each in (str(path), path.name)}

    def theirs(text: str) -> str:
        """A text with the names by which the user knows the files, and with what can be done on the page."""
        text = text.replace(ONE_WAY, "so in a column type of the ties, directed in each such row")
        return re.sub("|".join(map(re.escape, ours)), lambda name: ours[name[0]], text)

    try:
        roster = read_roster(files["leaders"], files.get("ties"), files.get("groups"), size_limit=LIMIT)
    except InputError as error:
        raise InputError(theirs(str(error))) from None
    if len(roster.ids) > LEADERS:
        name = called.get("leaders", "leaders.csv")
        raise InputError(
            f"{name}: it has {len(roster.ids):,} leaders, and the page plays at most {LEADERS}; play them with "
            f"commonweal run community=roster community.leaders_file={name}"
        )
    given = {kind: str(path) for kind, path in files.items()}
    known = Files(given["leaders"], given.get("ties"), given.get("groups"), tuple(called.items()))
    return known, theirs(describe(roster, usual))


class Uploads:
    """The files of a visitor, one after the other, as long as they go together."""

    def __init__(self, folder: Path) -> None:
        """folder: where they are kept, each in a folder of its own: what was read before stays as it was."""
        self.folder = folder
        self.files: dict[str, Path] = {}
        """by kind, those that are read"""
        self.called: dict[str, str] = {}
        """what the visitor calls each of them"""

    def take(self, kind: str, name: str, content: str, usual: float) -> tuple[Files, str]:
        """The roster in the files that go on with one more, and what was read; as `keep` and `read` otherwise.

        A file of leaders that does not go with the ties and groups of before begins anew.
        """
        if len(list(self.folder.iterdir())) >= MOST:
            raise InputError(f"{name}: there were {MOST} files before it; open the page anew to go on")
        path = keep(kind, name, content, Path(tempfile.mkdtemp(dir=self.folder)))
        files, called, left = {**self.files, kind: path}, {**self.called, kind: name}, ""
        try:
            found, said = read(files, usual, called)
        except InputError:
            if kind != "leaders" or len(files) == 1:
                raise
            found, said = read({kind: path}, usual, called)
            names = " and ".join(each for other, each in self.called.items() if other != kind)
            left = f"{names}, uploaded before, does not go with it and was left out\n"
            files, called = {kind: path}, {kind: name}
        self.files, self.called = files, called
        return found, left + said
