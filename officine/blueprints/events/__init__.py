"""Meetings, online and in person: the place is ready."""
