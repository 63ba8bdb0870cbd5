"""Tables handed over as CSV, XLS or JSON."""
