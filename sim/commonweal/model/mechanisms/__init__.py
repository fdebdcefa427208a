"""What happens in a round, one file per step: a parameter class, one verb, and the kernel it calls."""
