"""Packs: manifest, hashes, signatures, safe unpacking."""
