"""What a world will call is known before it is played: all of it, and nothing of alternatives that nobody asked for."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numba
import pytest
from worlds import names, world

from commonweal.commands import _kernels
from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.model.kernel import rehearsal
from commonweal.model.needed import needed
from commonweal.model.run import simulate

pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="kernels are not compiled")
SOON = ("scandal=2", "cut=3", "crisis=4", "crisis_rounds=3", "arrival=5", "turnover=0.1")
FEW = ("community.leaders=14",)
"""yet more than are played to know what is needed"""
EACH = [(*FEW * (group != "community"), f"{group}={name}")
        for group in ("talk", "decision_rule", "game", "trust", "community", "scenario")
        for name in names(group) if name != "roster"]  # fmt: skip


def of(overrides):
    return world(*overrides)


@pytest.mark.parametrize(
    "overrides",
    [
        ["strategy=all"],
        ["strategy=all", *(f"scenario.events.{event}" for event in SOON), "scenario.conditions.hub=0.3"],
        ["strategy=all", "game.team=4", "game.strangers=true", "convener.budget=100"],
        ["strategy=communication", "people.issues=[one,two,three]", "community.leaders=70", "community.degree=8"],
        *(["strategy=all", *each] for each in EACH),
    ],
    ids=lambda words: " ".join(words[-1:]),
)
def test_all_that_is_called_in_a_run_is_known_before(overrides):
    asked = of(overrides)
    with rehearsal() as met:
        simulate(asked, 1, range(2), 9)
    known = {(each.kernel, each.signature) for each in needed([asked])}
    assert not {
        f"{each.kernel.__name__} {each.signature}" for each in met if (each.kernel, each.signature) not in known
    }


def test_alternatives_that_nobody_asked_for_are_left_out():
    usual, other = ({need.kernel.__name__ for need in needed([of(words)])} for words in ([], ["talk=deffuant"]))
    assert "listen" in usual - other and other - usual == {"converse"}
    assert not usual & {"succeed", "expose", "shift_need", "attend", "shuffle", "complement", "provide", "consent"}


def test_what_raises_is_left_for_the_run(monkeypatch):
    asked = of([])
    monkeypatch.setattr(type(asked.talk), "talk", lambda *_: 1 / 0)
    found = [need.kernel.__name__ for need in needed([asked])]
    assert "seek" in found and "listen" not in found and "judge" not in found


def test_a_study_is_asked_for_each_of_its_alternatives_once():
    words = ["design=grid", "design.over.talk=[degroot,deffuant]", "design.over.learn.public=[0.1,0.2,0.3]"]
    with session():
        study = read(words, ("commonweal", "run")).study
        found = list(_kernels.worlds_of(study))
    assert sorted((type(each.talk).__name__, each.learn.public) for each in found) == [
        ("Deffuant", 0.1), ("Degroot", 0.1), ("Degroot", 0.3),
    ]  # fmt: skip


COMPILE = """
import json, sys
from commonweal.commands import _kernels
from commonweal.model.needed import needed
from worlds import world

def some(worlds):
    return [need for need in needed(worlds) if need.kernel.__name__ in ("fade", "muster", "share_out", "adopt")]

if __name__ == "__main__":
    _kernels.needed = some
    asked = [world()]
    before = [need.is_there() for need in some(asked)]
    _kernels.compile_model(asked, False, int(sys.argv[1]))
    print(json.dumps([before, [need.is_there() for need in some(asked)]]))
"""


def test_two_first_runs_at_once_compile_in_processes_and_keep_it_for_the_next(tmp_path):
    (tmp_path / "program.py").write_text(COMPILE)
    here = Path(__file__).parents[1]
    paths = os.pathsep.join([str(here.parent / "sim"), str(here)])
    environment = {**os.environ, "PYTHONPATH": paths, "COMMONWEAL_CACHE": str(tmp_path), "NUMBA_DISABLE_JIT": "0"}

    def start(workers):
        command = [sys.executable, str(tmp_path / "program.py"), str(workers)]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def end(process):
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
        return json.loads(out), err

    for (before, after), said in map(end, [start(1), start(2)]):
        assert len(before) == 4 and not any(before) and all(after)
        assert "Compiling" in said and "0 of 4 parts" in said
    (before, after), said = end(start(2))
    assert all(before) and all(after) and said == ""
