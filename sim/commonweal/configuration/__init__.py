"""Configuration: conf files and overrides become plain values, by Hydra, and these what is asked for."""
