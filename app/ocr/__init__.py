"""Reading text from scans; engines behind one protocol."""
