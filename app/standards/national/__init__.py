"""Families of other offices."""
