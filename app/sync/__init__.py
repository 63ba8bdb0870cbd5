"""Exchange with other stations through any folder: segments, parts, stores, enrolment."""
