"""Each delivery once, over a real wire: discord.py's HTTP client against the stub, on a clock that the test moves."""

from datetime import timedelta

import pytest
from discord_stub import Fault, Stub, World
from discord_stub.postman import Clock, a_schedule, postman

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
