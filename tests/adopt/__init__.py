"""Tests of `feeds adopt`."""
