"""Measurements beside the alternatives: `make bench` runs all, `python -m benchmarks NAME ...` some."""
