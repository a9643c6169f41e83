"""What there is to find, for search engines."""
