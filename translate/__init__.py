"""A library that translates offline; it knows nothing of offices."""
