"""Families of the USPTO."""
