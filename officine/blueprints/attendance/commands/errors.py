"""What can be wrong with a reply."""


class NotTaking(Exception):
    """The event takes no registrations (any more)."""


class WasRefused(Exception):
    """The organisers said no."""


class TooManyGuests(Exception):
    """One may bring ``most`` people here."""

    def __init__(self, most: int) -> None:
        super().__init__(f"at most {most} guests")
        self.most = most


class NoSeatsForGuests(Exception):
    """There are not as many more seats: ``left`` are free for guests of theirs."""

    def __init__(self, left: int) -> None:
        super().__init__(f"{left} seats left")
        self.left = left


class AlreadyThere(Exception):
    """They have replied, or were invited, already."""
