"""Pieces that rooms are put together from."""
