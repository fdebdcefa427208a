"""A workbook of the example, and a questionnaire to send round, which the importer reads once it is filled in."""

import csv
from io import BytesIO
from typing import Any

from commonweal.roster.answers import FREQUENCY

PROSE = (
    "Please fill in one row about your organisation on the next sheet, and one row for each partner on the last. "
    "Leave empty what you do not know. What you can give is money and the worth of your people's time; write the "
    "currency beside it. Nobody but the convener sees your answers. The convener reads the files of all with: "
    "commonweal roster import *.xlsx units.money=EUR units.hour=40 out=my_town (your currency, and what an hour of "
    "staff costs in it)"
)
ISSUES = ("housing", "jobs", "health")
ABOUT = (
    "Your organisation", "Type of organisation", "Area served", "On steering group?",
    "What you can give in a month (money)", *(f"Priority: {issue}" for issue in ISSUES),
)  # fmt: skip
PARTNERS = (
    "Your organisation", "Partner", "How often do you meet?", "Are they open with you? (1 to 4)",
    "Are they reliable? (1 to 4)", "Do you share a mission? (1 to 4)",
)  # fmt: skip
OFTEN = tuple(word for word in ("never", "yearly", "quarterly", "monthly", "weekly", "daily") if word in FREQUENCY)
ROWS = 200
"""rows that a questionnaire has room for"""


def example_book(tables: dict[str, str]) -> bytes:
    """The tables of an example, given as CSV by name, as the sheets of a workbook."""
    return _book({name: [[_value(cell) for cell in row] for row in csv.reader(text.splitlines())]
                  for name, text in tables.items()})  # fmt: skip


def questionnaire() -> bytes:
    """Who one is and can give; whom one meets, how often, and three items of trust. Answers are offered as lists."""
    return _book(
        {"Read me": [[PROSE]], "About you": [[*ABOUT]], "Who you work with": [[*PARTNERS]]},
        {("About you", 4): ("yes", "no"), ("Who you work with", 3): OFTEN}
        | {("Who you work with", column): ("1", "2", "3", "4") for column in (4, 5, 6)},
    )


def _value(cell: str) -> str | float | None:
    try:
        return float(cell)
    except ValueError:
        return cell or None


def _book(sheets: dict[str, list[list[Any]]], offered: dict[tuple[str, int], tuple[str, ...]] | None = None) -> bytes:
    """A workbook of sheets; `offered` has, by sheet and number of a column, the answers to choose from."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book: Any = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
        for column, cell in enumerate(page[1], 1):
            cell.font, cell.alignment = Font(bold=len(rows[0]) > 1), Alignment(wrap_text=True, vertical="top")
            page.column_dimensions[get_column_letter(column)].width = 18 if len(rows[0]) > 1 else 80
        page.freeze_panes = "A2"
        for (sheet, column), answers in (offered or {}).items():
            if sheet == name:
                choice = DataValidation(type="list", formula1=f'"{",".join(answers)}"', allow_blank=True)
                choice.add(f"{get_column_letter(column)}2:{get_column_letter(column)}{ROWS + 1}")
                page.add_data_validation(choice)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
