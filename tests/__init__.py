"""What Officine promises, as tests."""

import gc

# What is imported from here on stays: until all of it is there, nobody looks for garbage in it.
gc.disable()
