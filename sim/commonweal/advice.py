"""Advice: what a sentence tells its reader to do. What it tells them to type is accepted as it stands."""

import errno
import re
import shlex
from pathlib import Path
from typing import Final

from commonweal.errors import InputError

PLAIN: Final = r"(\.{0,2}/)?[A-Za-z_][A-Za-z0-9_./-]*"
"""texts that Hydra's grammar reads as they are, but for those that are SPECIAL"""
SPECIAL: Final = ("null", "true", "false", "nan", "inf")
ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
RIGHTS: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


def command(*words: object) -> str:
    """A command of commonweal's, as a shell takes it: commonweal resume 'my town'."""
    return shlex.join(["commonweal", *map(str, words)])


def setting(key: str, value: object) -> str:
    """An override, as a shell and then Hydra's grammar take it: "out='my town'"."""
    text = f"{key}={grammatical(str(value))}"
    return f'"{text}"' if shlex.quote(text) != text and not re.search(r'["$`\\!]', text) else shlex.quote(text)


def grammatical(text: str) -> str:
    """A text as Hydra's grammar has it: in quotes where it would be read as anything else."""
    return text if re.fullmatch(PLAIN, text) and text.lower() not in SPECIAL else quoted(text)


def as_typed(override: str) -> str:
    """An override that names a file that is there, or a folder to write to, so that Hydra's grammar takes it as typed.

    Several folders, a folder in quotes and one with an interpolation are left to that grammar.
    """
    key, equals, value = override.partition("=")
    if equals and key == "out" and not re.search(r",|\$\{|^[~'\"]|^$", value) and not re.fullmatch(PLAIN, value):
        return f"{key}={quoted(value)}"
    if not equals or not value or not key.endswith((".file", "_file")):
        return override
    try:
        path = there(value)
    except (OSError, ValueError):
        return override
    if not path.is_file():
        return override
    text = value if path == Path(value) else str(path)
    return f"{key}={grammatical(text.replace('${', chr(92) + '${'))}"


def there(value: str) -> Path:
    """The path that was typed, if something is there, else the one that it means where ~ is a home."""
    typed = Path(value)
    if not value.startswith("~"):
        return typed
    if typed.exists():
        return Path.cwd() / typed
    try:
        return typed.expanduser()
    except RuntimeError:  # nobody is called so here
        return typed


def quoted(text: str) -> str:
    """A text that Hydra's grammar reads as this very text."""
    escaped = re.sub(r"(\\*)(')", r"\1\1\\\2", text) + "\\" * (len(text) - len(text.rstrip("\\")))
    return f"'{escaped}'"


def why(error: OSError) -> str:
    """What the system says of a file, in words."""
    return error.strerror or str(error)


def mend(error: OSError) -> str:
    """What is to be done before something can be written, as an order."""
    if error.errno in ROOM:
        return "make room"
    return "get the right to write there" if error.errno in RIGHTS else "mend that"


def stopped(folder: Path, error: OSError) -> InputError:
    """That a study's folder could not be written any more, what is kept of it and what goes on."""
    if not folder.exists():
        return InputError(f"{folder} was removed while it was being filled; give the same command again to start anew")
    return InputError(
        f"{folder} cannot be written: {why(error)}; what was finished is kept: {mend(error)}, then "
        f"{command('resume', folder)}"
    )
