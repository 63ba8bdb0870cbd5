"""Data only: law packs, letters, fonts, icons, catalogues, the sample office. Nothing here runs."""
