"""Bringing a video, and what editors do with it."""
