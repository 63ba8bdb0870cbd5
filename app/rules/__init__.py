"""Law as data, reasoning as plain functions: limits, events, statuses, checks. No disk, no clock."""
