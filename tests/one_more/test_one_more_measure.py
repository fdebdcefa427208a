"""A measure more that is a headline, a field and a line, is in table, figures, report, page and documentation."""

import json
from typing import NamedTuple

import pandas as pd
import pytest
from planted import TINY, Copy, copied

pytestmark = pytest.mark.slow

FIELD = """    goodwill: Annotated[
        Any, Measure("trust by half", "share", 1, words="goodwill of all", short="good", headline=5)
    ]
    money: Annotated["""
LINE = "        out.goodwill[b] = 0.5 * total / count if count > 0.0 else np.nan\n        out.trust_across[b] ="
LOOK = """
import json, sys
sys.path.insert(0, {docs!r})
import fill
from commonweal.dashboard import ensemble
from commonweal.figures.trajectories import trajectories
from commonweal.analysis.results import load

axes = trajectories(load("compared").rounds, "calm").axes
print(json.dumps(dict(shown=list(ensemble.SHOWN), measures=fill.measures(), asides=[a.get_ylabel() for a in axes])))
"""


class More(NamedTuple):
    """A copy with a measure more, and a study with its figures and its report in it."""

    copy: Copy
    printed: str
    """the table, as it is printed when the study ends"""
    table: dict
    """the same for scripts"""


@pytest.fixture(scope="module")
def more(tmp_path_factory) -> More:
    copy = copied(tmp_path_factory)
    file = copy.source / "sim" / "commonweal" / "model" / "measures.py"
    text = file.read_text(encoding="utf-8")
    for there, instead in (("    money: Annotated[", FIELD), ("        out.trust_across[b] =", LINE)):
        assert text.count(there) == 1
        text = text.replace(there, instead)
    file.write_text(text, encoding="utf-8")
    attributes = copy.source / "sim" / "commonweal" / "agents" / "last_measures.py"
    lines = attributes.read_text(encoding="utf-8").rstrip()
    attributes.write_text(f"{lines}\n    goodwill = LastMeasure()\n", encoding="utf-8")
    sizes = [each for each in TINY if each not in ("quiet=true", "figures=false")]
    printed, table, _ = copy.commands(
        ("run", "strategy=communication", *sizes, "out=compared"),
        ("table", "compared", "--json"),
        ("report", "compared"),
    )
    return More(copy, printed, json.loads(table))


@pytest.fixture(scope="module")
def seen(more) -> dict:
    """What figures, page and documentation have of it."""
    return json.loads(more.copy.look(LOOK.format(docs=str(more.copy.source / "docs"))))


def test_the_table_has_a_column_for_it(more):
    assert "  good " in more.printed
    (rows,) = more.table["scenarios"]["calm"].values()
    assert "goodwill" in rows[0]["measures"]
    assert "goodwill" in set(pd.read_csv(more.copy.results / "compared" / "effects.csv")["measure"])


def test_figures_have_a_panel_for_it(more, seen):
    assert (more.copy.results / "compared" / "figures" / "effects_goodwill.png").is_file()
    assert seen["asides"][-1].replace("\n", " ") == "goodwill of all (share, 0 to 1)"


def test_the_report_shows_it(more):
    assert "goodwill of all" in (more.copy.results / "compared" / "report.html").read_text(encoding="utf-8")


def test_the_page_and_the_documentation_show_it(seen):
    assert seen["shown"][-1] == "goodwill"
    assert "| `goodwill` | share | more | trust by half |" in seen["measures"]
