"""Families of the EPO: publication server, exchange documents, OPS."""
