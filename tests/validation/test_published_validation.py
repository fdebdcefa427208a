"""The validation that is published is of this model: `--quick` comes to the same verdicts."""

from pathlib import Path

import pandas as pd
import pytest

from commonweal.configuration.conf import session
from commonweal.model.numbers import NUMBERS
from commonweal.study.folder import read_manifest
from commonweal.validation import communities, experiments, report, sensitivity, signs

PUBLISHED = Path(__file__).parents[2] / "results" / "validation" / "published"
NOTEBOOK = Path(__file__).parents[2] / "experiments" / "validation" / "notebook.py"
JUDGED = ("calibrated", "predicted", "sign")
ON_THE_BOUND = 0.1
"""of the bounds' width: a number nearer to the published one than this, beyond a bound that lies between them, is the
same number"""


@pytest.fixture(scope="module", autouse=True)
def ready():
    with session():
        yield


def test_a_quick_run_has_the_verdicts_of_the_published_one():
    """Where it has not: commonweal validate out=results/validation/published, and read what has changed."""
    size, rows = report.QUICK, []
    rows += [*experiments.ten_periods(size.sessions), *experiments.two_strangers(size.sessions)]
    rows += [*experiments.schedules(size.sessions), *experiments.levers(size.groups)]
    rows += experiments.online_games(size.waves)
    rows += signs.signs(size.groups, size.communities)
    table = pd.read_parquet(PUBLISHED / "validation.parquet")
    told = table[table["kind"].isin(JUDGED) & ~table["target"].str.startswith("estuaries")]
    quick = report.frame(rows)
    assert quick["target"].tolist() == told["target"].tolist()
    others = zip(quick.itertuples(), told.itertuples(), strict=True)
    assert [now.target for now, then in others if now.verdict != then.verdict and not same_number(now, then)] == []


def same_number(now, then) -> bool:
    """Whether two verdicts differ by luck: a sign lies in the quick interval, which is wider; others on a bound."""
    if now.kind == "sign":
        return now.low <= then.simulated <= now.high
    return abs(now.simulated - then.simulated) <= ON_THE_BOUND * (now.high - now.low)


def test_every_miss_is_explained():
    """In the notebook of the validation, by the name of its row: a miss that is new there needs words of its own."""
    table = pd.read_parquet(PUBLISHED / "validation.parquet")
    told = NOTEBOOK.read_text(encoding="utf-8").partition("# ## Misses")[2].partition("# ## ")[0]
    missed = table.loc[table["verdict"] == "missed", "target"]
    assert [name for name in missed if f"**{name}" not in " ".join(told.replace("\n#", " ").split())] == []


def test_communities_live_and_die_and_trust_as_the_published_ones():
    """Fewer of them: each number lies within its bounds, or two standard errors outside of them at most."""
    table = pd.read_parquet(PUBLISHED / "validation.parquet")
    told = table[table["kind"] == "community"].set_index("target")["verdict"]
    assert set(told) == {"reproduced"}
    for row in communities.communities(100):
        slack = 2 * row.error if row.error == row.error else 0.1
        assert row.target in told.index
        assert row.simulated > row.low - slack, row
        assert not row.simulated > row.high + slack, row


def test_it_was_made_with_the_values_in_conf():
    manifest = read_manifest(PUBLISHED)
    assert manifest is not None
    assert (manifest["numbers"], manifest["of"]) == (NUMBERS, sensitivity.present())
    assert manifest["size"] == report.FULL._asdict()
