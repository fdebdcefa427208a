"""A round played from its tape is the same round, bit for bit, and what may not be on a tape is not."""

import ast
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from worlds import Set, arrays, condition, keys, start, thrown_together, with_strategy

from commonweal.model import mechanisms, tape
from commonweal.model.drive import Call, Round, drive
from commonweal.model.kernel import BLIND, allocating_kernel, in_place_of_kernels, kernel
from commonweal.model.levers import Levers
from commonweal.model.measures import MEASURES
from commonweal.model.mechanisms import agree
from commonweal.model.mechanisms.decision_rule.decision_rule import DecisionRule
from commonweal.model.round import play

pytestmark = pytest.mark.skipif(not BLIND, reason="kernels are not compiled, or watched")
ROUNDS = 16


def played(of, before, monkeypatch, rounds=ROUNDS):
    """Measures and the state at the end, recorded after some rounds; and in how many rounds something was recorded."""
    monkeypatch.setattr(tape, "BEFORE", before)
    monkeypatch.setattr(tape, "ENOUGH", 0)
    recorded, record = set(), tape.Tape._record
    monkeypatch.setattr(tape.Tape, "_record", lambda *given: (recorded.add(given[0]._opened), record(*given))[1])
    state = start(of, keys(2))
    out = np.full((rounds, 2, len(MEASURES)), np.nan)
    for round_ in range(1, rounds + 1):
        play(of, state, round_, rounds, out[round_ - 1])
    monkeypatch.setattr(tape.Tape, "_record", record)

    return out, arrays(state), len(recorded)


def same(of, monkeypatch):
    plain, taped = (played(of, before, monkeypatch) for before in (sys.maxsize, 1))
    np.testing.assert_array_equal(plain[0], taped[0])
    for name, array in plain[1].items():
        np.testing.assert_array_equal(array, taped[1][name], name)
    assert plain[2] == 0 and 0 < taped[2] < ROUNDS - 2
    return taped[2]


@pytest.mark.parametrize("scenario", ["calm", "polarised", "turnover", "crisis"])
@pytest.mark.parametrize("strategy", ["laissez_faire", "all", "communication"])
def test_a_taped_round_is_the_same_round(strategy, scenario, monkeypatch):
    of = condition(strategy, scenario)
    same(of, monkeypatch)
    tapes = [each for each in tape._TAPES.values() if each.world is of]
    assert tapes and all(None not in each._parts.values() for each in tapes)


@pytest.mark.parametrize("lot", range(6))
def test_so_it_is_whatever_the_world_is_made_of(lot, monkeypatch):
    """Levers by lot each round: paths of talk and table, agendas amended, mediated, given up."""
    of = thrown_together(lot)
    plain, taped = (played(of, before, monkeypatch) for before in (sys.maxsize, 1))
    np.testing.assert_array_equal(plain[0], taped[0])
    assert all(np.array_equal(array, taped[1][name], equal_nan=True) for name, array in plain[1].items())


ASKED = []
"""how many accepted, each time that TwoThirds was asked"""


class TwoThirds(DecisionRule):
    """A rule of the user's own, in Python."""

    def decide(self, state):
        ASKED.append(int(state.leaders.accepts.sum()))
        starts = state.islands.leader_start[:-1]
        heads = np.add.reduceat(state.leaders.seated.astype(int), starts)
        state.islands.agreed[:] = 3 * np.add.reduceat(state.leaders.accepts & state.leaders.seated, starts) > 2 * heads

    def plain_decide(self, table):
        return False


def test_a_rule_of_ones_own_is_asked_every_round_between_what_is_taped(monkeypatch):
    of = condition("all", "calm").model_copy(update={"decision_rule": TwoThirds()})
    asked = []
    for before in (sys.maxsize, 1):
        ASKED.clear()
        played(of, before, monkeypatch)
        asked.append([*ASKED])
    assert asked[0] == asked[1] and len(asked[0]) >= ROUNDS
    same(of, monkeypatch)


def test_what_stands_in_for_a_kernel_is_called_every_round(monkeypatch):
    of, called = condition("all", "calm"), []
    seat = agree.seat
    for at, place in enumerate((agree, agree.Agree)):
        name, stood = ("seat", seat) if place is agree else ("mediate", agree.Agree.mediate)
        with monkeypatch.context() as patch:
            patch.setattr(place, name, lambda *given, stood=stood: (called.append(None), stood(*given))[1])
            times = []
            for before in (sys.maxsize, 1):
                called.clear()
                times.append((played(of, before, patch)[0].tobytes(), len(called)))
            assert times[0] == times[1] and times[0][1] >= (ROUNDS if at == 0 else 1)
        assert played(of, 1, monkeypatch)[0].tobytes() == times[0][0]


def test_the_first_tape_of_a_process_waits_until_it_is_worth_its_while(monkeypatch):
    of, out = condition("laissez_faire", "calm"), np.empty((1, len(MEASURES)))
    monkeypatch.setattr(tape, "BEFORE", 1)
    monkeypatch.setattr(tape, "ENOUGH", 5)
    monkeypatch.setattr(tape.Tape, "played", 0)
    recorded, record = [], tape.Tape._record
    monkeypatch.setattr(tape.Tape, "_record", lambda *given: (recorded.append(given[0]._opened), record(*given))[1])
    for first in (6, 2):
        recorded.clear()
        state = start(of, keys(1))
        for round_ in range(1, 9):
            play(of, state, round_, 8, out)
        assert recorded[0] == first


def test_levers_of_each_round_are_those_played(monkeypatch):
    """They are returned as they were set, and a later round does not write to them."""
    of = condition("laissez_faire", "calm")
    monkeypatch.setattr(tape, "BEFORE", 1)
    monkeypatch.setattr(tape, "ENOUGH", 0)
    state, out, kept = start(of, keys(1)), np.empty((1, len(MEASURES))), []
    for round_ in range(1, 8):
        now = with_strategy(of, Set(levers={"meetings": float(round_ % 3)}))
        kept.append((round_ % 3, play(now, state, round_, 8, out)))
    assert all(levers.meetings[0] == value for value, levers in kept)


@kernel
def doubled(numbers):
    for i in range(numbers.shape[0]):
        numbers[i] *= 2.0


@kernel
def first(numbers):
    return numbers[0]


@allocating_kernel
def endless(numbers):
    numbers[0] = np.empty(2**46 + int(numbers[0])).shape[0]


def above(numbers, bound):
    return bool(numbers.max() > bound)


class Part:
    """A part made up, and how often Python was in it."""

    def __init__(self, numbers):
        self.numbers, self.been = numbers, 0

    def double(self, state, levers, round_):
        self.been += 1
        doubled(self.numbers)
        if tape.between(above, self.numbers, 100.0):
            doubled(self.numbers)

    def hang(self, state, levers, round_):
        if round_ > 3:
            doubled(self.numbers)

    def return_a_share(self, state, levers, round_):
        first(self.numbers)

    def take_too_much(self, state, levers, round_):
        if tape.between(above, self.numbers, 10.0):
            endless(self.numbers)
        doubled(self.numbers)


def rounds_of(part, monkeypatch, *rounds):
    monkeypatch.setattr(tape, "BEFORE", 0)
    monkeypatch.setattr(tape, "ENOUGH", 0)
    state = start(condition("laissez_faire", "calm"), keys(1))
    one = tape.tape_of(part, state)
    for round_ in rounds:
        levers, month = one.open(Levers().rows(1), round_)
        one.play(part, state, levers, month)
        one.finish()


def test_python_is_there_only_where_something_is_met_for_the_first_time(monkeypatch):
    part = Part(np.array([1.0, 3.0]))
    rounds_of(part.double, monkeypatch, *range(1, 8))
    assert part.numbers.tolist() == [2.0**9, 3 * 2.0**9]  # doubled seven times, and once more in each of the last two
    assert part.been == 2  # the first time, and where there is more than 100 for the first time


def test_what_cannot_be_on_a_tape_is_refused(monkeypatch):
    part = Part(np.array([1.0, 3.0]))
    with pytest.raises(TypeError, match="nothing else may hang on it"):
        rounds_of(part.hang, monkeypatch, 1)
    with pytest.raises(TypeError, match="returns float64; from a block only whole numbers"):
        rounds_of(part.return_a_share, monkeypatch, 1)
    assert int(Round(3)) == 3 and [int(Round(3))] == [3]


def test_where_a_kernel_finds_no_room_its_name_is_told(monkeypatch):
    part = Part(np.array([1.0, 3.0]))
    with pytest.raises(MemoryError):
        rounds_of(part.take_too_much, monkeypatch, 1, 2, 3, 4)
    calls = [Call(each.__name__, each.flat((None,)).function, [part.numbers]) for each in (doubled, endless)]
    one, other = drive().blocks(calls, np.zeros(1, np.int64))
    one.link(other)
    with pytest.raises(MemoryError, match="kernel endless found no room"):
        drive().play(one)


def test_tapes_that_are_kept_are_few(monkeypatch):
    monkeypatch.setattr(tape, "_TAPES", {})
    of = condition("laissez_faire", "calm")
    states = [start(of, keys(2)) for _ in range(tape.MOST + 5)]
    tapes = [tape.tape_of(of, state) for state in states]
    assert len(tape._TAPES) == tape.MOST and tape.tape_of(of, states[-1]) is tapes[-1]
    monkeypatch.setattr(tape, "ROWS", 3 * tapes[0].rows)
    assert tape.tape_of(of, start(of, keys(2))).rows == tapes[0].rows and len(tape._TAPES) == 3
    large = start(of, keys(7))
    assert tape.tape_of(of, large) is not tape.tape_of(of, large)
    levers = Levers().rows(7)
    assert tape.tape_of(of, large).open(levers, 99) == (levers, 99)


def test_other_threads_call_kernels_meanwhile():
    numbers = np.array([1.0])
    with in_place_of_kernels(None):
        other = threading.Thread(target=doubled, args=(numbers,))
        other.start(), other.join()
    assert numbers[0] == 2.0


def methods_of_parts():
    """The methods of mechanisms that are handed the state, and may be on a tape."""
    for path in sorted(Path(mechanisms.__file__).parent.rglob("*.py")):
        if path.name == "events.py":
            continue
        for kind in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(kind, ast.ClassDef) and not any(ast.unparse(base) == "NamedTuple" for base in kind.bases):
                for method in kind.body:
                    if isinstance(method, ast.FunctionDef) and "state" in [each.arg for each in method.args.args]:
                        yield path.stem, method


@pytest.mark.parametrize(
    "method", [pytest.param(method, id=f"{stem}.{method.name}") for stem, method in methods_of_parts()]
)
def test_parts_look_at_the_state_by_between_only(method):
    """Else they would go on doing what was right when they were recorded."""
    allowed = {
        id(node) for call in ast.walk(method)
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("between", "made_once") for node in ast.walk(call)
    }  # fmt: skip
    for node in ast.walk(method):
        if id(node) not in allowed and not isinstance(node, ast.arg):
            assert not (isinstance(node, ast.Name) and node.id == "np"), ast.unparse(method)
            written = isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store)
            assert not written, ast.unparse(method)
            if isinstance(node, ast.If | ast.While):
                looks = {
                    each.id for each in ast.walk(node.test) if isinstance(each, ast.Name) and id(each) not in allowed
                }
                assert not looks & {"state", "levers", "islands", "leaders"}, ast.unparse(node.test)
