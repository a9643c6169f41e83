"""How events are made. All that changes one begins by locking its row, so that of two people who
act at the same moment the second sees what the first did.
"""
