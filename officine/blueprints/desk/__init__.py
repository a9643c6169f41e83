"""The editorial desk: reports, decisions and their reasons."""
