"""Conversations with entrepreneurs: the place is ready, the first are being made."""
