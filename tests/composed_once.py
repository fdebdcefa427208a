"""Hydra makes the same of the same files and overrides, so in a process that tests it makes it once.

Half of all that tests compose comes again, and composing took a third of their time; of the rest most differs in values
only, and what the files come to before them is put together once. Only of the files shipped, which no test changes;
those that a test writes are read and composed every time. Everyone is given an object of their own.
"""

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from hydra._internal import config_loader_impl
from hydra._internal.config_loader_impl import ConfigLoaderImpl
from hydra._internal.defaults_list import Overrides
from hydra._internal.sources_registry import SourcesRegistry
from hydra.core.plugins import Plugins
from hydra.core.utils import JobRuntime
from omegaconf import read_write

CONF = Path(__file__).resolve().parents[1] / "conf"
SHIPPED = ["pkg://hydra.conf", f"file://{CONF}", "structured://"]
ELSEWHERE = ("hydra.searchpath", "hydra.job.env")
"""settings by which more than files shipped and overrides decides"""


class _Kept(dict[Any, bytes]):
    """What was made, by what was asked for."""

    def once(self, asked: Any, make: Callable[[], Any]) -> Any:
        if asked not in self:
            self[asked] = pickle.dumps(make())
        return pickle.loads(self[asked])


def places() -> list[tuple[Any, str]]:
    """Where Hydra reads a file, chooses the files, puts them together, and does all of it."""
    Plugins.instance()  # imports anew what reads files
    return [
        (SourcesRegistry.instance().resolve("file"), "load_config"),
        (config_loader_impl, "create_defaults_list"),
        (ConfigLoaderImpl, "_compose_config_from_defaults_list"),
        (ConfigLoaderImpl, "load_configuration"),
    ]


def _is_shipped(sources: Any) -> bool:
    return [each.full_path() for each in sources.get_sources()] == SHIPPED


@contextmanager
def composed_once() -> Iterator[None]:
    """For as long as it lasts, what was composed, or read, before is not composed, or read, again."""
    load, choose, put_together, compose = (getattr(place, name) for place, name in places())
    files, lists, bare, whole = _Kept(), _Kept(), _Kept(), _Kept()

    @wraps(load)
    def read(self, config_path):
        if self.full_path() != SHIPPED[1]:
            return load(self, config_path)
        found = files.once(config_path, lambda: load(self, config_path))
        found.provider = self.provider
        return found

    @wraps(choose)
    def chosen(repo, config_name, overrides_list, **more):
        """The files, which overrides of values do not decide."""
        if not _is_shipped(repo):
            return choose(repo, config_name, overrides_list, **more)
        given = Overrides(repo=repo, overrides_list=overrides_list).config_overrides
        groups = [each for each in overrides_list if not any(each is value for value in given)]
        asked = (config_name, tuple(each.input_line for each in groups), tuple(more.items()))
        return replace(lists.once(asked, lambda: choose(repo, config_name, groups, **more)), config_overrides=given)

    @wraps(put_together)
    def joined(self, defaults, repo):
        if not _is_shipped(repo):
            return put_together(self, defaults, repo)
        return bare.once(repr(defaults), lambda: put_together(self, defaults, repo))

    @wraps(compose)
    def composed(self, config_name, overrides, *words, **more):
        asked = (config_name, tuple(overrides), words, tuple(more.items()), JobRuntime.instance().get("name"))
        if not _is_shipped(self) or any(each in str(asked) for each in ELSEWHERE):
            return compose(self, config_name, overrides, *words, **more)
        found = whole.once(asked, lambda: compose(self, config_name, overrides, *words, **more))
        with read_write(found.hydra.runtime):
            found.hydra.runtime.cwd = os.getcwd()
        return found

    with pytest.MonkeyPatch.context() as patch:
        for (place, name), once in zip(places(), (read, chosen, joined, composed), strict=True):
            patch.setattr(place, name, once)
        yield
