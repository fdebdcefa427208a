"""The prior: the bounds of what is assumed, the errors of what is calibrated, and nothing of what is known."""

import numpy as np
import pytest

from commonweal.configuration.parameters import parameters
from commonweal.fitting.prior import FOLLOWS, errors, precision
from commonweal.model.world import World


def test_values_and_normal_numbers_are_each_others_inverse(place):
    normal = place.prior.sample(200, 3)
    np.testing.assert_allclose(place.prior.normal(place.prior.values(normal)), normal, atol=1e-8)


def test_assumed_numbers_fill_their_ranges_evenly(place):
    values = place.prior.frame(place.prior.sample(1000, 3))
    ranges = {
        each.path: each.range for each in parameters() if each.range and each.variant in place.past.names.values()
    }
    assumed = [each for each in place.prior.unknown if each.name in ranges and (each.middle, each.width) == (0, 1)]
    assert len(assumed) > 90
    for each in assumed:
        low, high = ranges[each.name]
        shares = (values[each.name] - low) / (high - low)
        np.testing.assert_allclose(np.quantile(shares, [0.1, 0.5, 0.9]), [0.1, 0.5, 0.9], atol=0.01)


def test_calibrated_numbers_lie_about_their_values_as_far_as_the_data_say_together(place):
    calibrated = [each.name for each in place.prior.unknown if each.name in precision().index]
    assert len(calibrated) > 15
    covariance = np.linalg.inv(precision().loc[calibrated, calibrated].to_numpy())
    values = place.prior.frame(place.prior.sample(4000, 5))[calibrated]
    usual = {each.name: each.value for each in place.prior.unknown}
    np.testing.assert_allclose(values.median(), [usual[name] for name in calibrated], rtol=0.06, atol=0.02)
    correlations = covariance / np.sqrt(np.outer(np.diag(covariance), np.diag(covariance)))
    assert abs(values.corr(method="spearman").to_numpy() - correlations).max() < 0.08
    off = [each for each in calibrated if each not in ("incentives.adaptation", "choose.group_weight")]
    spread = dict(zip(calibrated, np.sqrt(np.diag(covariance)), strict=True))
    near_their_bounds = {
        "pledge.pace", "pledge.weight", "meet.mutual", "people.belief_spread", "meet.gain", "meet.habit",
        "people.belief", "incentives.success",
    }  # fmt: skip
    for name in set(off) - near_their_bounds:
        assert values[name].std() == pytest.approx(spread[name], rel=0.12), name


def test_every_world_of_the_prior_can_be_built(place):
    for row in place.prior.frame(place.prior.sample(40, 9)).to_dict("records"):
        assert isinstance(place.past.world(row), World)


def test_what_is_set_is_known(harbour, composing):
    from towns import town

    names = town(harbour, "people.endowment=800", "learn.own=0.7").prior.names
    assert "people.endowment" not in names and "learn.own" not in names and "people.obligations" in names
    assert not town(harbour, "learn.own=0.7").prior.follows


def test_two_that_are_the_parts_of_a_sum_stay_so(place):
    values = place.prior.frame(place.prior.sample(50, 2))
    for name, (of, total) in FOLLOWS.items():
        np.testing.assert_allclose(values[name] + values[of], total)


def test_standard_errors_are_those_beside_the_values():
    assert errors()["choose.noise", "choose/lab.yaml"] == 0.0208
