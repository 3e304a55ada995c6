"""Tests of the server: the application in this process, and the whole of it as processes."""
