"""Plants the deliberate faults one by one, in a copy of the sources, and says which no test notices.

usage: python tests/faults/plant.py [WORD ...]        only faults of files whose names have one of the words

Each is held against the tests named with it, without the compiler; about six seconds each. Exit code 1 where one
in ten or more goes unnoticed.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from faults import FAULTS, Fault

ROOT = Path(__file__).resolve().parents[2]
NO_TESTS = 5
"""pytest's exit code where it has found none"""


def copied(to: Path) -> None:
    """The sources, of which a line is to be changed, and links to all else."""
    shutil.copytree(ROOT / "sim", to / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    for path in ROOT.iterdir():
        if path.name not in ("sim", ".git", "results"):
            (to / path.name).symlink_to(path)


def noticed(fault: Fault, scratch: Path) -> bool:
    """Whether a test fails, or cannot even be read."""
    file = scratch / "sim" / "commonweal" / fault.file
    whole = file.read_text(encoding="utf-8")
    assert whole.count(fault.old) == 1, fault
    wrong = whole.replace(fault.old, fault.new)
    compile(wrong, file, "exec")  # what cannot be read at all is no fault that anybody would commit
    file.write_text(wrong, encoding="utf-8")
    tests = [str(Path("tests") / each) for each in fault.tests.split()]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests], cwd=scratch,
            env={**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(scratch / "sim")}, capture_output=True,
            text=True,
        )  # fmt: skip
    finally:
        file.write_text(whole, encoding="utf-8")
    if done.returncode == NO_TESTS:
        raise RuntimeError(f"{fault}: {done.stdout}{done.stderr}")
    return done.returncode != 0


def main(words: list[str]) -> int:
    """Plant them, and count."""
    chosen = [each for each in FAULTS if not words or any(word in each.file for word in words)]
    survivors = []
    with tempfile.TemporaryDirectory() as scratch:
        copied(Path(scratch))
        for number, fault in enumerate(chosen, 1):
            found = noticed(fault, Path(scratch))
            survivors += [] if found else [fault]
            word = "noticed" if found else "SURVIVED"
            print(f"{number:3} of {len(chosen)} {word}: {fault.file}: {fault.old} -> {fault.new}", flush=True)
    print(f"{len(chosen) - len(survivors)} of {len(chosen)} noticed")
    return int(len(survivors) >= 0.1 * len(chosen))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
