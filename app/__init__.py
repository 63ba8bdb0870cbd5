"""Marula, the office without a window: cases, law, letters, exchange.

The rooms and the arrows between them are in ARCHITECTURE.md.
"""

__version__ = "0.1.0"
