"""What a member hears of, and the letters they can stop."""
