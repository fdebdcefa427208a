"""Designs: the conditions they come to, and what they refuse."""

from itertools import combinations, product

import numpy as np
import pytest

from commonweal.configuration.conf import session
from commonweal.configuration.request import read
from commonweal.errors import InputError
from commonweal.study.designs.factorial import Factorial
from commonweal.study.designs.fractional import Fractional, best_generators, word_lengths
from commonweal.study.designs.grid import Grid
from commonweal.study.designs.latin_hypercube import LatinHypercube
from commonweal.study.designs.order import Order


@pytest.fixture(scope="module", autouse=True)
def ready():
    with session():
        yield


def study(*words: str):
    return read([*words, "community.leaders=8", "community.degree=4"]).study


def test_the_factorial_of_the_seven_strategies_has_every_portfolio_once():
    found = study("design=factorial")
    rows = list(zip(*found.columns.values(), strict=True))
    assert sorted(rows) == sorted(product((0.0, 1.0), repeat=7))
    assert found.names[0] == "laissez_faire" and found.names[-1].count(" + ") == 6
    assert len(set(found.names)) == 128
    nothing, everything = found.world(0), found.variation.world(found.changes(127))
    assert [part.intensity for part in nothing.strategy.parts.values()] == [0.0] * 7
    assert [part.intensity for part in everything.strategy.parts.values()] == [1.0] * 7


def test_across_crosses_a_design_and_groups_are_chosen_by_name():
    found = study("design=grid", "design.over.learn.public=[0.2,0.7]", "design.across.scenario=[calm,crisis]")
    assert found.names == (
        "calm + learn_public=0.2", "calm + learn_public=0.7", "crisis + learn_public=0.2", "crisis + learn_public=0.7",
    )  # fmt: skip
    assert found.across == ("scenario",)
    calm, crisis = (found.variation.world(found.changes(each)) for each in (0, 3))
    assert (calm.scenario.events.crisis == 0) and crisis.scenario.events.crisis > 0
    assert (calm.learn.public, crisis.learn.public) == (0.2, 0.7)  # pyright: ignore


def test_a_world_of_a_design_is_the_world_of_the_same_overrides():
    found = study("design=grid", "design.over={talk:[degroot,silence],choose.noise:[0.1],community.leaders:[9]}")
    alone = read(["talk=degroot", "choose.noise=0.1", "community.leaders=9", "community.degree=4"])
    made = found.world(0)
    assert made.fingerprint() == alone.study.world(0).fingerprint()


@pytest.mark.parametrize(("k", "p", "resolution"), [(7, 4, 3), (7, 3, 4), (7, 2, 4), (7, 1, 7), (5, 1, 5), (6, 2, 4)])
def test_a_fraction_has_the_highest_resolution_there_is(k, p, resolution):
    lengths = word_lengths(best_generators(k, p), k - p)
    assert next(at for at, count in enumerate(lengths, 1) if count) == resolution


def test_main_effects_of_a_fraction_are_orthogonal_and_free_of_pairs():
    over = {f"x{number}": [-1, 1] for number in range(7)}
    columns = Fractional(over=over, halvings=3, across={}).points()
    signs = np.array(list(columns.values()))
    assert signs.shape == (7, 16)
    assert (signs @ signs.T == 16 * np.eye(7)).all()
    for one, (a, b) in product(range(7), combinations(range(7), 2)):
        assert one in (a, b) or (signs[one] * signs[a] * signs[b]).sum() == 0


def test_a_latin_hypercube_has_a_point_in_every_slice_and_comes_out_the_same():
    design = LatinHypercube(over={"learn.public": [0.2, 0.8]}, points=50, seed=3, across={})
    (points,) = design.points().values()
    assert sorted(((np.array(points) - 0.2) / 0.6 * 50).astype(int)) == list(range(50))
    assert design.points() == design.points()


def test_sobol_and_morris_have_their_sizes_and_whole_numbers_stay_whole():
    over = ["design.over.learn.public=[0.2,0.8]", "design.over.community.leaders=[6,20]"]
    sobol = study("design=sobol", "design.points=8", *over)
    assert len(sobol.names) == 8 * (2 + 2)
    assert all(isinstance(each, int) for each in sobol.columns["community.leaders"])
    assert len(study("design=morris", "design.paths=5", *over).names) == 5 * 3


def test_one_at_a_time_and_ablation_start_from_what_is_there():
    found = study("design=one_at_a_time", "design.over.learn.public=[0.2,0.8]", "design.over.talk=[silence]")
    assert [found.changes(each) for each in range(4)] == [
        {}, {"learn.public": 0.2}, {"learn.public": 0.8}, {"talk": "silence"},
    ]  # fmt: skip
    full = study("design=ablation")
    assert full.names[0] == "full model" and full.changes(0) == {}
    assert len({full.variation.world(full.changes(each)).fingerprint() for each in range(len(full.names))}) == len(
        full.names
    )


def test_every_order_of_a_mix_is_there():
    found = Order(strategies=["a", "b", "c"], gap=6, intensity=1.0, across={}).conditions()
    starts = [[found[f"strategy.parts.{name}.start"][row] for name in "abc"] for row in range(6)]
    assert sorted(starts) == sorted([list(p) for p in __import__("itertools").permutations([1, 7, 13])])
    assert found["name"][0] == "a > b > c"


def test_conditions_of_ones_own(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("name,scenario,learn.public,community.leaders\none,calm,0.25,\ntwo,crisis,,12\n")
    found = study("design=csv", f"design.file='{file}'")
    assert found.names == ("one", "two")
    assert [found.changes(0), found.changes(1)] == [
        {"scenario": "calm", "learn.public": 0.25},
        {"scenario": "crisis", "community.leaders": 12},
    ]


def test_cells_are_read_as_on_the_command_line(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text('learn.public,community.leaders,people.sectors\n1e-1,8.,"[a,010,2026-01-02]"\n,1_0,\n')
    found = study("design=csv", f"design.file='{file}'")
    assert found.changes(0) == {
        "learn.public": 0.1, "community.leaders": 8, "people.sectors": ["a", "010", "2026-01-02"]
    }  # fmt: skip
    assert found.changes(1) == {"community.leaders": 10}


OVER = "design.over."
REFUSED = {
    "design=gird": "design=gird is not known; did you mean grid?",
    "design=grid": "nothing is varied; say what",
    f"design=grid {OVER}learn.pubic=[0.1,0.2]": "learn.pubic is not a parameter here; did you mean learn.public?",
    f"design=grid {OVER}nothing=[1,2]": "nothing is not a parameter of the model; known are: agree, choose, ",
    f"design=grid {OVER}learn.public=0.2": "learn.public is 0.2; give a list of its values",
    f"design=grid {OVER}learn.public=[]": "learn.public is []; give a list",
    f"design=grid {OVER}learn.public=[0.2,0.2]": "names a value twice",
    f"design=grid {OVER}learn.public=[0.2,3]": "learn.public is 3, which is out of range",
    f"design=grid {OVER}learn.public=[1,1.0]": "names a value twice",
    f"design=grid {OVER}community.leaders=[8.5,10]": "community.leaders is 8.5; it must be a whole number",
    f"design=grid {OVER}learn.public=[0.2] design.across.people.groups=[2.5]": "people.groups is 2.5; it must",
    f"design=sobol {OVER}community.leaders=[8.5,10]": "community.leaders is 8.5; it must be a whole number",
    f"design=grid {OVER}scenario=[calm,clam]": "scenario=clam is not known; did you mean calm?",
    f"design=grid {OVER}scenario=[calm,crisis] scenario.events.turnover=0.1": "the design varies scenario itself",
    f"design=grid {OVER}people.kinds=[1,2]": "people.kinds is a group of parameters",
    f"design=sobol {OVER}learn.public=[0.8,0.2]": "a range that is reversed",
    f"design=sobol {OVER}learn.public=[0.2,0.2]": "a range that is empty",
    f"design=sobol {OVER}learn.public=[0.2,1.2]": "learn.public is 1.2, which is out of range",
    f"design=sobol {OVER}learn.public=[low,high]": "lower and upper end as numbers",
    f"design=sobol {OVER}learn.public=[0.2,0.8] design.points=100": "100 is no power of 2; take 128",
    f"design=factorial {OVER}learn.public=[0.2,0.5,0.8]": "has 3 values; this design takes 2",
    "design=fractional design.over={learn.public:[0.2,0.8]}": "cannot be halved 3 times",
    f"design=grid {OVER}learn.public=[0.2] design.across.learn.public=[0.5]": "varied by the design already",
    f"design=grid {OVER}learn.public=[0.2] experiment=which_strategy": "lists its own strategies",
    "design=csv": "design.file is missing",
    "design=csv design.file=nowhere.csv": "nowhere.csv cannot be read: No such file",
    "design=factorial shards=2 shard=2": "shard is 2; with shards=2 it must be from 0 to 1",
    "design=factorial executor=dask replication=interval replication.measure=wealth": "wealth is no measure of a run",
}


@pytest.mark.parametrize("words", REFUSED)
def test_bad_designs_are_refused_in_a_sentence(words):
    with pytest.raises(InputError) as refused:
        read(words.split())
    assert REFUSED[words] in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("learn.public\n0.2\n0.2\n", "line 3 is the same condition as line 2"),
        ("learn.public,choose.noise\n0.2\n", "line 2 has 1 cells; line 1 names 2 columns"),
        ("learn.public,\n0.2,0.3\n", "must name each parameter once"),
        ("learn.public\n", "has no conditions"),
        ("", "mine.csv line 1 is empty; name the parameters there"),
        ("learn.pubic\n0.2\n", "did you mean learn.public?"),
        ("community.leaders\n8.5\n", "community.leaders is 8.5; it must be a whole number"),
        ("community.leaders\n010\n", "community.leaders is '010', which cannot be used"),
        ("community.leaders\n1:30\n", "community.leaders is '1:30', which cannot be used"),
    ],
)
def test_bad_tables_of_conditions_are_refused(tmp_path, text, says):
    file = tmp_path / "mine.csv"
    file.write_text(text)
    with pytest.raises(InputError, match=says.replace("?", r"\?")):
        study("design=csv", f"design.file='{file}'")


def test_too_many_parameters_are_refused():
    with pytest.raises(InputError, match="21 parameters are more than 20"):
        from commonweal.model.params import parse

        parse(Factorial, {"over": {f"x{n}": [0, 1] for n in range(21)}, "across": {}}, "design")
    assert len(Grid(over={"a": [1, 2], "b": [1, 2, 3]}, across={}).points()["a"]) == 6
