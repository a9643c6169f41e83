"""What is new in a group, for feed readers."""
