"""A library that finds documents and marks; it knows nothing of offices."""
