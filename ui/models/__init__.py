"""Item models: they hold tuples of dataclasses, never a connection."""
