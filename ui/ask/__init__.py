"""Everything the window asks of the services, one thin function each.

Every function is called in a worker thread with the office and a `Progress`, and imports its service
there: the window opens without loading what it does not need yet.
"""
