"""The audit log as the desk reads it: what staff did, and whether its chain holds."""
