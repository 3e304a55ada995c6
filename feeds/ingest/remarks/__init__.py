"""What a run remarks though it stops nothing: odd categories and rules in the settings, and an odd clock."""
