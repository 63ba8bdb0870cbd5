"""The only door to the office's database and dossier files."""
