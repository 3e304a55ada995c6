"""What a run remarks though it stops nothing: odd categories and rules in the settings, an odd clock, folded files."""
