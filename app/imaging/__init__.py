"""Pixels and words of pages. Untrusted files are opened in a child process only (`child.py`)."""
