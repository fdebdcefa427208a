"""What tests compose once only is what Hydra makes, and belongs to those who asked for it alone."""

import hydra
import pytest
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra.core.global_hydra import GlobalHydra
from hydra.types import RunMode
from omegaconf import OmegaConf

from commonweal.configuration.conf import session

ASKED = ["strategy=inclusion", "scenario=crisis", "run.rounds=987"]


@pytest.fixture
def counted(monkeypatch) -> list[str]:
    """The overrides that Hydra composes, beneath what remembers."""
    found, compose = [], ConfigLoaderImpl._load_configuration_impl

    def counting(self, **asked):
        found.append(asked["overrides"])
        return compose(self, **asked)

    monkeypatch.setattr(ConfigLoaderImpl, "_load_configuration_impl", counting)
    return found


def test_it_is_what_is_composed_anew(counted, tmp_path, monkeypatch):
    with session():
        first = hydra.compose("config", ASKED, return_hydra_config=True)
        first.run.rounds = 7
        monkeypatch.chdir(tmp_path)
        again = hydra.compose("config", ASKED, return_hydra_config=True)
        assert again.run.rounds == 987 and counted == [ASKED]
        anew = ConfigLoaderImpl._load_configuration_impl(
            GlobalHydra.instance().config_loader(), config_name="config", overrides=ASKED, run_mode=RunMode.RUN,
            from_shell=False,
        )  # fmt: skip
    assert counted == [ASKED, ASKED] and OmegaConf.to_yaml(again) == OmegaConf.to_yaml(anew)
    assert again._metadata.flags == anew._metadata.flags and anew.hydra.runtime.cwd == str(tmp_path)


def test_files_of_a_tests_own_are_read_every_time(counted, tmp_path):
    own = tmp_path / "experiment" / "mine.yaml"
    own.parent.mkdir()
    for name in ("one", "two"):
        own.write_text(f"name: {name}\n")
        with session(also=str(tmp_path)):
            assert hydra.compose("config", ["experiment=mine"]).experiment.name == name
    assert len(counted) == 2
