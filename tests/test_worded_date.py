"""Dates as reports word them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.worded_date import date_of

WEDNESDAY = date(2024, 2, 7)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("in Doha on Tuesday", "2024-02-06"),
        ("Wednesday", "2024-02-07"),
        ("last Wednesday", "2024-01-31"),
        ("next Tuesday", "2024-02-13"),
        ("since Oct. 7", "2023-10-07"),
        ("on 17 March", "2024-03-17"),
        ("the 6th of March", "2024-03-06"),
        ("Wed 7 Feb 2024", "2024-02-07"),
        ("Feb 5, 2024", "2024-02-05"),
        ("2024-02-03", "2024-02-03"),
        ("yesterday", "2024-02-06"),
        ("two days ago", "2024-02-05"),
        ("exactly four months ago", "2023-10-07"),
        ("four months ago", "2023-10"),
        ("in November", "2023-11"),
        ("late January", "2024-01"),
        ("last month", "2024-01"),
        ("in 2027", "2027"),
        ("earlier this week", None),
        ("on 30 February", None),
        ("she may march in", None),
        ("told the BBC's Today programme", None),
        ("in an interview with USA Today", None),
        ("Today the council met", "2024-02-07"),
    ],
)
def test_words_mean_a_date(words, day):
    assert date_of(words, WEDNESDAY) == day


def test_without_an_articles_date_only_full_dates_are_known():
    assert date_of("on Tuesday", None) is None
    assert date_of("7 February 2024", None) == "2024-02-07"


def test_what_is_to_come_lies_ahead():
    assert date_of("on Tuesday", WEDNESDAY, ahead=True) == "2024-02-13"


@given(st.text(max_size=80), st.dates())
def test_any_text_gives_a_date_or_none(text, day):
    found = date_of(text, day)

    assert found is None or len(found) in (4, 7, 10)
