"""The moving picture of an interview: it arrives, is worked on, and is shown to who may see it."""
