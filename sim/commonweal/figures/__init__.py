"""Figures: each a function from tables to a matplotlib Figure. They read and write no files;
commonweal.figures.save does."""
