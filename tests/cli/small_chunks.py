"""`commonweal` with blocks of 20 runs, and a limit on the size of files if one is given, to test stops."""

import os
import resource
import sys

BLOCK = 20 * 8 * 3
"""leader-rounds of 20 runs of tiny.SMALL"""

if __name__ == "__main__":
    import commonweal.study.blocks
    from commonweal.__main__ import main

    commonweal.study.blocks.BLOCK_LEADER_ROUNDS = BLOCK
    limit = int(os.environ.get("LIMIT", "0"))
    if limit:
        sys.dont_write_bytecode = True  # what is cut short of it would be of the whole installation
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    sys.exit(main())
