"""The frame around the rooms."""
