"""Validation: what the model must reproduce, measured once for the command, the calibration and the tests."""
