"""What is handed over to Hydra's own front: sweeps, --cfg, --info, completion."""

import os
import sys
import warnings
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hydra

from commonweal.commands import _flags
from commonweal.configuration.compose import free_keys
from commonweal.configuration.conf import CONFIG_NAME, VERSION_BASE, conf_folder, own_folder, session
from commonweal.configuration.refusal import sentence
from commonweal.errors import InputError
from commonweal.files import shipped


def hand_over(flags: Namespace, job: Callable[[Any], None] | None = None, more: Sequence[str] = ()) -> int:
    """Let Hydra do what the flags say, jobs by `job`; `more` overrides come before the user's. Returns the exit code.

    What Hydra refuses is raised as InputError, one sentence.
    """
    main = hydra.main(config_path=str(shipped("conf")), config_name=CONFIG_NAME, **VERSION_BASE)(job or _nothing)
    given = Namespace(**vars(flags))
    given.overrides = [*_silent(flags.overrides), *more, *free_keys(flags.overrides)]
    if flags.config_path:
        given.config_path = str(conf_folder("--config-path", flags.config_path))
    if flags.config_dir:
        own_folder(flags.config_dir, Path(given.config_path) if flags.config_path else shipped("conf"))
    try:
        with _arguments(_flags.again(given)):
            main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except BrokenPipeError:
        raise
    except Exception as error:
        if type(error).__module__.partition(".")[0] not in ("hydra", "omegaconf", "yaml", "builtins"):
            raise
        with session(flags.config_path, flags.config_dir):
            raise InputError(sentence(error, flags.overrides)) from error
    return 0


def _silent(overrides: Sequence[str]) -> list[str]:
    """Overrides by which no conf file can have Hydra log, which would let it write; a user may."""
    logs = ("job_logging", "hydra_logging")
    return [f"hydra.{log}.root=null" for log in logs if not any(log in each for each in overrides)]


def _nothing(_: Any) -> None:
    """The job where there is nothing to do."""


@contextmanager
def _arguments(words: list[str]) -> Iterator[None]:
    """Hydra reads its arguments from sys.argv, and prints its errors itself unless it is told to raise them."""
    kept, full = sys.argv, os.environ.get("HYDRA_FULL_ERROR")
    sys.argv, os.environ["HYDRA_FULL_ERROR"] = ["commonweal", *words], "1"
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="hydra")
            yield
    finally:
        sys.argv = kept
        if full is None:
            del os.environ["HYDRA_FULL_ERROR"]
        else:
            os.environ["HYDRA_FULL_ERROR"] = full
