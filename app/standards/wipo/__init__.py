"""Families of the WIPO Standards: ST.36, ST.37, ST.66, ST.86, ST.96, and text tagged with INID codes."""
