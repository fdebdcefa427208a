"""Theory: exact results that each mechanism must reproduce by itself, everything else off."""

from collections.abc import Iterator

from sim.validation.rows import Row
from sim.validation.theory_games import games
from sim.validation.theory_talk import talk
from sim.validation.theory_trust import trust


def theory(seeds: int) -> Iterator[Row]:
    """Every row; `seeds` random starts where starts are random."""
    yield from talk(seeds)
    yield from trust()
    yield from games()
