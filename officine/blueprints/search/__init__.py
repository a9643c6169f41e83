"""One box over everything that can be found."""
