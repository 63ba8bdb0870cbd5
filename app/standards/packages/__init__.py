"""Filing packages: which files of a folder or archive belong to which application in it."""
