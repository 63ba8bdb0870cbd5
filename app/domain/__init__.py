"""What an office speaks of: plain frozen dataclasses, no disk, no clock, no library."""
