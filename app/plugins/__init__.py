"""Packs: manifest, hashes, safe unpacking."""
