"""People: what they make, seek and offer."""
