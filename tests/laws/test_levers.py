"""Levers: neutral ones change nothing, every one moves something, and how strategies scale, merge and take turns."""

from itertools import cycle

import numpy as np
import pytest
from worlds import (
    COSTS,
    EVERY,
    SCENARIOS,
    STRATEGIES,
    Set,
    comparison,
    condition,
    keys,
    played,
    same_bits,
    start,
    with_strategy,
    world,
)
from worlds import arrays as arrays_of

from commonweal.model.levers import DOSES, LEVERS, Levers, PublicRecord
from commonweal.model.measures import MEASURES
from commonweal.model.strategies.portfolio import Part, Portfolio, at_intensity

SETTINGS = [name for name in LEVERS if name not in DOSES]
BEHAVIOUR = [column for column, name in enumerate(MEASURES) if name not in COSTS]
HALF = {name: lever.high / 2 if name != "revision" else 3.0 for name, lever in LEVERS.items()}
TALKATIVE = ("talk=bounded_confidence", "decision_rule=unanimity", "convener=lab", "people.reservation=0.45")
"""they have much to talk about, and agree on something now and then, not always: there is nothing to give to before"""


def equal_runs(one, other):
    (out, state), (out2, state2) = one, other
    return same_bits(out, out2) and all(
        same_bits(array, arrays_of(state2)[name]) for name, array in arrays_of(state).items()
    )


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_neutral_levers_change_nothing(scenario):
    """Laissez-faire, every lever at its neutral value, a portfolio at intensity 0, and settings without a dose."""
    of = condition("laissez_faire", scenario)
    idle = played(of, keys(3), 12)
    everything = condition("all", scenario).strategy
    neutral = [
        Set(levers=dict.fromkeys(LEVERS, 0.0)),
        Set(levers={name: LEVERS[name].high for name in SETTINGS}),
        Set(levers={name: HALF[name] for name in SETTINGS}),
        at_intensity("everything", everything, 0.0),
        condition("portfolio", scenario).strategy,
    ]
    for strategy in neutral:
        assert equal_runs(idle, played(with_strategy(of, strategy), keys(3), 12)), strategy


@pytest.mark.parametrize("lever", LEVERS)
def test_every_lever_moves_something(lever):
    """With all levers at half, and prices at nothing, any one of them makes a difference, and so do its two halves."""
    of = condition("laissez_faire", "polarised", *TALKATIVE, leaders=14)
    values = [HALF[lever] * part for part in (0, 1, 2)]
    outs = [played(with_strategy(of, Set(levers=HALF | {lever: value})), keys(8), 8)[0] for value in values]
    for one, other in ((0, 1), (1, 2), (0, 2)):
        assert not same_bits(outs[one][..., BEHAVIOUR], outs[other][..., BEHAVIOUR]), values


COMPANIONS = {"plan": {"participation": 0.5}, "participation": {"plan": 0.5}, "visibility": {"exemplars": 0.3}}


@pytest.mark.parametrize("dose", DOSES)
def test_every_dose_alone_moves_something(dose):
    """On top of the settings, and of the one dose that it needs, if any."""
    of = condition("laissez_faire", "polarised", *TALKATIVE, leaders=14)
    setting = {name: HALF[name] for name in SETTINGS} | COMPANIONS.get(dose, {})
    without, with_it = (
        played(with_strategy(of, Set(levers=setting | {dose: value})), keys(8), 8)[0] for value in (0.0, HALF[dose])
    )
    assert not same_bits(without[..., BEHAVIOUR], with_it[..., BEHAVIOUR])


@pytest.mark.parametrize("strategy", sorted(set(STRATEGIES) - {"laissez_faire", "portfolio"}))
def test_every_strategy_moves_something_besides_what_it_costs(strategy):
    """With its own conf, at no price, in at least one scenario."""
    moved = []
    for scenario in SCENARIOS:
        of = condition(strategy, scenario, "convener=lab")
        idle = condition("laissez_faire", scenario, "convener=lab")
        one, other = (played(each, keys(4), 8)[0][..., BEHAVIOUR] for each in (of, idle))
        moved.append(not same_bits(one, other))
    assert any(moved)


@pytest.mark.parametrize(("strategy", "scenario"), EVERY)
def test_the_same_community_meets_every_strategy(strategy, scenario):
    first, idle = start(condition(strategy, scenario), keys(4)), start(condition("laissez_faire", scenario), keys(4))
    for name, array in arrays_of(first).items():
        assert same_bits(array, arrays_of(idle)[name]), name


def seens(rng, communities, rounds=60):
    """Public records, some of them odd."""
    for _ in range(12):
        yield PublicRecord(
            round=int(rng.integers(1, rounds + 1)),
            rounds=rounds,
            leaders=rng.integers(2, 200, communities).astype(float),
            seated=rng.random(communities),
            cooperation=rng.random(communities),
            agreed=(rng.random(communities) < 0.5).astype(float),
            spent=1000 * rng.random(communities),
        )


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_act_is_pure(strategy):
    """The same record gives the same levers, within their bounds, changes nothing, and minds its own row only."""
    act = condition(strategy, "calm").strategy
    before = act.model_dump()
    for seen in seens(np.random.default_rng(0), 5):
        copy = PublicRecord(seen.round, seen.rounds, *(array.copy() for array in seen[2:]))
        levers = act.act(seen).rows(5)
        again = act.act(seen).rows(5)
        for name, one, other in zip(LEVERS, levers, again, strict=True):
            assert same_bits(one, other), name
            assert (one >= 0).all() and (one <= LEVERS[name].high).all(), name
        assert all(same_bits(one, other) for one, other in zip(seen[2:], copy[2:], strict=True))
        for b in range(5):
            alone = act.act(PublicRecord(seen.round, seen.rounds, *(array[b : b + 1] for array in seen[2:]))).rows(1)
            assert [float(row[0]) for row in alone] == [float(row[b]) for row in levers]
    assert act.model_dump() == before


def some_levers(rng):
    return Levers(*(lever.high * rng.random(3) for lever in LEVERS.values()))


def test_merging_takes_the_larger_value_of_each_lever():
    rng = np.random.default_rng(1)
    a, b, c = (some_levers(rng) for _ in range(3))
    for name in LEVERS:
        np.testing.assert_array_equal(
            getattr(a.merged(b), name), np.maximum(getattr(a, name), getattr(b, name)), err_msg=name
        )
    for one, other in ((a.merged(b), b.merged(a)), (a.merged(a), a), (a.merged(Levers()), a),
                       (a.merged(b).merged(c), a.merged(b.merged(c)))):  # fmt: skip
        np.testing.assert_array_equal(np.stack(one), np.stack(other))


def test_intensity_scales_doses_and_leaves_settings():
    levers = some_levers(np.random.default_rng(2))
    for intensity in (0.0, 0.3, 1.0):
        for name in LEVERS:
            factor = intensity if name in DOSES else 1.0
            np.testing.assert_array_equal(getattr(levers.scaled(intensity), name), factor * getattr(levers, name))


def test_levers_out_of_bounds_are_refused_by_name():
    for name, lever in LEVERS.items():
        for wrong in (-0.01, lever.high * 1.01, np.nan):
            with pytest.raises(ValueError, match=name):
                Levers(**{name: wrong}).rows(2)


PARTS = [  # intensity, start, end, ramp; level in rounds 1..8
    ((1.0, 1, 0, 0), [1, 1, 1, 1, 1, 1, 1, 1]),
    ((0.5, 3, 0, 0), [0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]),
    ((0.5, 3, 5, 0), [0, 0, 0.5, 0.5, 0.5, 0, 0, 0]),
    ((0.8, 2, 0, 3), [0, 0.2, 0.4, 0.6, 0.8, 0.8, 0.8, 0.8]),
    ((0.8, 1, 2, 3), [0.2, 0.4, 0, 0, 0, 0, 0, 0]),
    ((0.7, 9, 0, 0), [0, 0, 0, 0, 0, 0, 0, 0]),
]


@pytest.mark.parametrize(("part", "levels"), PARTS)
def test_start_end_and_ramp(part, levels):
    intensity, begin, end, ramp = part
    part = Part(intensity=intensity, start=begin, end=end, ramp=ramp)
    assert [part.level(round_) for round_ in range(1, 9)] == pytest.approx(levels, abs=1e-15)
    portfolio = Portfolio(members={"it": Set(levers={"match": 0.4, "standard": 0.3})}, parts={"it": part})
    for round_, level in enumerate(levels, 1):
        seen = next(seens(np.random.default_rng(0), 1))._replace(round=round_)
        acted = portfolio.act(seen)
        assert acted.match == pytest.approx(0.4 * level, abs=1e-15)
        assert acted.standard == (0.3 if level > 0 else 0.0)


def test_a_portfolio_of_one_at_full_strength_is_that_one():
    for strategy in sorted(set(STRATEGIES) - {"laissez_faire"}):
        of = condition(strategy, "calm")
        assert equal_runs(
            played(of, keys(2), 6), played(with_strategy(of, at_intensity("it", of.strategy, 1.0)), keys(2), 6)
        )


def test_doing_a_thing_twice_is_not_doing_it_double():
    one = condition("build_relationships", "calm")
    part = Part(intensity=1.0, start=1, end=0, ramp=0)
    twice = Portfolio(members={"a": one.strategy, "b": one.strategy}, parts={"a": part, "b": part})
    assert equal_runs(played(one, keys(2), 6), played(with_strategy(one, twice), keys(2), 6))


def test_worlds_composed_at_once_are_those_composed_one_by_one():
    """Those in which these laws are tested."""
    for strategy, scenario in zip(cycle(STRATEGIES), SCENARIOS, strict=False):
        made = comparison("convener=lab").world({"strategy": strategy, "scenario": scenario})
        alone = world(f"strategy={strategy}", f"scenario={scenario}", "convener=lab")
        assert made.fingerprint() == alone.fingerprint(), (strategy, scenario)
