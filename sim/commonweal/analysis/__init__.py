"""Analysis: from the rows of runs to effects with intervals."""
