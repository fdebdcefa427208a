"""Whole simulations with the compiler off and every index checked, and no kernel without a test."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

PROGRAM = """
import hashlib, json, sys
import numba, numpy as np, worlds
from worlds import arrays, condition, keys, played, thrown_together

class Strict(np.ndarray):
    def __getitem__(self, at):
        refuse_negative(at)
        return super().__getitem__(at)

    def __setitem__(self, at, value):
        refuse_negative(at)
        super().__setitem__(at, value)

def refuse_negative(at):
    for each in at if type(at) is tuple else (at,):
        if not isinstance(each, (slice, np.ndarray)) and each < 0:
            raise IndexError(f"index {each} counts from the end")

def strictly(of, run, start=worlds.start):
    state = start(of, run)
    return type(state)(*(type(table)(*(array.view(Strict) for array in table)) for table in state))

if numba.config.DISABLE_JIT:
    worlds.start = strictly
found = {}
worlds = {f"{name} {scenario} {talk}": condition(name, scenario, f"talk={talk}", leaders=8)
          for name, scenario, talk in (("laissez_faire", "calm", "bounded_confidence"),
                                       ("all", "turnover", "friedkin_johnsen"))}
worlds |= {f"lot {lot}": thrown_together(lot) for lot in range(int(sys.argv[1]))}
for name, of in worlds.items():
    out, state = played(of, keys(2), 6)
    found[name] = {"measures": out.tobytes().hex()}
    found[name] |= {part: hashlib.sha256(array.tobytes()).hexdigest() for part, array in arrays(state).items()}
print(json.dumps(found))
"""


def simulate(lots=4, **environment):
    paths = os.pathsep.join([str(ROOT / "sim"), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(lots)],
        env=os.environ | {"PYTHONPATH": paths} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_plain_python_gives_the_same_bits_and_no_index_is_out_of_bounds():
    """There numpy checks each index of each array, and those of the state may not count from the end either."""
    assert simulate(NUMBA_DISABLE_JIT="1") == simulate()


DECISIONS = """
import sys
from collections import defaultdict
from commonweal.model import luck
from worlds import condition, keys, played, thrown_together

uses, words = defaultdict(set), luck.words
def recorded(*use):
    frame = sys._getframe(1)
    while frame.f_code.co_filename == luck.__file__:
        frame = frame.f_back
    uses[tuple(int(part) for part in use)].add(frame.f_code.co_qualname)
    return words(*use)
luck.words = recorded

for of in (condition("all", "one_hub", leaders=8), *(thrown_together(lot) for lot in range(6))):
    uses.clear()
    played(of, keys(2), 5)
    shared = {use: callers for use, callers in uses.items() if len(callers) > 1}
    assert not shared, f"(run, stream, round, who, index) used for two decisions: {dict(list(shared.items())[:3])}"
    assert len(uses) > 500
print("ok")
"""


def test_no_number_serves_two_decisions():
    """Every use of luck in a simulation is written down: no two kernels ever draw the same number."""
    paths = os.pathsep.join([str(ROOT / "sim"), str(ROOT / "tests")])
    done = subprocess.run(
        [sys.executable, "-c", DECISIONS],
        env=os.environ | {"PYTHONPATH": paths, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_kernel_is_worked_by_hand():
    """A kernel of the round without a test on the line is missing one here."""
    tests = "\n".join(path.read_text() for path in HERE.glob("test_*.py"))
    tried = set(re.findall(r"both\((?:\w+\.)?(\w+)", tests)) | set(re.findall(r"measured\(measures\.(\w+)", tests))
    tried |= set(re.findall(r"^    \((?:\w+)\.(\w+), \(", tests, re.MULTILINE))
    sources = [
        *(ROOT / "sim" / "commonweal" / "model" / "mechanisms").rglob("*.py"),
        ROOT / "sim" / "commonweal" / "model" / "measures.py",
        ROOT / "sim" / "commonweal" / "model" / "convener.py",
    ]
    kernels = {
        node.name
        for source in sources
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.FunctionDef)
        and any(
            isinstance(each, ast.Name) and each.id in ("kernel", "allocating_kernel") for each in node.decorator_list
        )
    }
    assert len(kernels) > 40
    assert not kernels - tried, f"work these by hand in tests/kernels: {sorted(kernels - tried)}"
