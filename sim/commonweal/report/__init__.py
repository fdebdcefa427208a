"""Report: a study's results as one page to hand over, for people who do not read code."""
