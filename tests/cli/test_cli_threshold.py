"""Every command works in a folder that holds a sim.py and a sim/ of the user's, and files with the names of others'.

By python -m, which puts that folder first, and by the script with PYTHONPATH=., where a user's json.py is Python's by
their own wish: there the commands that start other processes, whose path is another matter, and one that does not;
all of them with COMMONWEAL_THOROUGH=1.
"""

import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from thorough import THOROUGH
from tiny import SMALL

RAISES = 'raise RuntimeError("a file of the user\'s was imported")\n'
SIM = ("sim.py", "sim/__init__.py")
OTHERS = tuple(f"{name}.py" for name in (
    "csv", "json", "difflib", "selectors", "socket", "struct", "threading", "typing", "multiprocessing", "joblib",
    "hydra", "numpy", "pandas", "yaml", "zipfile",
))  # fmt: skip
PYTHON, SCRIPT = ("-m", "commonweal"), (str(Path(sys.executable).with_name("commonweal")),)
PLACES = {"module": (PYTHON, (*SIM, *OTHERS), ""), "script": (SCRIPT, SIM, ".")}
"""per place how a command is given, the files that lie there, and what PYTHONPATH begins with"""
COMMANDS = {
    "--version": "commonweal 0",
    "--help": "your leaders:",
    "run strategy=inclusion workers=2": "Results:",
    "run -m strategy=inclusion scenario=calm,crisis hydra/launcher=joblib": "Results:",
    "run --cfg job": "scenario:",
    "table study": "inclusion",
    "report study": "report.html",
    "status study": "study: finished",
    "resume design workers=2": "design",
    "query design 'SELECT count(*) AS played FROM runs'": "played",
    "analyse design": "differences",
    "branch strategy=inclusion --at 2 --to communication": "Results: results/branch/",
    "roster template town": "wrote town",
    "roster check leaders.csv": "leaders",
    "notebook note.py --results study": "wrote study/note.html",
    "calibrate --help": "usage: commonweal calibrate",
}
WHOLE = tuple(PLACES) if THOROUGH else ("module",)
"""places where every command is given"""
STARTING = ("run strategy=inclusion workers=2", "run -m", "resume", "notebook", "table")
"""how those begin that are given in the others too"""
NOTE = """# %% tags=["parameters"]
results_folder = ""

# %%
print(results_folder)
"""
SIZED = {"run": (*SMALL, "figures=false"), "branch": SMALL}


class Place:
    """A folder with a user's files, in which commands are given."""

    def __init__(self, folder: Path, front: tuple[str, ...], files: tuple[str, ...], first: str) -> None:
        self.folder, self.front = folder, front
        (folder / "sim").mkdir()
        for name in files:
            (folder / name).write_text(RAISES)
        (folder / "leaders.csv").write_text("id\nana\nbo\ncy\n")
        (folder / "note.py").write_text(NOTE)
        paths = [each for each in (first, os.environ.get("PYTHONPATH", "")) if each]
        self.environment = {**os.environ, "COLUMNS": "120"}
        self.environment["PYTHONPATH"] = os.pathsep.join(paths)

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *self.front, *words], cwd=self.folder, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip

    def give(self, line: str, *more: str) -> str:
        words = shlex.split(line)
        process = self.start(*words, *SIZED.get(words[0], ()), *more)
        said, _ = process.communicate(timeout=600)
        assert process.returncode == 0, said
        assert "Traceback" not in said and "a file of the user's" not in said
        return said


@pytest.fixture(scope="module")
def place_of(tmp_path_factory) -> Callable[[str], Place]:
    """A place by its name: a folder with the results of a study and of a design, made when it is first asked for."""

    @cache
    def made(name: str) -> Place:
        place = Place(tmp_path_factory.mktemp(name), *PLACES[name])
        place.give("run strategy=inclusion workers=2 out=study")
        place.give("run design=grid design.over.learn.public=[0.2,0.8] workers=2 out=design")
        return place

    return made


@pytest.mark.parametrize("where", PLACES)
def test_the_files_would_be_imported_if_python_were_asked(place_of, where):
    """Else the tests below could not fail."""
    place = place_of(where)
    for name in ("sim", "json") if "-m" in place.front else ("sim",):
        done = subprocess.run(
            [sys.executable, "-c", f"import {name}"], cwd=place.folder, env=place.environment, capture_output=True
        )
        assert b"a file of the user's was imported" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "line"),
    [(where, line) for where in PLACES for line in COMMANDS if where in WHOLE or line.startswith(STARTING)],
)
def test_a_command_works_beside_the_users_files(place_of, where, line):
    assert COMMANDS[line] in place_of(where).give(line)


@pytest.mark.slow
@pytest.mark.parametrize("where", WHOLE)
def test_the_validation_starts_beside_the_users_files(place_of, where):
    process = place_of(where).start("validate", "--quick")
    assert process.stdout is not None
    try:
        said = [process.stdout.readline()]
        while said[-1] and "measuring: " not in said[-1]:
            said.append(process.stdout.readline())
        assert "measuring: " in said[-1], said
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
@pytest.mark.parametrize("where", WHOLE)
def test_the_page_starts_and_answers_beside_the_users_files(place_of, where):
    pytest.importorskip("solara")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = place_of(where).start("dashboard", "--no-open", "--port", str(port))
    try:
        assert "<title>" in _answer(f"http://127.0.0.1:{port}", process)
    finally:
        process.kill()
        process.communicate()


def _answer(address: str, process: subprocess.Popen[str]) -> str:
    """What a server says, once it is there."""
    for _ in range(600):
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(address, timeout=60) as page:
                return page.read().decode()
        except urllib.error.URLError:
            time.sleep(0.2)
    raise AssertionError(f"{address} does not answer")
