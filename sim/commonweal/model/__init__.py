"""The model: who the leaders are, how they act in a round, and what is measured of it."""
