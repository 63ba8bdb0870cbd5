"""The case: header, tabs, and what may be done with it."""
