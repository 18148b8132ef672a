"""Each delivery once, over a real wire: discord.py's HTTP client against the stub, on a clock that the test moves."""

from dataclasses import replace
from datetime import timedelta
from unittest.mock import Mock

import pytest
from discord_stub import Fault, Stub, World
from discord_stub.postman import Clock, a_schedule, postman
from discord_stub.world import Channel

from bot.refusal import NotDeliverable, Refusal
from bot.schedule import Timing

CHANNEL = 101
MEMORY = "sqlite+aiosqlite:///:memory:"


@pytest.fixture
async def stub():
    world = World()
    world.add_guild(1, [CHANNEL])
    async with Stub(world) as stub:
        yield stub


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def post(stub, clock):
    """A postman with one schedule, whose first run is an hour away."""
    async with postman(stub.base, MEMORY, clock, Timing(attempt=timedelta(seconds=0.2))) as post:
        post.schedule = await post.ledger.put_schedule(a_schedule(CHANNEL, clock()))
        yield post


async def state_of(post):
    [delivery] = await post.ledger.deliveries_of(1)
    return delivery


async def test_nothing_is_sent_before_its_time(post, stub, clock):
    clock.move(minutes=59)

    await post.round()

    assert stub.messages() == []


async def test_a_briefing_is_sent_once_however_often_the_heart_beats(post, stub, clock):
    clock.move(hours=1)

    for _ in range(3):
        await post.round()
        clock.move(minutes=1)

    [message] = stub.messages()
    delivery = await state_of(post)
    assert (delivery.state, delivery.message_id) == ("sent", message.id)
    assert message.payload["enforce_nonce"] is True
    assert message.nonce == delivery.nonce


async def test_the_next_day_brings_the_next_briefing_with_what_is_new(post, stub, clock):
    clock.move(hours=1)

    for _ in range(3):
        await post.round()
        clock.move(days=1)

    assert ["article 0" in m.text for m in stub.messages()] == [True, False, False]
    assert "article 2" in stub.messages()[2].text


async def test_a_try_without_an_answer_is_repeated_with_the_same_nonce(post, stub, clock):
    stub.faults.append(Fault(stored=True, hang=2))
    clock.move(hours=1)
    await post.round()
    clock.move(seconds=20)

    await post.round()

    assert stub.count("POST", "messages") == 2
    assert len(stub.messages()) == 1
    assert (await state_of(post)).state == "sent"
    assert stub.count("GET", "messages") == 0


async def test_after_the_nonces_window_the_channel_is_read_first(post, stub, clock):
    stub.faults.append(Fault(stored=True, hang=2))
    clock.move(hours=1)
    await post.round()
    stub.world.nonce_window = 0
    clock.move(minutes=10)

    await post.round()

    assert stub.count("POST", "messages") == 1
    assert (await state_of(post)).message_id == stub.messages()[0].id
    assert await post.ledger.posted(post.schedule.id) == {"article 0"}


async def test_what_is_not_in_the_channel_is_sent_again(post, stub, clock):
    stub.faults.append(Fault(hang=2))
    clock.move(hours=1)
    await post.round()
    stub.world.nonce_window = 0
    clock.move(minutes=10)

    await post.round()

    assert stub.count("GET", "messages") == 1
    assert len(stub.messages()) == 1
    assert (await state_of(post)).state == "sent"


async def test_where_the_channel_cannot_be_read_it_is_uncertain_and_the_moderator_is_told(post, stub, clock):
    stub.faults.append(Fault(stored=True, hang=2))
    clock.move(hours=1)
    await post.round()
    post.can_read = False
    clock.move(minutes=10)

    for _ in range(3):
        await post.round()
        clock.move(minutes=10)

    assert (await state_of(post)).state == "uncertain"
    assert len(stub.messages()) == 1
    assert len(post.told) == 1


async def test_in_a_channel_that_moved_on_too_far_it_is_uncertain(post, stub, clock):
    stub.faults.append(Fault(stored=True, hang=2))
    clock.move(hours=1)
    await post.round()
    for _ in range(501):
        stub.world.post(stub.world.channel(CHANNEL), {"content": "chatter"}, author_id=5)
    clock.move(minutes=10)

    await post.round()

    assert (await state_of(post)).state == "uncertain"
    assert len(stub.messages()) == 1


FORBIDDEN = {"status": 403, "code": 50013}
OUTCOMES = [
    # fault, how it ends, posts made, whether the schedule is paused
    ("a route's limit", Fault(status=429, retry_after=0.01), "sent", False),
    ("the global limit", Fault(status=429, retry_after=0.01, is_global=True, scope="global"), "sent", False),
    ("a shared limit", Fault(status=429, retry_after=0.01, scope="shared"), "sent", False),
    ("a limit of an hour", Fault(status=429, retry_after=3600.0), "planned", False),
    ("slow mode", Fault(status=429, code=20016, retry_after=3600.0), "planned", False),
    ("a channel's limit of writing", Fault(status=429, code=20028, retry_after=3600.0), "planned", False),
    ("Cloudflare's ban", Fault(status=429, via=False), "planned", False),
    ("sending switched off", Fault(status=400, code=40004), "planned", False),
    ("an overloaded Discord", Fault(status=503, code=130000), "planned", False),
    ("a token that was revoked", Fault(status=401), "planned", False),
    ("an error of Discord's", Fault(status=503), "claimed", False),
    ("an error after the message was stored", Fault(status=503, stored=True), "claimed", False),
    ("a reset", Fault(status=0), "claimed", False),
    ("a reset after the message was stored", Fault(status=0, stored=True), "claimed", False),
    ("a missing permission", Fault(status=403, code=50013), "failed", True),
    ("a channel out of sight", Fault(status=403, code=50001), "failed", True),
    ("a channel that is gone", Fault(status=404, code=10003), "failed", True),
    ("a server that is gone", Fault(status=404, code=10004), "failed", True),
    ("a voice channel", Fault(status=400, code=50008), "failed", True),
    ("a channel of a kind that takes no messages", Fault(status=400, code=50024), "failed", True),
    ("a forum", Fault(status=400, code=220003), "failed", True),
    ("another refusal of the right to post", Fault(status=403, code=99), "failed", True),
    ("another thing that is gone", Fault(status=404, code=99), "failed", True),
    ("a locked thread", Fault(status=400, code=160005), "failed", True),
    ("AutoMod", Fault(status=400, code=200000), "failed", False),
    ("AutoMod, of a title", Fault(status=400, code=200001), "failed", False),
    ("a picture that is too large", Fault(status=400, code=40005), "failed", False),
    ("a badly formed message", Fault(status=400, code=50035), "failed", False),
]
REFUSED_FOR_GOOD = (40005, 50035, 200000, 200001)  # codes that say no to this message, and nothing of the next


@pytest.mark.parametrize(("fault", "state", "paused"), [row[1:] for row in OUTCOMES], ids=[row[0] for row in OUTCOMES])
async def test_each_fault_has_its_outcome(post, stub, clock, fault, state, paused):
    fault.struck = 0
    stub.faults.append(fault)
    clock.move(hours=1)

    await post.round()

    [schedule] = await post.ledger.schedules_of(1)
    row = await state_of(post)
    assert (row.state, schedule.paused is not None) == (state, paused)
    assert len(post.told) == paused
    assert (row.reason is None) == (state == "sent")


@pytest.mark.parametrize("fault", [row[1] for row in OUTCOMES if not row[3]], ids=[r[0] for r in OUTCOMES if not r[3]])
async def test_after_a_fault_that_passes_there_is_one_message(post, stub, clock, fault):
    fault.struck = 0
    stub.faults.append(fault)
    clock.move(hours=1)

    for _ in range(3):
        await post.round()
        clock.move(minutes=61)

    refused = fault.code in REFUSED_FOR_GOOD
    assert len(stub.messages()) == (0 if refused else 1)
    assert (await state_of(post)).state == ("failed" if refused else "sent")


@pytest.fixture
async def archived(post, stub):
    """An archived thread, for which there is a schedule; asked for when it is due, as it is in no cache."""
    thread = Channel(103, 1, "desk", 11, CHANNEL, archived=True)
    stub.world.add_channel(thread)
    await post.ledger.remove(post.schedule.id)
    await post.ledger.put_schedule(a_schedule(thread.id, post.clock()))
    post.fetches = True
    return thread


async def test_an_archived_thread_is_opened_and_gets_its_briefing_once(post, stub, clock, archived):
    clock.move(hours=1)

    for _ in range(2):
        await post.round()
        clock.move(minutes=1)

    assert [message.channel_id for message in stub.messages()] == [archived.id]
    assert [call.payload for call in stub.calls if call.method == "PATCH"] == [{"archived": False}]
    nonces = [call.payload["nonce"] for call in stub.calls if call.path.endswith("/messages")]
    assert len(nonces) == 2
    assert len(set(nonces)) == 1
    assert (await state_of(post)).state == "sent"


async def test_an_archived_thread_that_may_not_be_opened_pauses_its_schedule(post, stub, clock, archived):
    stub.faults.append(Fault(method="PATCH", path=f"/channels/{archived.id}$", status=403, code=50013))
    clock.move(hours=1)

    await post.round()

    [schedule] = await post.ledger.schedules_of(1)
    assert (await state_of(post)).state == "failed"
    assert schedule.paused
    assert stub.messages() == []


@pytest.mark.parametrize("code", [10008, 30033, 160002], ids=["no message", "full", "no history"])
async def test_a_thread_that_cannot_be_made_fails_alone(post, stub, clock, code):
    await post.ledger.put_schedule(replace(post.schedule, threaded=True))
    stub.faults.append(Fault(path="/threads$", status=400, code=code))
    clock.move(hours=1)

    for _ in range(3):
        await post.round()

    [schedule] = await post.ledger.schedules_of(1)
    states = {row.part: row.state for row in await post.ledger.deliveries_of(1)}
    assert states == {0: "sent", 1: "failed"}
    assert schedule.paused is None
    assert post.told == []


async def test_an_error_that_discord_gives_twice_is_repeated_within_one_try(post, stub, clock):
    post.ledger.timing = post.courier.timing = Timing()
    stub.faults.append(Fault(status=502, stored=True))
    clock.move(hours=1)

    await post.round()

    assert stub.count("POST", "messages$") == 2
    assert len({call.payload["nonce"] for call in stub.calls if call.method == "POST"}) == 1
    assert len(stub.messages()) == 1


AFTER_A_REPEAT = [
    # what discord.py's own repeat is answered with, and how the delivery stands then if the first request stored it
    ("a limit of an hour", Fault(status=429, retry_after=3600.0), "claimed"),
    ("slow mode", Fault(status=429, code=20016, retry_after=3600.0), "claimed"),
    ("Cloudflare's ban", Fault(status=429, via=False), "claimed"),
    ("an overloaded Discord", Fault(status=503, code=130000), "claimed"),
    ("a missing permission", Fault(status=403, code=50013), "sent"),
    ("AutoMod", Fault(status=400, code=200000), "sent"),
]


@pytest.mark.parametrize(("fault", "state"), [row[1:] for row in AFTER_A_REPEAT], ids=[r[0] for r in AFTER_A_REPEAT])
async def test_a_refusal_of_a_repeat_says_nothing_of_the_request_before_it(post, stub, clock, fault, state):
    fault.struck = 0
    post.ledger.timing = post.courier.timing = Timing()
    stub.faults += [Fault(status=502, stored=True), fault]
    clock.move(hours=1)
    await post.round()
    assert (await state_of(post)).state == state
    stub.world.nonce_window = 0
    clock.move(minutes=61)

    await post.round()

    [message] = stub.messages()
    assert (await state_of(post)).message_id == message.id


async def test_a_repeat_that_is_refused_for_good_is_read_for_what_the_first_request_left(post, stub, clock):
    post.ledger.timing = post.courier.timing = Timing()
    stub.faults += [Fault(status=502), Fault(status=403, code=50013)]
    clock.move(hours=1)

    await post.round()

    assert stub.count("GET", "messages") == 1
    assert (await state_of(post)).state == "failed"


async def test_briefings_asked_for_at_the_hour_do_not_tell_the_same_news(post, stub, clock):
    clock.move(hours=1)
    for occasion in ("first", "second"):
        await post.ledger.ask_for(post.schedule, clock().date(), occasion, clock())

    for _ in range(3):
        await post.round()

    assert [m.text.splitlines()[0] for m in stub.messages()] == [f"Part 0: article {n}" for n in range(3)]


async def test_a_briefing_asked_for_waits_for_no_other_channels(post, stub, clock):
    stub.world.add_channel(Channel(102, 1))
    hung = await post.ledger.put_schedule(a_schedule(102, clock()))
    post.ledger.timing = post.courier.timing = Timing()
    stub.faults.append(Fault(path="/channels/102/messages$", status=403, code=50013, hang=1))
    await post.ledger.ask_for(hung, clock().date(), "elsewhere", clock())
    await post.courier.round()
    await post.ledger.ask_for(post.schedule, clock().date(), "here", clock())

    await post.courier.at_once("here")

    assert [message.channel_id for message in stub.messages()] == [CHANNEL]
    assert post.courier._under_way
    await post.courier.finish()


async def test_a_briefing_asked_for_waits_while_another_of_its_schedule_is_under_way(post, stub, clock):
    for occasion in ("first", "second"):
        await post.ledger.ask_for(post.schedule, clock().date(), occasion, clock())
    stub.faults.append(Fault(stored=True, hang=2))

    await post.courier.at_once("first")
    await post.courier.at_once("second")
    assert len(stub.messages()) == 1
    clock.move(seconds=20)
    await post.round()
    await post.round()

    assert [message.text.splitlines()[0] for message in stub.messages()] == ["Part 0: article 0", "Part 0: article 1"]


async def test_a_fault_that_lasts_ends_as_failed_after_the_catch_up_window(post, stub, clock):
    stub.faults.append(Fault(status=429, code=20016, retry_after=1800.0, times=99))
    clock.move(hours=1)

    for _ in range(16):
        await post.round()
        clock.move(minutes=30)

    row = await state_of(post)
    assert row.state == "failed"
    assert "slow mode" in row.reason
    assert stub.messages() == []


@pytest.mark.parametrize(
    ("stored", "can_read", "state"),
    [(True, True, "sent"), (False, True, "failed"), (True, False, "uncertain"), (False, False, "uncertain")],
)
async def test_a_refusal_after_a_try_without_an_answer_is_settled_by_reading(
    post, stub, clock, stored, can_read, state
):
    stub.faults += [Fault(status=0, stored=stored), Fault(status=403, code=50013)]
    post.can_read = can_read
    clock.move(hours=1)
    await post.round()
    clock.move(seconds=30)

    await post.round()

    row = await state_of(post)
    assert row.state == state
    assert row.message_id == (stub.messages()[0].id if state == "sent" else None)
    assert len(stub.messages()) == stored


async def test_the_operators_log_says_that_the_token_was_revoked(post, stub, clock, caplog):
    stub.faults.append(Fault(status=401))
    clock.move(hours=1)

    with caplog.at_level("INFO", logger="bot"):
        await post.round()

    assert "no longer accepts the bot's token" in caplog.text


GLOBAL_LIMIT = {"status": 429, "retry_after": 25.0, "is_global": True, "scope": "global"}


async def test_a_global_limit_that_outlasts_a_try_at_sending_stops_nothing_for_good(post, stub, clock):
    stub.faults.append(Fault(**GLOBAL_LIMIT))
    clock.move(hours=1)

    await post.round()
    clock.move(minutes=1)
    await post.round()

    assert len(stub.messages()) == 1


async def test_a_global_limit_that_outlasts_the_search_for_the_channel_is_waited_out(post, stub, clock):
    post.fetches = True
    stub.faults.append(Fault(method="GET", path=f"/channels/{CHANNEL}$", **GLOBAL_LIMIT))
    clock.move(hours=1)

    await post.round()
    clock.move(minutes=1)
    await post.round()

    assert len(stub.messages()) == 1


@pytest.mark.parametrize("fault", [{"status": 503}, {"status": 0}, {"hang": 2}], ids=["error", "reset", "no answer"])
async def test_a_channel_that_cannot_be_asked_for_leaves_nothing_in_doubt(post, stub, clock, fault):
    post.fetches, post.can_read = True, False
    stub.faults.append(Fault(method="GET", path=f"/channels/{CHANNEL}$", times=99, **fault))
    clock.move(hours=1)
    await post.round()
    assert (await state_of(post)).state == "planned"

    clock.move(hours=6, seconds=1)
    await post.round()

    assert (await state_of(post)).state == "failed"
    assert "asked for the channel" in (await state_of(post)).reason
    assert post.told == []


async def test_a_channel_that_shows_its_messages_too_slowly_is_read_later(post, stub, clock):
    stub.faults += [Fault(stored=True, hang=2), Fault(method="GET", path="/messages$", **GLOBAL_LIMIT)]
    clock.move(hours=1)
    await post.round()
    stub.world.nonce_window = 0
    clock.move(minutes=10)

    await post.round()
    assert (await state_of(post)).state == "claimed"
    clock.move(minutes=10)
    await post.round()

    assert len(stub.messages()) == 1
    assert (await state_of(post)).state == "sent"


async def test_a_late_post_says_so_and_one_of_three_days_is_sent(post, stub, clock):
    clock.move(hours=4)
    await post.round()
    clock.move(days=3, hours=1)
    await post.round()

    first, second = stub.messages()
    assert "(late)" in first.text
    assert "(late)" in second.text
    states = [(row.state, row.days_missed) for row in await post.ledger.deliveries_of(1)]
    assert states == [("sent", 0), ("skipped", 2), ("sent", 0)]


@pytest.mark.parametrize(("held_up", "places"), [(0, 1), (1, 2), (99, 3)])
async def test_a_place_in_the_rate_that_went_by_is_not_used_but_for_the_last(post, stub, clock, held_up, places):
    taken = []
    begin = post.ledger.begin

    async def slow(*claim, **how):
        slot = await begin(*claim, **how)
        taken.append(slot)
        clock.move(seconds=1 if len(taken) <= held_up else 0)
        return slot

    post.ledger.begin = slow
    clock.move(hours=1)

    await post.round()

    assert len(taken) == len(set(taken)) == places
    assert len(stub.messages()) == 1


async def test_a_channel_that_hangs_holds_up_no_other(post, stub, clock):
    stub.world.add_channel(type(stub.world.channel(CHANNEL))(102, 1))
    await post.ledger.put_schedule(a_schedule(102, clock()))
    stub.faults.append(Fault(path=f"/channels/{CHANNEL}/messages$", hang=30))
    clock.move(hours=1)

    await post.round()

    assert [message.channel_id for message in stub.messages()] == [102]


async def test_a_briefing_goes_on_in_its_thread_page_by_page(post, stub, clock):
    await post.ledger.put_schedule(replace(post.schedule, threaded=True))
    clock.move(hours=1)

    for _ in range(3):
        await post.round()

    thread = stub.world.channel(stub.messages()[0].id)
    assert [m.text.split(":")[0] for m in stub.messages()] == ["Part 0", "Part 1", "Part 2"]
    assert len(thread.messages) == 2
    assert stub.count("POST", "/threads$") == 1


async def test_a_briefing_found_in_its_channel_is_sent_though_its_thread_can_no_longer_be_written(post, stub, clock):
    await post.ledger.put_schedule(replace(post.schedule, threaded=True))
    stub.faults.append(Fault(stored=True, hang=2))
    clock.move(hours=1)
    await post.round()
    post.courier._compose = Mock(side_effect=NotDeliverable(Refusal("wait", "There are no articles of this story.")))
    stub.world.nonce_window = 0
    clock.move(hours=7)

    await post.round()

    assert (await state_of(post)).state == "sent"
    assert await post.round() == 0


async def test_a_thread_goes_on_with_the_articles_of_the_message_that_was_found(post, stub, clock):
    post.ledger.timing = post.courier.timing = Timing()
    await post.ledger.put_schedule(replace(post.schedule, threaded=True))
    post.courier._compose = Mock(wraps=post.courier._compose)
    stub.faults += [Fault(status=502, stored=True), Fault(status=403, code=50013)]
    clock.move(hours=1)

    await post.round()

    claims = [call.args[0] for call in post.courier._compose.call_args_list]
    assert [claim.delivery.articles for claim in claims if not claim.delivery.part] == [None, ("article 0",)]


async def test_a_kill_between_thread_and_page_makes_no_second_thread(post, stub, clock):
    await post.ledger.put_schedule(replace(post.schedule, threaded=True))
    stub.faults.append(Fault(path="/threads$", status=0, stored=True))
    clock.move(hours=1)

    for _ in range(4):
        await post.round()
        clock.move(minutes=1)

    assert [m.text.split(":")[0] for m in stub.messages()] == ["Part 0", "Part 1", "Part 2"]


async def test_a_wall_clock_that_is_set_back_repeats_nothing(post, stub, clock):
    clock.move(hours=1)
    await post.round()

    for _ in range(50):
        clock.move(hours=-1)
        await post.round()
    for _ in range(50):
        clock.move(hours=1)
        await post.round()

    assert len(stub.messages()) == 1


async def test_a_try_without_an_answer_on_a_clock_set_back_is_settled_by_reading(post, stub, clock):
    stub.faults.append(Fault(stored=True, hang=2))
    clock.move(hours=1)
    await post.round()
    stub.world.nonce_window = 0
    clock.move(minutes=-30)
    await post.round()
    clock.move(seconds=61)

    await post.round()

    assert len(stub.messages()) == 1
    assert stub.count("POST", "messages$") == 1
    assert (await state_of(post)).state == "sent"


async def test_a_ledger_that_fails_after_the_send_loses_and_doubles_nothing(post, stub, clock, monkeypatch):
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(post.ledger, "sent", broken)
        clock.move(hours=1)
        await post.round()
    stub.world.nonce_window = 0
    clock.move(minutes=10)

    await post.round()

    assert len(stub.messages()) == 1
    assert (await state_of(post)).state == "sent"
