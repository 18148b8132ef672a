"""Dates as sentences word them, and the day that words like "on Tuesday" mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from briefing.printed_date import MONTHS


def date_of(words: str, published: date | None, ahead: bool = False) -> str | None:
    """The date that the first expression of time in the words means, ISO, as long as its precision; None if unsettled.

    Weekdays and months are past ones unless told otherwise, as in reports; a day and month lie at most 120 days ahead.

    Args:
        words: A phrase such as "in Doha on Tuesday", "Oct. 7", "17 March 2031", "two days ago", "last month".
        published: The day that "Tuesday" and "Oct. 7" are counted from; without it only full dates have a value.
        ahead: The words speak of what is to come, so "Tuesday" is the coming one.
    """
    for _, found in dates_in(words):
        for pattern, reading in READINGS:
            match = pattern.fullmatch(found)
            if match:
                return reading(_Asked(match, published, ahead))
    return None


def dates_in(text: str) -> Iterator[tuple[int, str]]:
    """Where expressions of time stand in the text, and their words, in text order, none inside another."""
    for match in ANY.finditer(text):
        if not (match.group() in TITLES and WORD_BEFORE.search(text, 0, match.start())):
            yield match.start(), match.group()


AHEAD_DAYS = 120  # a day and month without a year is at most so far in the future ("27 December", read in September)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")

MONTH = (
    r"(?P<month>Jan(?:\.|uary)?|Feb(?:\.|ruary)?|Mar(?:\.|ch)?|Apr(?:\.|il)?|May|June?\.?|July?\.?|Aug(?:\.|ust)?"
    r"|Sept?(?:\.|ember)?|Oct(?:\.|ober)?|Nov(?:\.|ember)?|Dec(?:\.|ember)?)"
)
WEEKDAY = r"(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
OPENING = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:\.|day)?,? )?"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
COUNT = r"(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"


@dataclass(frozen=True, slots=True)
class _Asked:
    """An expression of time, and from where to read it."""

    match: re.Match[str]
    published: date | None
    ahead: bool

    def part(self, name: str) -> str:
        return str(self.match.group(name) or "").lower().rstrip(".")

    @property
    def month(self) -> int:
        return 1 + MONTHS.index(self.part("month")[:3])


def _full(asked: _Asked) -> str | None:
    return _day(int(asked.part("year")), asked.month, int(asked.part("day")))


def _iso(asked: _Asked) -> str | None:
    return _day(int(asked.part("year")), int(asked.part("number")), int(asked.part("day")))


def _month_of_year(asked: _Asked) -> str | None:
    return f"{asked.part('year')}-{asked.month:02}"


def _day_of_month(asked: _Asked) -> str | None:
    """The latest such day that is not further ahead than a paper would leave the year out for."""
    if not asked.published:
        return None
    limit = asked.published + timedelta(days=AHEAD_DAYS)
    years = range(asked.published.year + 1, asked.published.year - 9, -1)  # nine years, for 29 February
    days = (_day(year, asked.month, int(asked.part("day"))) for year in years)
    return next((day for day in days if day and day <= limit.isoformat()), None)


def _month_alone(asked: _Asked) -> str | None:
    if not asked.published:
        return None
    now, year = asked.published.month, asked.published.year
    word = asked.part("which")
    if word == "last":
        year -= asked.month >= now
    elif word == "next" or asked.ahead:
        year += asked.month < now or (word == "next" and asked.month == now)
    else:
        year -= asked.month > now
    return f"{year}-{asked.month:02}"


def _weekday(asked: _Asked) -> str | None:
    if not asked.published:
        return None
    days = (asked.published.weekday() - WEEKDAYS.index(asked.part("weekday"))) % 7
    word = asked.part("which")
    if word == "next" or (asked.ahead and word != "last"):
        days = days - 7 if days or word == "next" else 0
    elif word == "last" and not days:
        days = 7
    return (asked.published - timedelta(days=days)).isoformat()


NAMED_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1}


def _named_day(asked: _Asked) -> str | None:
    if not asked.published:
        return None
    return (asked.published + timedelta(days=NAMED_DAYS.get(asked.match.group().lower(), 0))).isoformat()


def _named_period(asked: _Asked) -> str | None:
    if not asked.published:
        return None
    shift = {"last": -1, "next": 1}.get(asked.part("which"), 0)
    return _shifted(asked.published, asked.part("unit"), shift)[0]


def _ago(asked: _Asked) -> str | None:
    if not asked.published:
        return None
    count = asked.part("count")
    number = int(count) if count.isdigit() else 1 if count in ("a", "an") else NUMBERS.index(count)
    rough, exact = _shifted(asked.published, asked.part("unit"), -number if asked.part("ago") == "ago" else number)
    return exact if asked.part("exactly") else rough


def _year_alone(asked: _Asked) -> str | None:
    return asked.part("year")


def _shifted(day: date, unit: str, number: int) -> tuple[str | None, str | None]:
    """The date so many units away, as precise as the unit is and to the day; weeks are precise only if exact."""
    if unit in ("day", "week"):
        try:
            moved = (day + timedelta(days=number * (7 if unit == "week" else 1))).isoformat()
        except OverflowError:
            return None, None
        return moved if unit == "day" else None, moved
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return None, None
    return f"{year:04}" if unit == "year" else f"{year:04}-{month + 1:02}", _day(year, month + 1, day.day)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


Reading = Callable[[_Asked], str | None]
READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern), reading)
    for pattern, reading in (
        (rf"{YEAR}-(?P<number>[01]\d)-(?P<day>[0-3]\d)", _iso),
        (rf"{OPENING}{DAY}(?: of)? {MONTH},? {YEAR}", _full),
        (rf"{OPENING}{MONTH} {DAY},? {YEAR}", _full),
        (rf"{OPENING}{DAY}(?: of)? {MONTH}", _day_of_month),
        (rf"{OPENING}{MONTH} {DAY}", _day_of_month),
        (rf"{MONTH}(?: of|,)? {YEAR}", _month_of_year),
        (rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his) )?{WEEKDAY}", _weekday),
        (
            r"[Yy]esterday|[Ll]ast night|[Tt]onight|[Tt]omorrow|[Tt]oday(?! (?:programme|program|show)\b)"
            r"|[Tt]his (?:morning|afternoon|evening)",
            _named_day,
        ),
        (rf"(?:(?P<exactly>[Ee]xactly) )?{COUNT} (?P<unit>day|week|month|year)s? (?P<ago>ago|from now)", _ago),
        (r"(?:[Ee]arlier |[Ll]ater )?(?P<which>[Ll]ast|[Nn]ext|[Tt]his) (?P<unit>month|year)", _named_period),
        (
            rf"(?:[Ii]n|[Ll]ate|[Ee]arly|[Mm]id-?|[Ss]ince|[Bb]y|[Uu]ntil|(?P<which>[Ll]ast|[Nn]ext|[Tt]his))"
            rf"(?: early| late| mid-?)? ?{MONTH}(?!\.? ?\d)",
            _month_alone,
        ),
        (rf"(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Dd]uring|[Oo]f) {YEAR}", _year_alone),
    )
)
ANY = re.compile(
    r"(?<![\w$£€.,-])(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", p.pattern) for p, _ in READINGS) + r")(?![\w%]|[.,]\d)"
)

TITLES = {"Today", "Tonight", "Tomorrow", "Yesterday"}  # inside a sentence they are names ("USA Today")
WORD_BEFORE = re.compile(r"[\w’'] $")
