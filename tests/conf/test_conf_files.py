"""Every file of conf: it composes, its class takes it, and nothing stands in it that nobody reads."""

from pathlib import Path

import pandas as pd
import pytest
import yaml
from annotated_types import Ge, Gt, Le, Lt
from worlds import CONF, STRATEGIES, names

import commonweal.files
from commonweal.configuration.compose import compose
from commonweal.configuration.conf import session
from commonweal.configuration.options import OPTIONS, Options
from commonweal.configuration.request import KNOWN, read
from commonweal.errors import InputError
from commonweal.model.numbers import NUMBERS
from commonweal.model.params import Params
from commonweal.model.world import World, build_world, find_class
from commonweal.roster import write_template
from commonweal.study import fitted
from commonweal.study.folder import write_manifest
from commonweal.study.study import Size

GROUPS = sorted(path.name for path in CONF.iterdir() if path.is_dir())
FILES = [pytest.param(group, name, id=f"{group}={name}") for group in GROUPS for name in names(group)]


@pytest.fixture(scope="module", autouse=True)
def ready():
    with session():
        yield


def a_fit(folder: Path) -> Path:
    """A folder such as `commonweal fit` leaves, of two worlds."""
    pd.DataFrame({"learn.public": [0.4, 0.6], fitted.WEIGHT: [0.5, 0.5]}).to_parquet(folder / fitted.WORLDS)
    tables = {fitted.WORLDS: fitted.digest((folder / fitted.WORLDS).read_bytes())}
    write_manifest(folder, {"kind": fitted.KIND, "status": "finished", "numbers": NUMBERS, "tables": tables})
    return folder


@pytest.fixture(scope="module")
def needed(tmp_path_factory) -> dict[str, list[str]]:
    """What must be given with a choice, because no file can know it."""
    leaders, ties, groups = write_template(tmp_path_factory.mktemp("roster"))[:3]
    files = {"leaders_file": leaders, "ties_file": ties, "groups_file": groups}
    over, table = "design.over.learn.public=[0.2,0.8]", tmp_path_factory.mktemp("design") / "conditions.csv"
    table.write_text("learn.public\n0.2\n")
    varied = ("grid", "latin_hypercube", "sobol", "morris", "one_at_a_time")
    return {
        "community=roster": [f"community.{name}='{path}'" for name, path in files.items()],
        "design=csv": [f"design.file='{table}'"],
        "ensemble=fit": [f"ensemble.folder='{a_fit(tmp_path_factory.mktemp('fit'))}'"],
        **{f"design={name}": [over] for name in varied},
        "replication=interval": ["design=grid", over],
        "replication=best": ["design=grid", over],
    }


@pytest.mark.parametrize(("group", "name"), FILES)
def test_every_file_composes_and_builds_its_worlds(needed, group, name):
    choice = f"{group}={name}"
    asked = read([choice, *needed.get(choice, [])])
    assert all(isinstance(asked.study.world(at), World) for at in range(min(9, len(asked.study.names))))
    assert asked.study.baseline in (None, asked.study.strategies[0])


@pytest.mark.parametrize(("group", "name"), FILES)
def test_a_file_says_what_it_is_and_names_nothing_to_call(group, name):
    text = (CONF / group / f"{name}.yaml").read_text(encoding="utf-8")
    assert "_target_" not in text
    assert not isinstance(yaml.safe_load(text), str | list)
    assert text.startswith("#")


@pytest.mark.parametrize("group", sorted(World.model_fields))
def test_every_group_of_a_world_has_a_folder_and_a_default(group):
    assert names(group)
    assert compose([]).choices[group] in names(group)


def _classes() -> list[type[Params]]:
    """Every parameter class that a file of conf fills, and those within them."""
    found: dict[type[Params], None] = {Size: None, Options: None}
    for group in World.model_fields:
        for name in names(group):
            with_members = group == "strategy" and "members" in compose([f"strategy={name}"]).values["strategy"]
            kind = find_class(group, "portfolio" if with_members else name)
            found[kind] = None
    waiting = list(found)
    while waiting:
        for info in waiting.pop().model_fields.values():
            for part in _parts(info.annotation):
                if isinstance(part, type) and issubclass(part, Params) and part not in found:
                    found[part] = None
                    waiting.append(part)
    return list(found)


def _parts(annotation) -> list:
    return [annotation, *(part for each in getattr(annotation, "__args__", ()) for part in _parts(each))]


def test_every_parameter_has_a_meaning_and_every_number_bounds():
    classes = _classes()
    assert len(classes) > 30
    for kind in classes:
        for name, info in kind.model_fields.items():
            where = f"{kind.__name__}.{name}"
            assert info.description, f"{where} has no docstring"
            if info.annotation in (int, float):
                kinds = {type(item) for item in info.metadata}
                assert kinds & {Ge, Gt}, f"{where} has no lower bound"
                assert kinds & {Le, Lt}, f"{where} has no upper bound"


def test_the_top_of_the_configuration_is_what_is_read():
    top = yaml.safe_load((CONF / "config.yaml").read_text())
    assert set(top) - {"defaults", "hydra"} == set(OPTIONS)
    assert set(compose([]).values) <= set(KNOWN)


def test_hydra_leaves_nothing_behind_and_stays_where_it_is():
    top = yaml.safe_load((CONF / "config.yaml").read_text())
    assert top["hydra"]["run"]["dir"] == "." and top["hydra"]["output_subdir"] is None
    assert top["hydra"]["job"]["chdir"] is False
    assert {"override hydra/job_logging": "none"} in top["defaults"]


@pytest.mark.parametrize("run", names("run"))
def test_sizes_are_sizes(run):
    size = read([f"run={run}"]).study.size
    assert size.replicates * size.rounds > 0


def test_which_strategy_compares_the_seven_and_all_of_them_in_every_scenario_of_its_plan():
    study = read(["experiment=which_strategy"]).study
    assert set(study.strategies) == set(STRATEGIES) - {"portfolio"}
    assert set(study.scenarios) == set(names("scenario"))
    assert len(study.names) == len(study.strategies) * len(study.scenarios)


def test_a_listed_strategy_has_the_values_of_its_file():
    listed = read(["experiment=which_strategy"]).study
    for at, (scenario, strategy) in enumerate(zip(listed.columns["scenario"], listed.columns["strategy"], strict=True)):
        alone = read([f"strategy={strategy}", f"scenario={scenario}"]).study
        assert alone.world(len(alone.names) - 1).fingerprint() == listed.world(at).fingerprint()
        if scenario == "polarised":
            break


def test_what_travels_with_the_package_is_inside_it_or_beside_it(tmp_path, monkeypatch):
    inside = tmp_path / "sim" / "commonweal" / "conf"
    inside.mkdir(parents=True)
    monkeypatch.setattr(commonweal.files, "__file__", str(tmp_path / "sim" / "commonweal" / "files.py"))
    assert commonweal.files.shipped("conf") == inside
    inside.rmdir()
    assert commonweal.files.shipped("conf") == tmp_path / "conf"
    assert Path(CONF).is_dir()


@pytest.mark.parametrize("experiment", sorted(path.stem for path in (CONF / "experiment").glob("*.yaml")))
def test_every_experiment_is_read_from_any_folder(experiment, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert read([f"experiment={experiment}"]).study.names


@pytest.mark.parametrize(
    "value", ["a b", "it's", 'say "so"', "a,b=[c]{d}", "back\\slash", "ends\\", "${nope}", "x'\\'y"]
)
def test_any_text_can_be_quoted(value):
    from commonweal.advice import quoted
    from commonweal.configuration.compose import parsed

    assert parsed([f"out={quoted(value)}"])[0].value() == value


def test_a_group_that_is_no_mapping_is_refused():
    with pytest.raises(InputError, match="people"):
        read(["~people", "+people=3"])


@pytest.mark.parametrize("scenario", names("scenario"))
def test_smoke_is_long_enough_for_what_happens(scenario):
    """And takes no more leader-rounds than when it ended before."""
    study = read([f"scenario={scenario}", "strategy=inclusion", "run=smoke"]).study
    assert list(study.too_late()) == []
    assert study.size.replicates * study.size.rounds <= 8 * 24


def test_what_is_composed_makes_a_world_as_it_is():
    """As how-to pages write it."""
    assert isinstance(build_world(*compose(["strategy=communication"])), World)


def test_composing_outside_of_a_session_says_what_to_do(monkeypatch):
    monkeypatch.setattr("hydra.core.global_hydra.GlobalHydra.is_initialized", lambda _: False)
    with pytest.raises(InputError, match=r"call it within `with commonweal.configuration.conf.session\(\):`$"):
        compose(["strategy=inclusion"])
