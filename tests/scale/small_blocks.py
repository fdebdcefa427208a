"""`commonweal` with blocks of a few runs, for tests of stops."""

import sys

if __name__ == "__main__":
    import sim.blocks
    from sim.cli import main

    sim.blocks.BLOCK_LEADER_ROUNDS = 2 * 6 * 3  # pyright: ignore
    sys.exit(main())
