"""The months of the calendar, as a grid of weeks that begin on Monday."""

import calendar
from dataclasses import dataclass
from datetime import date

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, order=True)
class Month:
    """A month of a year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.number, 1)

    @property
    def next(self) -> "Month":
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        """The month before it."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def is_known(self) -> bool:
        """Whether we keep a calendar for it."""
        return FIRST_YEAR <= self.year <= LAST_YEAR

    def weeks(self) -> list[list[date]]:
        """Its weeks, Monday first, with the days of its neighbours that complete them."""
        return calendar.Calendar().monthdatescalendar(self.year, self.number)


def month_of(day: date) -> Month:
    """The month of a day."""
    return Month(day.year, day.month)


def month_named(text: str) -> Month | None:
    """The month that an address names (“2026-12”), if it is one that we keep."""
    year, dash, number = text.partition("-")
    if not dash or len(year) != 4 or len(number) != 2 or not (year + number).isdecimal():
        return None
    if not 1 <= int(number) <= 12:
        return None
    month = Month(int(year), int(number))
    return month if month.is_known else None
