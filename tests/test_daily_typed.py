"""What moderators type: times of day, weekdays, time zones."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.daily_typed import days_of, is_zone, time_of, zone_of, zones_like


@pytest.mark.parametrize(
    ("typed", "time_of_day"),
    [
        ("7", time(7)), ("07:30", time(7, 30)), ("7.30 pm", time(19, 30)), ("1930", time(19, 30)), ("12 am", time(0)),
        ("7h15", time(7, 15)), ("12pm", time(12)), ("24:00", None), ("13 pm", None), ("soon", None), ("", None),
        ("noon", time(12)), ("Midnight", time(0)),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(typed, time_of_day):
    assert time_of(typed) == time_of_day


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("", "0123456"), ("every day", "0123456"), ("weekdays", "01234"), ("Mon, Wed and Fri", "024"),
        ("fri-sun", "456"), ("Monday to Friday", "01234"), ("sat through mon", "056"), ("tues, thurs", "13"),
        ("weekend", "56"), ("weekday", "01234"), ("Monday to", None), ("to", None),
        ("sat - mon", "056"), ("monday–friday", "01234"), ("weekends", "56"), ("Mondays & Thursdays", "03"),
        ("Mon.", "0"), ("  ", "0123456"), ("someday", None), ("mon-tue-wed", None), ("понедельник", None),
        ("???", None), ("2 3", None), (",", None), ("sunflower", None), ("monster", None), ("mon-", None), ("-", None),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(typed, days):
    found = days_of(typed)

    assert (found and "".join(map(str, sorted(found)))) == days


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berl", "Europe/Berlin"), ("new y", "America/New_York"), ("berlni", "Europe/Berlin"), ("utc", "UTC"),
        ("Züri", "Europe/Zurich"), ("et", "America/New_York"), ("PST", "America/Los_Angeles"),
    ],
)  # fmt: skip
def test_zones_are_found_by_city(typed, first):
    assert zones_like(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("berlin", "Europe/Berlin"), ("europe/berlin", "Europe/Berlin"), ("New York", "America/New_York"),
        ("Zürich", "Europe/Zurich"), ("São Paulo", "America/Sao_Paulo"), ("EST", "America/New_York"),
        ("pt", "America/Los_Angeles"), ("CST", "CST"),
        ("utc", "UTC"), ("Europe/Berlin", "Europe/Berlin"), ("CET", "CET"), ("Atlantis", "Atlantis"), ("", ""),
    ],
)  # fmt: skip
def test_a_zone_is_known_by_its_city(typed, zone):
    assert zone_of(typed) == zone


@given(st.text(max_size=30))
def test_what_completes_a_zone_is_a_zone_and_never_too_many(typed):
    found = zones_like(typed)

    assert len(found) <= 25
    assert all(is_zone(name) for name in found)
