"""What tests compose once only is what Hydra makes, and belongs to those who asked for it alone."""

from collections.abc import Callable

import hydra
import pytest
from composed_once import places
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.errors import HydraException
from omegaconf import DictConfig, OmegaConf

from commonweal.configuration.conf import session

ASKED = ["strategy=inclusion", "scenario=crisis", "run.rounds=987"]


@pytest.fixture
def anew(monkeypatch) -> Callable[..., DictConfig]:
    """Hydra's own way, which remembers nothing."""

    def made(*overrides: str) -> DictConfig:
        with monkeypatch.context() as patch:
            for place, name in places():
                patch.setattr(place, name, getattr(place, name).__wrapped__)
            return hydra.compose("config", list(overrides), return_hydra_config=True)

    return made


@pytest.fixture
def counted(monkeypatch) -> list[str]:
    """The overrides that Hydra composes, beneath what remembers."""
    found, compose = [], ConfigLoaderImpl._load_configuration_impl

    def counting(self, **asked):
        found.append(asked["overrides"])
        return compose(self, **asked)

    monkeypatch.setattr(ConfigLoaderImpl, "_load_configuration_impl", counting)
    return found


def test_it_is_what_is_composed_anew(counted, anew, tmp_path, monkeypatch):
    with session():
        first = hydra.compose("config", ASKED, return_hydra_config=True)
        first.run.rounds = 7
        monkeypatch.chdir(tmp_path)
        again = hydra.compose("config", ASKED, return_hydra_config=True)
        assert again.run.rounds == 987 and counted == [ASKED]
        others = anew(*ASKED)
    assert counted == [ASKED, ASKED]
    assert alike(again, others) and others.hydra.runtime.cwd == str(tmp_path)


OTHERS = [
    ["strategy=communication", "scenario=crisis", "run.rounds=987"],
    ["strategy=inclusion", "scenario=crisis", "run.rounds=986", "++design.over={learn.public:[0.2,0.8]}"],
    ["strategy=inclusion", "scenario=crisis", "run.rounds=985", "~convener.prices.seats"],
    ["strategy=portfolio", "+strategy@strategies.inclusion=inclusion", "strategies.inclusion.seats=0.25"],
    ["strategy=inclusion", "~scenario", "run=smoke"],
]
"""what differs in values, or in a file"""


@pytest.mark.parametrize("overrides", OTHERS, ids=" ".join)
def test_what_was_put_together_for_others_is_given_ones_own_values(anew, overrides):
    with session():
        hydra.compose("config", ASKED, return_hydra_config=True)
        for each in (overrides, [*overrides, "run.seed=7"]):
            assert alike(hydra.compose("config", each, return_hydra_config=True), anew(*each))


def test_what_is_refused_is_refused_every_time(anew):
    with session():
        for make in (hydra.compose, lambda _, overrides: anew(*overrides)):
            for wrong in (["strategy=nowhere"], ["strategy=inclusion", "no.such=1"], ["~convener.prices.nowhere"]):
                with pytest.raises(HydraException):
                    make("config", wrong)


def alike(one: DictConfig, other: DictConfig) -> bool:
    return OmegaConf.to_yaml(one) == OmegaConf.to_yaml(other) and one._metadata.flags == other._metadata.flags


def test_files_of_a_tests_own_are_read_every_time(counted, tmp_path):
    own = tmp_path / "experiment" / "mine.yaml"
    own.parent.mkdir()
    for name in ("one", "two"):
        own.write_text(f"name: {name}\n")
        with session(also=str(tmp_path)):
            assert hydra.compose("config", ["experiment=mine"]).experiment.name == name
    assert len(counted) == 2
