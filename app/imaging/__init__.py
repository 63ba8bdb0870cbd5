"""Pixels: page images, text boxes, thumbnails, drawn in a process of their own."""
