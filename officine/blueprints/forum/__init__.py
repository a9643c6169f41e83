"""Topics and posts in groups."""
