"""`commonweal` with chunks of a few runs, and a limit on the size of files if one is given, for tests of stops."""

import os
import resource
import sys

if __name__ == "__main__":
    import sim.design
    from sim.cli import main

    sim.design.CHUNK_RUNS = 20
    limit = int(os.environ.get("LIMIT", "0"))
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    sys.exit(main())
