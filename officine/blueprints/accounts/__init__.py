"""Joining, coming in and going out."""
