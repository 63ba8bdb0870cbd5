"""Template and case to PDF; labels, stamps, print runs."""
