"""What can be wrong with a change."""


class EditedMeanwhile(Exception):
    """Somebody else changed the same thing since it was read."""


class NotNow(Exception):
    """The event is not in the state in which this can be done."""


class AlreadyOver(Exception):
    """Nothing that is over is put into the calendar."""


class FewerSeatsThanTaken(Exception):
    """More people have a seat than there would be seats: ``taken``."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


class OriginalFirst(Exception):
    """There is nothing to translate yet."""


class LastOrganiser(Exception):
    """An event is never without an organiser."""


class NothingChanged(Exception):
    """It has this time and this place already."""


class AnsweredAlready(Exception):
    """People answered this question: it is answered as it was, or not asked any more."""


class OtherNumberOfChoices(Exception):
    """The original has another number of answers to choose from: ``asked``."""

    def __init__(self, asked: int) -> None:
        super().__init__(asked)
        self.asked = asked
