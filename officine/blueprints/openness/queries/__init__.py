"""What the desk has decided, counted and listed without anybody’s name."""
