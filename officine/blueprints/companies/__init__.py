"""Companies and who speaks for them."""
