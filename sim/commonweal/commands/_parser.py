"""Arguments of verbs that are not Hydra's."""

import argparse
from typing import NoReturn

from commonweal.errors import InputError


class Parser(argparse.ArgumentParser):
    """An argument parser that refuses in one sentence. Help is the verb's docstring."""

    def __init__(self, verb: str) -> None:
        super().__init__(prog=f"commonweal {verb}", add_help=False, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise InputError(f"{self.prog}: {message}; {self.prog} --help shows examples")
