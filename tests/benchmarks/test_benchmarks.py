"""The benchmark measures the model that is played, and leaves it as it was."""

import json
import shutil
import subprocess
import sys

import pytest

from benchmarks import check, memory, numbers, round_in_c, studies
from benchmarks.__main__ import main as asked
from benchmarks.batch import Batch
from benchmarks.mechanisms import by_mechanism, clocked
from commonweal.model.kernel import instead
from commonweal.study.dataset import Dataset


def test_json_holds_the_parts_asked_for():
    words = ["-m", "benchmarks", "--quick", "--json", "--only", "orchestration"]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True)
    assert 0 < json.loads(done.stdout)["orchestration"]["laissez_faire"] < 1, done.stderr


def test_unknown_parts_are_refused(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--only", "everything"])
    with pytest.raises(SystemExit, match="2"):
        asked()
    assert "everything: no such part" in capsys.readouterr().err


def test_every_mechanism_is_clocked_and_the_clock_taken_off():
    found = by_mechanism(30, "all")
    assert {"talk.talk.listen", "meet.seek", "trust.deeds.judge", "sort"} <= found.keys()
    assert min(found.values()) > 0 and instead() is None
    with pytest.raises(ZeroDivisionError), clocked():
        _ = 1 / 0
    assert instead() is None


def test_a_large_community_needs_no_more_memory_than_its_ties_and_leaders_are_allowed():
    few, many = (memory.peak(leaders, 10) for leaders in (60_000, 140_000))
    assert 80_000 * 10 * 28 < many - few < 80_000 * (10 * memory.PER_TIE + memory.PER_LEADER)


def test_a_study_is_timed_and_its_writing_and_overhead_are_parts_of_it():
    writing = Dataset.write
    found = studies.end_to_end(replicates=4, repeats=1)
    assert found["seconds"] > 0 and 0 < found["writing_share"] < 1 and Dataset.write is writing
    shares = studies.overhead(replicates=4, repeats=1)
    assert set(shares) == {"comparison", "design"} and all(0 < share < 1 for share in shares.values())


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_c_agrees_with_the_kernels():
    from benchmarks.against_c import against_c

    assert all(ratio > 0 for ratio in against_c(50).values())


def test_a_round_in_c_is_the_same_round(monkeypatch):
    if shutil.which("cc"):
        assert round_in_c.round_in_c((50,), 1)["50"] > 0
        other = Batch(50, "laissez_faire"), Batch(50, "laissez_faire")
        other[1].state.leaders.belief[3] += 1e-16 + 1e-15
        with pytest.raises(RuntimeError, match="leaders_belief of the engine and of C differ"):
            round_in_c.refuse_other(*other)
    monkeypatch.setenv("CC", "no-such-compiler")
    assert "no-such-compiler" in round_in_c.round_in_c((50,))["skipped"]


@pytest.mark.parametrize(("recorded", "code"), [(1.0, 0), (1e6, 1)])
def test_a_lead_that_halves_fails(tmp_path, monkeypatch, recorded, code):
    monkeypatch.setattr(check, "RECORDED", tmp_path / "ratio.json")
    monkeypatch.setattr(check, "LEADERS", 30)
    check.RECORDED.write_text(json.dumps(dict.fromkeys(check.STRATEGIES, recorded)))
    assert check.main(keep=False) == code


def test_a_number_that_moves_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(numbers, "conditions", lambda: [("community.leaders=5", "community.degree=2")])
    kept = tmp_path / "numbers.json"
    assert numbers.main("keep", str(kept)) == 0 and numbers.main("compare", str(kept)) == 0
    monkeypatch.setattr(numbers, "ROUNDS", 13)
    assert numbers.main("compare", str(kept)) == 1
    assert "differs: community.leaders=5 community.degree=2" in capsys.readouterr().out
