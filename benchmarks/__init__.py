"""How fast the engine is, how much memory it takes, and that work on speed changes no number. See README.md."""
