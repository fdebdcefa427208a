"""What tests of the command line have in common: commands in an empty folder, here or in a process of their own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from commonweal.__main__ import main
from commonweal.commands import _play, _sweep


class Answer(NamedTuple):
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line on standard error, and nothing else anywhere."""
        assert self.out == ""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """An empty folder, in which commands are given."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    return tmp_path


@pytest.fixture
def command(folder, monkeypatch, capsys):
    """`commonweal ...` in this process."""
    monkeypatch.setattr(_play, "compile_model", lambda *_: None)
    monkeypatch.setattr(_sweep, "compile_model", lambda *_: None)

    def give(*words: str) -> Answer:
        code = main(words)
        return Answer(code, *capsys.readouterr())

    return give


@pytest.fixture
def process(folder):
    """`commonweal ...` in a process of its own, without the compiler: what is simulated there is tiny."""

    def give(*words: str, front: tuple[str, ...] = ("-m", "commonweal"), **more: str) -> Answer:
        environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", **more}
        done = subprocess.run(
            [sys.executable, *front, *words], capture_output=True, text=True, env=environment, timeout=120
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    return give
