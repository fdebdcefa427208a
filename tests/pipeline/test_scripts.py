"""Scripts of a user's own that run a study: with a guard in several processes, without one in their own."""

import os
import subprocess
import sys

import pytest

from commonweal.analysis.results import load

SCRIPT = """
from pathlib import Path

from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.analysis.results import run_study

print("from the start")


def main():
    words = ["strategy=inclusion", "run.replicates=3", "run.rounds=3", "community.leaders=8"]
    with session():
        study = read(words).study
    print(len(run_study(study, Path("out"), workers=2).runs), "runs")


"""


@pytest.mark.parametrize("guarded", [True, False])
def test_a_script_runs_a_study(tmp_path, guarded):
    (tmp_path / "mine.py").write_text(SCRIPT + ('if __name__ == "__main__":\n    main()\n' if guarded else "main()\n"))
    done = subprocess.run(
        [sys.executable, "mine.py"], cwd=tmp_path, capture_output=True, text=True, timeout=240,
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
    )  # fmt: skip
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    # Workers that import the script say its greeting too, and may do so last: theirs is a stream of their own.
    assert done.stdout.splitlines().count("6 runs") == 1 and len(load(tmp_path / "out").runs) == 6
    assert ("put what calls commonweal under `if __name__" in done.stderr) != guarded
    assert guarded or done.stdout.count("from the start") == 1
