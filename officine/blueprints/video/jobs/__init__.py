"""What the worker makes of a video, step by step."""
