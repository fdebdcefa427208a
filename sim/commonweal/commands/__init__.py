"""The verbs of the command line, a module each: run.py is `commonweal run`.

A verb's docstring is its help, first line first; `more_help()`, if it is there, adds to it. `main(arguments)` gets
what follows the verb, returns the exit code and raises InputError, one sentence, on bad input. What is heavy is
imported within functions, so that `--help` stays quick. Modules with a leading underscore are no verbs.
"""

from pkgutil import iter_modules


def verbs() -> list[str]:
    """The names of the verbs there are."""
    return sorted(each.name for each in iter_modules(__path__) if not each.name.startswith("_"))
