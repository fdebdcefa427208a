"""Hydra makes the same of the same files and overrides, so in a process that tests it makes it once.

Half of all that tests compose comes again, and composing took a third of their time. Only of the files shipped, which
no test changes; those that a test writes are read and composed every time. Everyone is given an object of their own.
"""

import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra._internal.core_plugins.file_config_source import FileConfigSource
from hydra.core.utils import JobRuntime
from omegaconf import read_write

CONF = Path(__file__).resolve().parents[1] / "conf"
SHIPPED = ["pkg://hydra.conf", f"file://{CONF}", "structured://"]
ELSEWHERE = ("hydra.searchpath", "hydra.job.env")
"""settings by which more than files shipped and overrides decides"""


@contextmanager
def composed_once() -> Iterator[None]:
    """For as long as it lasts, what was composed, or read, before is not composed, or read, again."""
    load, compose = FileConfigSource.load_config, ConfigLoaderImpl.load_configuration
    files: dict[str, bytes] = {}
    whole: dict[tuple, bytes] = {}

    def read(self, config_path):
        if self.full_path() != SHIPPED[1]:
            return load(self, config_path)
        if config_path not in files:
            files[config_path] = pickle.dumps(load(self, config_path))
        found = pickle.loads(files[config_path])
        found.provider = self.provider
        return found

    def composed(self, config_name, overrides, *words, **more):
        asked = (config_name, tuple(overrides), words, tuple(more.items()), JobRuntime.instance().get("name"))
        if [each.full_path() for each in self.get_sources()] != SHIPPED or any(
            each in str(asked) for each in ELSEWHERE
        ):
            return compose(self, config_name, overrides, *words, **more)
        if asked not in whole:
            whole[asked] = pickle.dumps(compose(self, config_name, overrides, *words, **more))
        found = pickle.loads(whole[asked])
        with read_write(found.hydra.runtime):
            found.hydra.runtime.cwd = os.getcwd()
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FileConfigSource, "load_config", read)
        patch.setattr(ConfigLoaderImpl, "load_configuration", composed)
        yield
