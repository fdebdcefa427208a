"""The estuaries: folders that are not they, and the same moments of networks made up by hand."""

import numpy as np
import pandas as pd
import pytest

from commonweal.configuration.conf import session
from commonweal.errors import InputError
from commonweal.validation import estuaries, second_wave
from commonweal.validation.reference import ESTUARIES, table


def write(folder, ties):
    """Five estuaries of four organisations each, with these ties in every one."""
    leaders = [
        {"estuary": e, "id": f"{e}-{n}", "side": "government" if n < 2 else "other", "trust_1999": 0.2 * n}
        for e in range(5) for n in range(4)
    ]  # fmt: skip
    pd.DataFrame(leaders).to_csv(folder / "leaders.csv", index=False)
    named = [{"estuary": e, "source": f"{e}-{i}", "target": f"{e}-{j}"} for e in range(5) for i, j in ties]
    pd.DataFrame(named, columns=["estuary", "source", "target"]).to_csv(folder / "ties_1999.csv", index=False)


def test_a_folder_that_is_not_the_estuaries_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"does not hold the estuaries: leaders\.csv cannot be read"):
        estuaries.read_estuaries(tmp_path)
    write(tmp_path, [(0, 1)])
    leaders = pd.read_csv(tmp_path / "leaders.csv")
    leaders.drop(columns="side").to_csv(tmp_path / "leaders.csv", index=False)
    with pytest.raises(InputError, match="has no column side"):
        estuaries.read_estuaries(tmp_path)
    leaders[leaders["estuary"] < 4].to_csv(tmp_path / "leaders.csv", index=False)
    with pytest.raises(InputError, match="has no estuary 4"):
        estuaries.read_estuaries(tmp_path)
    leaders.replace("2-0", "x").to_csv(tmp_path / "leaders.csv", index=False)
    with pytest.raises(InputError, match="names 2-0 in estuary 2, who is not among its leaders"):
        estuaries.read_estuaries(tmp_path)


def test_moments_are_counted_as_by_hand(tmp_path):
    write(tmp_path, [(0, 1), (1, 0), (1, 2)])
    known = estuaries.read_estuaries(tmp_path)
    now = np.zeros((1, 4, 4), bool)
    now[0, [0, 0, 2, 3], [1, 2, 1, 2]] = (
        True  # one tie stays, 0 names 2 by way of 1, 2 names 1 who named them, 3 names 2
    )
    later = estuaries.Later([now] * 5, np.array([0.5, 0.7]), np.array([0.4, 0.8]))
    found = estuaries.moments(known, later)
    assert found["tie stays"] == pytest.approx(1 / 3)
    assert found["tie stays, mutual"] == pytest.approx(1 / 2)
    assert found["tie new"] == pytest.approx(3 / 9)
    assert found["tie new, named one"] == pytest.approx(1 / 1)
    assert found["tie new, two-path"] == pytest.approx(1 / 1)
    assert found["tie new, named by 0"] == pytest.approx(0)
    assert found["tie new, same side"] == pytest.approx(1 / 2)  # of 2 to 3 and 3 to 2, 3 named 2
    assert found["trust change"] == pytest.approx(0)
    assert estuaries.shape([now] * 5) == pytest.approx((1.0, 0.0))


def test_the_estuaries_are_played_from_where_they_were(tmp_path):
    write(tmp_path, [(0, 1), (1, 0), (1, 2), (3, 2)])
    known = estuaries.read_estuaries(tmp_path)
    with session():
        of = estuaries.world()
        start = estuaries.two_years(of, known, 3, 1, months=0)
        later = estuaries.two_years(of, known, 3, 1)
        beside = estuaries.beside(known, later)
    assert all((named == estuary.named).all() for named, estuary in zip(start.named, known, strict=True))
    assert np.allclose(start.before.reshape(5, 3, -1)[0, 0], [0.0, 0.2, 0.6])
    assert {name for name, each in beside.items() if np.isfinite(each.simulated).all()} <= set(table(ESTUARIES)["name"])
    assert not any(np.diagonal(each, axis1=1, axis2=2).any() for each in later.named)


def write_second_wave(folder, ties, trust):
    """What came of them in 2001: all answered but the last of each."""
    rows = [
        {"estuary": e, "id": f"{e}-{n}", "answered_2001": n < 3, "trust_2001": trust[n] if n < 3 else np.nan}
        for e in range(5) for n in range(4)
    ]  # fmt: skip
    pd.DataFrame(rows).to_csv(folder / "second_wave.csv", index=False)
    named = [{"estuary": e, "source": f"{e}-{i}", "target": f"{e}-{j}"} for e in range(5) for i, j in ties]
    pd.DataFrame(named).to_csv(folder / "ties_2001.csv", index=False)


@pytest.fixture
def both_waves(tmp_path):
    """Five estuaries and what came of them."""
    write(tmp_path, [(0, 1), (1, 0), (1, 2), (3, 2)])
    write_second_wave(tmp_path, [(0, 1), (2, 1)], [0.3, 0.5, 0.4])
    known = estuaries.read_estuaries(tmp_path)
    return known, second_wave.read_second_wave(tmp_path, known)


def test_a_forecast_has_not_seen_what_it_forecasts(both_waves, monkeypatch):
    """Whatever came of the first estuary, what is forecast of it is the same; what is forecast of others is not."""
    monkeypatch.setattr(second_wave, "ENOUGH", 6)
    known, waves = both_waves
    other = [waves[0]._replace(named=~np.eye(4, dtype=bool), trust=np.array([0.9, 0.1, 0.8, np.nan])), *waves[1:]]
    with session():
        before, after = (second_wave.forecasts(known, each, 24) for each in (waves, other))
    for name in ("model", "regression", "no change"):
        np.testing.assert_array_equal(before[0][name].ties, after[0][name].ties)
        np.testing.assert_array_equal(before[0][name].trust, after[0][name].trust)
    for name in ("model", "regression"):
        assert (before[1][name].ties != after[1][name].ties).any()
    assert ((before[0]["model"].ties >= 0) & (before[0]["model"].ties <= 1)).all()


def test_forecasts_are_scored_as_by_hand(both_waves):
    known, waves = both_waves
    came = [second_wave.Forecast(wave.named.astype(float), wave.trust) for wave in waves]
    half = [second_wave.Forecast(np.full((4, 4), 0.5), np.where(np.isnan(wave.trust), np.nan, wave.trust + 0.1))
            for wave in waves]  # fmt: skip
    table = second_wave.scores(known, waves, [{"it": a, "half": b} for a, b in zip(came, half, strict=True)])
    assert table.loc["it"].tolist() == pytest.approx([0.0, -np.log(0.98), 0.0])
    assert table.loc["half"].tolist() == pytest.approx([0.25, np.log(2), 0.1])


def test_a_second_wave_of_somebody_else_is_refused(both_waves, tmp_path):
    table = pd.read_csv(tmp_path / "ties_2001.csv")
    table.replace("3-0", "x").to_csv(tmp_path / "ties_2001.csv", index=False)
    with pytest.raises(InputError, match=r"second wave names x in estuary 3, who is not in leaders\.csv"):
        second_wave.read_second_wave(tmp_path, both_waves[0])
    table.drop(columns="target").to_csv(tmp_path / "ties_2001.csv", index=False)
    with pytest.raises(InputError, match="has no column target"):
        second_wave.read_second_wave(tmp_path, both_waves[0])
