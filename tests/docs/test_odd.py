"""ODD.md names all there is, its table is up to date, and every number in conf says what it rests on."""

import re
from pathlib import Path

import pytest

from commonweal.configuration.parameters import BEGIN, END, KEY, STRUCTURAL, parameters, renewed, source_kind
from commonweal.model.levers import LEVERS
from commonweal.model.measures import MEASURES
from commonweal.model.run import RUN_MEASURES
from commonweal.model.state import State
from commonweal.model.world import CLASS_PER_FILE, ONE_CLASS

ROOT = Path(__file__).resolve().parents[2]
CONF = ROOT / "conf"
ODD = (ROOT / "sim" / "ODD.md").read_text(encoding="utf-8")
TEXT = ODD.split(BEGIN)[0] + ODD.split(END)[1]  # what was written by hand
CODE = set(re.findall(r"`([^`\n]+)`", TEXT))
REFERENCES = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "references.bib").read_text(encoding="utf-8"), re.MULTILINE))
COLUMNS = {"trust_1999", "ties_1999", "trust_2001", "ties_2001", "answered_2001"}
"""of a table, which look like keys"""
CITED = "sim/*.md", "sim/commonweal/**/*.py", "conf/**/*.yaml", "experiments/**/*.md", "*.md"


def missing(names) -> list[str]:
    """Names that the hand-written part of ODD.md does not have as `name`."""
    return sorted(set(names) - CODE)


def test_table_is_up_to_date():
    assert renewed(ODD) == ODD, (
        "conf or a parameter class has changed: run `python -m commonweal.configuration.parameters --write`"
    )


@pytest.mark.parametrize("table", State._fields)
def test_every_quantity_of_the_state_is_described(table):
    fields = State.__annotations__[table]._fields
    assert not missing(fields)


def test_every_lever_is_described():
    assert not missing(LEVERS)


def test_every_measure_is_described():
    assert not missing(MEASURES)
    assert not missing(name for name in RUN_MEASURES if name.removesuffix("_last_year") not in MEASURES)


@pytest.mark.parametrize("group", ["talk", "decision_rule", "game", "trust"])
def test_every_alternative_is_described(group):
    assert not missing(file.stem for file in (CONF / group).glob("*.yaml"))


@pytest.mark.parametrize("group", ["community", "scenario", "strategy"])
def test_every_variant_is_named(group):
    """By hand or in the table, so that a new one is two files, a test and `python -m
    commonweal.configuration.parameters --write`."""
    names = missing(file.stem for file in (CONF / group).glob("*.yaml"))
    assert not [name for name in names if f"| {name} |" not in ODD]


def test_every_mechanism_is_named():
    folder = ROOT / "sim" / "commonweal" / "model" / "mechanisms"
    files = [file for file in folder.rglob("*.py") if file.name != "__init__.py"]
    bases = {f"{part}.py" for part in ("talk", "game", "trust", "decision_rule")}  # named by their folder
    names = [f"{file.parent.name}/" if file.name in bases else file.name for file in files if file.parent == folder
             or file.name in bases]  # fmt: skip
    assert not [name for name in names if name not in TEXT]


def test_every_group_of_conf_is_named():
    groups = [*ONE_CLASS, *CLASS_PER_FILE, "run"]
    assert set(groups) <= {folder.name for folder in CONF.iterdir()}
    assert not [group for group in groups if f"conf/{group}" not in TEXT]


def test_the_glossary_has_each_word_once_in_order():
    words = re.findall(r"(?m)^\| ([^|]+) \| ", TEXT.split("## 11. Glossary")[1].split("\n## ")[0])[2:]
    assert len(words) > 90
    assert words == sorted(set(words), key=str.casefold)


def test_every_key_named_is_in_the_references():
    named = {key for pattern in CITED for file in ROOT.glob(pattern) for key in KEY.findall(file.read_text("utf-8"))}
    assert named - REFERENCES - COLUMNS == set()
    assert len(named) > 20


def test_every_number_says_what_it_rests_on():
    silent = [f"conf/{each.group}/{each.variant}.yaml:{each.line} {each.name}: {each.value}  # {each.source}"
              for each in parameters() if each.number and not each.stated]  # fmt: skip
    words = ", ".join(STRUCTURAL)
    assert not silent, (
        "begin the comment with a key of references.bib, calibrated: <key>, direction only: <key>, assumed, or one of "
        f"{words}"
    )


def test_every_number_of_a_parameter_class_has_unit_bounds_and_meaning():
    """Of the model, that is: how much is simulated, and how it is arranged, is not part of it."""
    sizes = ("run", "design", "replication", "executor", "ensemble", "")
    numbers = [each for each in parameters() if each.number and each.group not in sizes]
    bare = [each.path for each in numbers if not (each.unit and each.meaning) or each.low is None or each.high is None]
    assert len(numbers) > 200
    assert not bare


@pytest.mark.parametrize(
    ("comment", "kind"),
    [
        ("fischbacher_gaechter_2010, 77 of 140", "published"),
        ("calibrated: fischbacher_gaechter_2010, first fit", "calibrated"),
        ("calibrated: on nothing in particular", None),
        ("direction only: schniter_2013", "direction only"),
        ("direction only: of what nobody wrote", None),
        ("direction only", None),
        ("assumed", "assumed"),
        ("assumed; order from balliet_2010", "assumed"),
        ("assumedly", None),
        ("by definition, two thirds", "structural"),
        ("off", "structural"),
        ("offhand", None),
        ("see Fischbacher and Gaechter 2010", None),
        ("", None),
    ],
)
def test_what_a_comment_says(comment, kind):
    assert source_kind(comment) == kind


def test_values_and_comments_are_read_as_they_stand(tmp_path):
    for group, text in {
        "agree": "# a comment\namendments: 3  # assumed: why\nfloor: 1e-3\nconcession: '0.5'  # no number\n",
        "convener": "prices:\n  fine: {money: 5, time: 0.01}  # assumed: monitoring # twice\n",
        "people": "issues: [a, 'b # c']  # design\nkinds:\n  odd:\n    share: 0.5  # balliet_2010\n",
        "study": "# @package _global_\ndefaults:\n  - override /talk: silence\ngame:\n  team: 4  # design\n",
    }.items():
        (tmp_path / group).mkdir()
        (tmp_path / group / "mine.yaml").write_text(text, encoding="utf-8")
    read = {each.path: each for each in parameters(tmp_path)}
    assert {
        path: (each.value, each.source, each.source_kind, each.stated, each.line) for path, each in read.items()
    } == {
        "agree.amendments": (3, "assumed: why", "assumed", True, 2),
        "agree.floor": (0.001, "", "assumed", False, 3),
        "agree.concession": ("0.5", "no number", "structural", False, 4),
        "convener.prices.fine.money": (5, "assumed: monitoring # twice", "assumed", True, 2),
        "convener.prices.fine.time": (0.01, "assumed: monitoring # twice", "assumed", True, 2),
        "people.issues": (["a", "b # c"], "design", "structural", True, 1),
        "people.kinds.odd.share": (0.5, "balliet_2010", "published", True, 4),
        "game.team": (4, "design", "structural", True, 5),
    }
    assert read["convener.prices.fine.time"].unit == "share"
    assert (read["people.kinds.odd.share"].low, read["people.kinds.odd.share"].high) == (0, 1)
    assert read["game.team"].meaning.startswith("leaders per team")
    assert read["people.kinds.odd.share"].keys == ["balliet_2010"]


RANGES = """
    pull: 0.3  # direction only: antonakis_2022 [0, 0.6]
    size: 0.2  # assumed
    wide: 0.9  # assumed
    none: 0  # assumed
    some: 0  # assumed [0, 2]
    known: 0.4  # alsobay_2025 [0, 1]
    several: [0.1, 0.2]  # assumed
    word: yes  # assumed
"""


def test_what_an_assumed_number_may_be_instead(tmp_path):
    (tmp_path / "people").mkdir()
    names = {"size": "belief", "wide": "service"}  # of conf, whose bounds are 0 and 1
    text = "\n".join(line.strip() for line in RANGES.splitlines())
    for name, known in names.items():
        text = text.replace(name, known)
    (tmp_path / "people" / "mine.yaml").write_text(text, encoding="utf-8")
    read = {each.name: each for each in parameters(tmp_path)}
    ranges = {name: each.range for name, each in read.items()}
    assert ranges["belief"] == pytest.approx((0.1, 0.3))
    assert ranges["service"] == pytest.approx((0.45, 1.0))  # as far as allowed
    assert (ranges["pull"], ranges["some"]) == ((0, 0.6), (0, 2))
    assert {name for name, found in ranges.items() if found is None} == {"none", "known", "several", "word"}
    assert {name for name, each in read.items() if each.contested} == {"pull"}


def test_every_range_holds_its_value_and_is_allowed():
    ranges = {each.path: each for each in parameters() if each.range is not None}
    assert len([each for each in ranges.values() if each.contested]) >= 9
    for each in ranges.values():
        low, high = each.range
        assert low <= each.value <= high and low < high, each.path
        assert (each.low is None or low >= each.low) and (each.high is None or high <= each.high), each.path
