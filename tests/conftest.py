"""What holds for all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes by the wall clock is the machine's affair; what must be fast has a test of its own.
settings.register_profile("patient", settings(), deadline=None)
settings.load_profile("patient")
