"""Part of the search library."""
