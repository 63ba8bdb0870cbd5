"""The log in pure Python: operations, causal registers, merge, digest. No disk, no clock."""
