"""Tables handed over as CSV, XLS or XLSX."""
