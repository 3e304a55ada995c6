"""Tests, in the order of the road."""
