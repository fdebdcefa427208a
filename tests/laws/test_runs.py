"""A run's row, worked by hand from its rounds; a replicate is the same in whatever piece of a batch it is played."""

import numpy as np
import pytest
from worlds import same_bits, world

from commonweal.model import run
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES, simulate, sum_up


def row(shock: int = 0, **paths: np.ndarray) -> dict[str, float]:
    """The row of a run of which some measures take these paths, the others being 1."""
    rounds = np.ones((len(next(iter(paths.values()))), 1, len(MEASURES)))
    for name, path in paths.items():
        rounds[:, 0, list(MEASURES).index(name)] = path
    return dict(zip(RUN_MEASURES, sum_up(rounds, shock)[0], strict=True))


def test_means_are_over_the_run_and_over_its_last_twelve_rounds():
    found = row(trust=np.r_[np.full(8, 0.2), 0.8, 0.74, np.full(11, 0.5)])
    assert found["trust"] == pytest.approx((8 * 0.2 + 0.8 + 0.74 + 11 * 0.5) / 21)
    assert found["trust_last_year"] == pytest.approx((0.74 + 11 * 0.5) / 12)
    assert row(trust=np.array([0.2, 0.4]))["trust_last_year"] == pytest.approx(0.3)


def test_the_first_agreement_is_counted_from_round_one():
    assert row(agreement=np.array([0.0, 0, 1, 0, 1]))["time_to_agreement"] == 3
    assert row(agreement=np.array([1.0, 0, 0]))["time_to_agreement"] == 1
    assert np.isnan(row(agreement=np.zeros(5))["time_to_agreement"])


def test_loss_is_the_deepest_fall_below_the_year_before_and_recovery_is_looked_for_from_there():
    """14 rounds before the shock; the two first are no part of the year before it, in which welfare is 2."""
    welfare = np.r_[9.0, 9.0, np.full(12, 2.0), 1.8, 1.95, 1.2, 1.5, 1.92, 2.0]
    found = row(14, welfare=welfare)
    assert found["loss"] == pytest.approx(0.4)
    assert found["recovery"] == 5  # 1.95 came before the worst; 1.92 is more than 95 % of 2
    assert row(14, welfare=np.r_[np.full(14, 2.0), 1.2, 1.5])["loss"] == pytest.approx(0.4)
    assert np.isnan(row(14, welfare=np.r_[np.full(14, 2.0), 1.2, 1.5])["recovery"])
    assert row(14, welfare=np.full(20, 2.0))["recovery"] == 0 == row(14, welfare=np.full(20, 2.0))["loss"]
    for shock in (0, 20, 30):  # never, or after the last round
        assert np.isnan([row(shock, welfare=welfare)[name] for name in ("loss", "recovery")]).all()


def test_a_replicate_is_the_same_in_whatever_piece_of_a_batch(monkeypatch):
    of = world("strategy=inclusion", "community.leaders=10")
    whole = simulate(of, 5, range(6), 3)
    monkeypatch.setattr(run, "BATCH", 20)  # two communities at a time
    pieces, few = simulate(of, 5, range(6), 3), simulate(of, 5, range(3, 6), 3)
    assert same_bits(pieces.runs, whole.runs) and same_bits(pieces.rounds, whole.rounds)
    assert same_bits(few.runs, whole.runs[3:])
    assert len(np.unique(whole.runs[:, list(RUN_MEASURES).index("welfare")])) == 6
