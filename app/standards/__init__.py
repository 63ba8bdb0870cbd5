"""One module per format family: bytes in, records and findings out."""
