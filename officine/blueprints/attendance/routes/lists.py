"""The list of those who come, for a spreadsheet.

What people typed is never a formula there: a cell that begins as one would be run by the
organiser’s program. In CSV such a cell gets an apostrophe before it, in XLSX it is written as text.
"""

import csv
import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter
from flask_babel import gettext as _

from officine.blueprints.attendance.queries import Row
from officine.blueprints.attendance.routes.blueprint import reply_name
from officine.core.i18n import language_name
from officine.core.reading import reading_order
from officine.models import EventQuestion
from officine.models.translation import best_text

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(rows: Sequence[Row], questions: Sequence[EventQuestion]) -> bytes:
    """Comma-separated, in UTF-8 with its mark: some spreadsheets take it for Latin otherwise."""
    file = io.StringIO()
    writer = csv.writer(file)
    for line in _lines(rows, questions):
        writer.writerow([_harmless(cell) for cell in line])
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def as_xlsx(rows: Sequence[Row], questions: Sequence[EventQuestion]) -> bytes:
    """A workbook of one sheet."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True})
    for number, line in enumerate(_lines(rows, questions)):
        for column, cell in enumerate(line):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, cell, bold if number == 0 else None)
    sheet.freeze_panes(1, 0)
    book.close()
    return file.getvalue()


def _lines(rows: Sequence[Row], questions: Sequence[EventQuestion]) -> list[list[Any]]:
    head = [
        _("Name"), _("Company"), _("E-mail address"), _("Reply"), _("Guests"),
        _("Names of the guests"), _("Language"), _("Registered on"), _("Arrived"),
        *[(best_text(question, reading_order()) or question).text for question in questions],
    ]  # fmt: skip
    lines: list[list[Any]] = [head]
    for row in rows:
        it = row.registration
        lines.append(
            [
                it.shown_name, row.firm, it.email or "", reply_name(it.reply), it.guests,
                it.guest_names, language_name(it.language), f"{it.created_at:%Y-%m-%d %H:%M} UTC",
                f"{it.arrived_at:%Y-%m-%d %H:%M} UTC" if it.arrived_at else "",
                *[_answer(row, question) for question in questions],
            ]
        )  # fmt: skip
    return lines


def _answer(row: Row, question: EventQuestion) -> str:
    """As it stands; yes and no in the language of whoever reads the list."""
    answer = row.answers.get(question.id, "")
    if question.kind == "yes-no" and answer:
        return _("Yes") if answer == "yes" else _("No")
    return answer


def _harmless(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(BEGINS_A_FORMULA) else cell
