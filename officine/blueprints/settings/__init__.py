"""What a member chooses for themselves."""
