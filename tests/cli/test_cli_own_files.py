"""Files of the user's own that begin with a shipped one: a town, a strategy with other doses."""

import json

import pytest
from tiny import TINY

from commonweal.analysis.results import load
from commonweal.study.dataset import open_study

TOWN = "defaults: [roster]\nleaders_file: town/leaders.csv\nties_file: town/ties.csv\ngroups_file: town/groups.csv\n"
PLACE = ("run.replicates=2", "run.rounds=3", "workers=1", "figures=false", "quiet=true")
FILES = ("community=roster", *(f"community.{each}_file=town/{each}.csv" for each in ("leaders", "ties", "groups")))


@pytest.fixture
def own(folder, command):
    """A town of one's own, and more talk than is shipped."""
    assert command("roster", "template", "town").code == 0
    for name, text in (("community/town", TOWN), ("strategy/more_talk", "defaults: [communication]\nmediation: 0.9\n")):
        path = folder / "conf" / f"{name}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(text)
    return folder


def test_a_file_that_begins_with_another_is_of_its_kind(own, command):
    words = ("run", "--config-dir", "conf", "community=town", "strategy=more_talk", *PLACE)
    assert command(*words, "out=mine").code == 0
    assert command("run", *FILES, "strategy=communication", "strategy.mediation=0.9", *PLACE, "out=theirs").code == 0
    mine, theirs = load("mine"), load("theirs")
    assert list(mine.runs["strategy"].unique()) == ["laissez_faire", "more_talk"]
    numbers = mine.runs.select_dtypes("number").columns
    assert mine.runs[numbers].equals(theirs.runs[numbers])


def test_a_design_varies_such_files_by_their_names(own, command):
    over = ("design=grid", "design.over.strategy=[more_talk,inclusion]", "design.across.community=[town,one_hub]")
    assert command("run", "--config-dir", "conf", *over, *PLACE, "out=mine").code == 0
    dataset, manifest = open_study("mine")
    assert dataset.conditions()["name"].to_pylist()[0] == "town + more_talk"
    assert manifest["chosen"]["trust"] == "deeds"
    asked = "SELECT avg(welfare) AS w FROM runs WHERE name = 'town + inclusion'"
    mine = json.loads(command("query", "mine", asked, "--json").out)[0]["w"]
    assert command("run", *FILES, "design=grid", "design.over.strategy=[inclusion]", *PLACE, "out=theirs").code == 0
    asked = "SELECT avg(welfare) AS w FROM runs"
    assert json.loads(command("query", "theirs", asked, "--json").out)[0]["w"] == mine


def test_a_file_that_is_of_no_kind_is_told_what_to_begin_with(own, command):
    (own / "conf" / "community" / "odd.yaml").write_text("leaders: 5\n")
    said = command("run", "--config-dir", "conf", "community=odd", *TINY).sentence
    assert (
        "community=odd: no module commonweal.model.community.odd has a class for it; let the file begin with one"
        in said
    )
    assert "small_world" in said and "populate" not in said


@pytest.mark.parametrize("flag", ["--config-dir", "--config-path"])
@pytest.mark.parametrize(
    ("value", "number"), [("010", 8), ("-0_7", -7), ("1:30", 90), ("[2, 1:30.5]", 90.5), ("{a: 010}", 8)]
)
def test_a_number_that_yaml_reads_as_another_is_refused(own, command, flag, value, number):
    (own / "conf" / "community" / "odd.yaml").write_text(f"# mine\nleaders: {value}\n")
    said = command("run", flag, "conf", "community=odd", *TINY).sentence
    text = value.strip("[]{}").split(" ")[-1]
    assert said == (
        f"conf/community/odd.yaml line 2: {text} would be read as {number}; write {number}, or '{text}' if it is a text"
    )


@pytest.mark.parametrize("flag", ["--config-dir", "--config-path"])
@pytest.mark.parametrize(
    ("name", "read"),
    [("on", "true"), ("yes", "true"), ("No", "false"), ("off", "false"), ("null", "null"), ("~", "null"), ("7", "7"),
     ("2026-01-02", "2026-01-02")],
)  # fmt: skip
def test_a_name_that_yaml_reads_as_no_text_is_refused(own, command, flag, name, read):
    odd = own / "conf" / "design" / "odd.yaml"
    odd.parent.mkdir()
    odd.write_text(f"defaults: [grid]\nover:\n  {name}: [1, 2]\n")
    said = command("run", flag, "conf", "design=odd", *TINY).sentence
    assert said == f"conf/design/odd.yaml line 3: the name {name} would be read as {read}; write '{name}'"


def test_a_name_in_quotes_is_the_name(own, command):
    kind = "{share: 1, slope: 1, slope_spread: 0, intercept: 0, intercept_spread: 0}"
    file = own / "conf" / "people" / "odd.yaml"
    file.parent.mkdir()
    words = ("run", "--config-dir", "conf", "people=odd", *TINY)
    file.write_text(f"defaults: [field]\nkinds: &all {{'on': {kind}}}\nx: {{<<: *all, ? y : 1}}\n")
    assert "people.x is not a parameter here" in command(*words).sentence
    file.write_text(f"defaults: [field]\nkinds: {{'on': {kind}}}\n")
    assert "the shares of the kinds sum to 2" in command(*words).sentence  # those of field.yaml, and 'on'


@pytest.mark.parametrize("value", ["0", "0.50", "10", "'010'", '"1:30"', "0x10", "1e3", "a:1", "00:x"])
def test_other_numbers_and_texts_are_read_as_they_are(own, command, value):
    (own / "conf" / "community" / "odd.yaml").write_text(f"defaults: [small_world]\nleaders: {value}\n")
    assert "would be read as" not in command("run", "--config-dir", "conf", "strategy=nothing").sentence


def test_files_that_begin_with_each_other_are_refused(own, command):
    for one, other in (("here", "there"), ("there", "here")):
        (own / "conf" / "community" / f"{one}.yaml").write_text(f"defaults: [{other}]\n")
    assert "in a circle" in command("run", "--config-dir", "conf", "community=here", *TINY).sentence


def test_a_folder_that_stands_for_a_community_is_read_by_what_comes_after(own, command):
    size = (*PLACE, "run.seed=3")
    assert command("run", "strategy=communication", "community=town/", *size, "out=here").code == 0
    done = command("why", "here", "--orders", "2", "--replicates", "2")
    assert done.code == 0, done.err
    done = command("branch", "strategy=communication", "community=town/", "run.rounds=3", "--at", "2",
                   "--to", "incentives", "--replicates", "0-1", "--out", "apart")  # fmt: skip
    assert done.code == 0, done.err
