"""Studies: conditions, each played a number of times, kept, resumed and extended."""
