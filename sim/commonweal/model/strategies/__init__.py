"""Strategies: what a convener can do. One file each; each turns what is public into levers, and nothing else."""
