"""Uploads: small files, kept under names of our own, read by the roster reader and never executed."""

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from commonweal.dashboard.setting import Files
from commonweal.errors import InputError
from commonweal.roster import describe, read_roster
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
    if "leaders" not in files:
        raise InputError("a roster needs leaders; upload a table of them, or a file that holds everything, first")
    try:
        roster = read_roster(files["leaders"], files.get("ties"), files.get("groups"), size_limit=LIMIT)
    except InputError as error:
        ours = {each: called.get(kind, path.name) for kind, path in files.items() for each in (str(path), path.name)}
        raise InputError(re.sub("|".join(map(re.escape, ours)), lambda name: ours[name[0]], str(error))) from None
    if len(roster.ids) > LEADERS:
        name = called.get("leaders", "leaders.csv")
        raise InputError(
            f"{name}: it has {len(roster.ids):,} leaders, and the page plays at most {LEADERS}; play them with "
            f"commonweal run community=roster community.leaders_file={name}"
        )
    given = {kind: str(path) for kind, path in files.items()}
    known = Files(given["leaders"], given.get("ties"), given.get("groups"), tuple(called.items()))
    return known, describe(roster, usual)
