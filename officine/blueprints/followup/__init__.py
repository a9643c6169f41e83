"""What comes after an event: whom one met, what people say of it, the letter, the figures."""
