"""Who goes to an event: replies, seats, the waiting list, the door."""
