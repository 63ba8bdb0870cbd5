"""One module or package per room."""
