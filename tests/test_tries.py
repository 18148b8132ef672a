"""How a delivery is tried: its place in the queue, its nonce and mark, and how long a try may take."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from bot import tries
from bot.schedule import Timing

TIMING = Timing()
START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_thousand_sends_are_spaced_below_forty_a_second_and_done_in_thirty_seconds():
    times, free = [], START
    for _ in range(1000):
        at, free = tries.next_slot(free, START, TIMING)
        times.append(at)

    assert times[0] == START
    assert min(after - before for before, after in pairwise(times)) > timedelta(seconds=1 / 40)
    assert times[-1] - times[0] < timedelta(seconds=29)


def test_a_queue_left_by_a_clock_that_was_ahead_is_not_waited_for():
    assert tries.next_slot(START + timedelta(hours=1), START, TIMING)[0] == START


def test_a_nonce_fits_discord_and_differs_by_server_schedule_date_occasion_and_part():
    base = (1, "key", date(2026, 1, 1), "", 0)
    others = [(2, *base[1:]), (1, "yek", *base[2:]), (*base[:2], date(2026, 1, 2), "", 0)]
    others += [(*base[:3], "5", 0), (*base[:4], 1)]

    nonces = {tries.nonce(*one) for one in [base, *others]}

    assert len(nonces) == 6
    assert all(re.fullmatch(r"[a-z2-7]{25}", nonce) for nonce in nonces)
    assert tries.short_id(tries.nonce(*base)) in tries.mark("harbour", date(2026, 1, 1), tries.nonce(*base))


@pytest.mark.parametrize(
    ("age", "allowed"),
    [(None, 45), (0, 45), (60, 45), (100, 20), (119, None), (600, None), (-600, 45)],
)
def test_a_try_may_be_repeated_only_while_its_nonce_is_surely_known(age, allowed):
    now = START + timedelta(days=1)
    first = None if age is None else now - timedelta(seconds=age)

    limit = tries.may_resend(first, now, TIMING)

    assert limit == (None if allowed is None else timedelta(seconds=allowed))
