"""Segments, stores and enrolment: the office together."""
