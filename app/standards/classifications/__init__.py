"""Classifications as an office downloads them and as a pack keeps them: symbols, titles, terms."""
