"""A copy of what commonweal is made of, into which a test plants something, and commands given in it.

Its kernels are played as plain Python, for where something is planted all of them would be compiled anew.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("sim", "conf", "experiments", "docs")
TINY = (
    "community.leaders=6", "community.degree=4", "run.replicates=2", "run.rounds=2", "workers=1", "quiet=true",
    "figures=false",
)  # fmt: skip
COMMANDS = """
import io, json, sys
from contextlib import redirect_stdout
from commonweal.__main__ import main
from commonweal.report import pdf

pdf.BROWSERS = ()  # a PDF of it would say no more
said = []
for words in json.loads(sys.argv[1]):
    with redirect_stdout(io.StringIO()) as out:
        code = main(words)
    if code:
        sys.exit(f"{words} ended with {code}")
    said.append(out.getvalue())
print(json.dumps(said))
"""


class Copy(NamedTuple):
    """A copy of the source tree, and beside it a folder for results."""

    source: Path
    results: Path

    def python(self, *words: str) -> str:
        """What Python prints in it."""
        done = subprocess.run(
            [sys.executable, "-W", "ignore", *words], cwd=self.results, capture_output=True, text=True,
            env={**os.environ, "PYTHONPATH": str(self.source / "sim"), "NUMBA_DISABLE_JIT": "1", "COLUMNS": "200"},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def commands(self, *lines: tuple[str, ...]) -> list[str]:
        """What each of some commands of commonweal prints, one after the other in one interpreter."""
        return json.loads(self.python("-c", COMMANDS, json.dumps(lines)))

    def look(self, code: str) -> str:
        """What lines of Python print."""
        return self.python("-c", code)


def copied(base: pytest.TempPathFactory) -> Copy:
    """A fresh copy."""
    source, results = base.mktemp("source"), base.mktemp("results")
    for part in PARTS:
        shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
    (source / "results").symlink_to(ROOT / "results")
    return Copy(source, results)
