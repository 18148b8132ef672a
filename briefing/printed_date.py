"""Dates as pages print them: "Wed 7 Feb 2024 21.10 GMT", "February 6, 2024 3:24 PM EST", "2024-02-06T21:10Z"."""

from __future__ import annotations

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?P<year>(?:19|20|21)\d\d)(?=\D|[01]?\d:[0-5]\d|$)"  # some pages print "20243:24 PM"
_DAY = r"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_ORDERS = (
    re.compile(r"(?<![\w./-])(?P<year>(?:19|20|21)\d\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d)(?!\d)"),
    re.compile(rf"{_DAY}(?:\s+of)?[\s-]+{_MONTH},?[\s-]+{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}", re.IGNORECASE),
    # Day and month in figures are told apart only where one of them is over 12.
    re.compile(r"(?<![\w./-])(?P<day>1[3-9]|2\d|3[01])[/.](?P<month>0?[1-9]|1[0-2])[/.](?P<year>(?:19|20|21)\d\d)(?!\d)"),
    re.compile(r"(?<![\w./-])(?P<month>0?[1-9]|1[0-2])[/.](?P<day>1[3-9]|2\d|3[01])[/.](?P<year>(?:19|20|21)\d\d)(?!\d)"),
)
_IN_A_NAME = re.compile(
    r"(?<![0-9A-Za-z])(?P<year>(?:19|20|21)\d\d)([-_./]?)(?P<month>[01]\d)\2(?P<day>[0-3]\d)(?![0-9A-Za-z])"
)


def printed_date(text: str) -> tuple[date, int, int] | None:
    """The first full date that a line prints, with where it stands in the line; None without day, month and year."""
    found = [match for order in _ORDERS for match in order.finditer(text)]
    for match in sorted(found, key=lambda m: (m.start(), -m.end())):
        if day := _date(match):
            return day, match.start(), match.end()
    return None


def date_in_name(name: str) -> date | None:
    """The date in a file's name or an address ("2024-02-08-live", "/2024/02/08/", "20240208")."""
    return next((day for match in _IN_A_NAME.finditer(name) if (day := _date(match))), None)


def _date(match: re.Match[str]) -> date | None:
    month = match["month"].lower()[:3]
    try:
        return date(int(match["year"]), int(month) if month.isdigit() else MONTHS.index(month) + 1, int(match["day"]))
    except ValueError:
        return None
