"""Python's bytecode, kept beside the compiled model where it may not be kept beside its sources, as in containers."""

import os
import sys
from importlib.util import cache_from_source

FORBIDS = "PYTHONDONTWRITEBYTECODE"


def keep() -> None:
    """From now on, where the environment forbids it and none is there: else each process compiles a thousand modules.

    What is kept there is valid as it is beside the sources: while these are as old and as large. Where nothing can be
    written all stays as it is.
    """
    if not os.environ.get(FORBIDS) or sys.pycache_prefix is not None or os.path.exists(cache_from_source(__file__)):
        return
    import platformdirs

    root = os.environ.get("COMMONWEAL_CACHE") or platformdirs.user_cache_dir("commonweal")
    folder = os.path.join(root, "bytecode")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:
        return
    if os.access(folder, os.W_OK):
        sys.pycache_prefix, sys.dont_write_bytecode = folder, False
        os.environ["PYTHONPYCACHEPREFIX"] = folder  # for the processes that are started
        del os.environ[FORBIDS]
