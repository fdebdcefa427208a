"""Parts: the files by which a study grows. A part is done if and only if it is there, whole.

The name of a part ends in a hash of its bytes and of the study's identity: one that was truncated, altered or
comes from elsewhere is found, and played again.
"""

import glob
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from commonweal.files import write_whole

FAILED: Final = ".failed"


class Part(NamedTuple):
    """A file of runs."""

    path: Path
    name: str
    digest: str
    failed: bool
    """whether some of its runs failed"""


@dataclass(frozen=True)
class Parts:
    """The parts of one study in a folder."""

    folder: Path
    identity: str
    """the study's: its parts are of no other"""
    ending: str
    """of their names: .parquet, for instance"""

    def listed(self) -> dict[str, Part]:
        """Those there are, by name, from the names of files alone."""
        found: dict[str, Part] = {}
        for path in sorted(self.folder.glob(f"*{self.ending}")):
            rest = path.name.removesuffix(self.ending)
            failed = rest.endswith(FAILED)
            name, _, digest = rest.removesuffix(FAILED).rpartition(".")
            if name not in found or found[name].failed:
                found[name] = Part(path, name, digest, failed)
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
        of = digest(content, self.identity)
        path = self.folder / f"{name}.{of}{FAILED * failed}{self.ending}"
        write_whole(path, lambda temporary: temporary.write_bytes(content))
        for other in self.folder.glob(f"{glob.escape(name)}.*{self.ending}"):
            if other != path:
                other.unlink()
        return Part(path, name, of, failed)


def digest(content: bytes, identity: str) -> str:
    """A hash of some bytes that are of a study."""
    return hashlib.blake2b(content, digest_size=12, key=identity.encode()[:64]).hexdigest()
