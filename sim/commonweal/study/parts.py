"""Parts: the files by which a study grows. A part is done if and only if it is there, whole.

The name of a part ends in a hash of its bytes and of the study's identity: one that was truncated, altered or
comes from elsewhere is found, and played again.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from commonweal.files import sync_folder, write_whole

FAILED: Final = ".failed"
MOST: Final = 1_000
"""files in a folder: with more, each that is written takes the longer the more there are"""
WITHIN: Final = re.compile(r"[0-9]{4,}")
"""names of folders within a folder of parts"""


class Part(NamedTuple):
    """A file of runs."""

    path: Path
    name: str
    digest: str
    failed: bool
    """whether some of its runs failed"""


class Parts:
    """The parts of one study in a folder, and in numbered folders within it once a thousand are there.

    One process at a time writes to it. What is there is asked of the disk once, and by `listed` again, but for how many
    files are beside the next: others may write other parts meanwhile.
    """

    def __init__(self, folder: Path, identity: str, ending: str) -> None:
        """identity: the study's, since its parts are of no other; ending: of their names, .parquet for instance."""
        self.folder, self.identity, self.ending = folder, identity, ending
        self._known: dict[str, list[Path]] | None = None
        """files by the name of their part"""
        self._full = 0
        """folders known to be full"""

    def listed(self) -> dict[str, Part]:
        """Those there are, by name, from the names of files alone."""
        found: dict[str, Part] = {}
        known: dict[str, list[Path]] = {}
        for path in sorted(self._files(), key=lambda path: path.name):
            rest = path.name.removesuffix(self.ending)
            failed = rest.endswith(FAILED)
            name, _, digest = rest.removesuffix(FAILED).rpartition(".")
            known.setdefault(name, []).append(path)
            if name not in found or found[name].failed:
                found[name] = Part(path, name, digest, failed)
        self._known = known
        return found

    def read(self, part: Part) -> bytes | None:
        """The bytes of a part; None where they are not those that this study wrote."""
        try:
            content = part.path.read_bytes()
        except OSError:
            return None
        return content if digest(content, self.identity) == part.digest else None

    def write(self, name: str, content: bytes, failed: bool = False) -> Part:
        """Keep a part, in one step, in the place of any other of its name. Raises OSError."""
        if self._known is None:
            self.listed()
        assert self._known is not None
        of = digest(content, self.identity)
        path = self._room() / f"{name}.{of}{FAILED * failed}{self.ending}"
        write_whole(path, lambda temporary: temporary.write_bytes(content))
        for other in self._known.get(name, []):
            if other != path:
                other.unlink(missing_ok=True)
        self._known[name] = [path]
        return Part(path, name, of, failed)

    def _files(self) -> Iterator[Path]:
        for folder in folders_of(self.folder):
            yield from folder.glob(f"*{self.ending}")

    def _room(self) -> Path:
        """A folder of fewer than a thousand files."""
        while True:
            place = self.folder / f"{self._full:04d}" if self._full else self.folder
            try:
                if len(os.listdir(place)) < MOST:
                    return place
            except FileNotFoundError:
                if not self._full:
                    raise
                place.mkdir(exist_ok=True)
                sync_folder(self.folder)
                return place
            self._full += 1


def folders_of(folder: Path) -> list[Path]:
    """A folder of parts and the numbered ones within it, in order; none where it is not there. Links are left out."""
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        within = sorted(
            each.name for each in entries if WITHIN.fullmatch(each.name) and each.is_dir(follow_symlinks=False)
        )
    return [folder, *(folder / name for name in within)]


def digest(content: bytes, identity: str) -> str:
    """A hash of some bytes that are of a study."""
    return hashlib.blake2b(content, digest_size=12, key=identity.encode()[:64]).hexdigest()
