"""Every command through the real client: what it answers, how it completes, its buttons, its refusals."""

from functools import partial

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.buttons import LongQuestions
from bot.card_view import COMPONENTS, TEXT, view_of
from bot.client import EXPIRED, BriefingBot
from bot.story_cog import StoryCog
from briefing import brief
from briefing.brief.help import OPTIONS
from briefing.card import Question
from briefing.typed_names import CHOICE, CHOICES
from tests.newsroom import Newsroom, harbour
from tests.test_bot_markdown import WORDS, drawn

LIVE = {"mention", "command", "timestamp", "emoji", "link_open", "code", "code_block", "spoiler_open"}
BELL = Question("who-said", (("person", "Tom Bell"),))
MANY = "".join(f"“We will not move boat number {number},” said Tom Bell.\n\n" for number in range(40))


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = harbour(tmp_path_factory.mktemp("room"))
    room.write("harbour/3-boats.txt", MANY)
    room.refresh()
    return room


@pytest.fixture
def ranked():
    """What was asked to be ranked."""
    return []


@pytest.fixture
def simcord_bot(room, ranked):
    return bot_of(room, ranked)


def bot_of(room, ranked=None, long=None, synced=None):
    async def rank(story, article, method):
        ranked.append((story, article, method))

    return BriefingBot(room.index(), [partial(StoryCog, rank=rank)], long_questions=long, synced=synced)


@pytest.fixture
def place(simcord_env):
    guild = simcord_env.create_guild()
    return guild.create_text_channel("news"), guild.add_member(simcord_env.create_user("reader"))


def texts(message):
    """All texts of a message, a line each."""
    found, waiting = [], [getattr(item, "to_dict", lambda item=item: item)() for item in message.components]
    while waiting:
        item = waiting.pop(0)
        waiting[:0] = item.get("components", ())
        found.append(item.get("content") or "")
    return "\n".join(found)


@pytest.mark.parametrize(
    ("command", "options", "told"),
    [
        ("summary", {}, "-# 3 passages, word for word; ranked by PacSum."),
        ("summary", {"article": "2-vote", "length": "short"}, "-# The Courier · 17 Mar 2031 · Harbour stays open"),
        ("who-said", {"person": "Ana Ruiz"}, "> “I was wrong about the timing,”"),
        ("who-said", {"person": "Ruiz", "kind": "reported"}, "*reported:* **said** that the harbour loses money"),
        ("positions", {}, "## Harbour: who stands where"),
        ("positions", {"person": "Ana Ruiz"}, "> Ana Ruiz **rejects** the plan now."),
        ("positions", {"issue": "plan"}, "Who stands where on plan"),
        ("compare", {"person": "Ana Ruiz", "other": "Tom Bell"}, "> Tom Bell **rejects** the plan."),
        ("sources", {"story": "harbour"}, "The Ledger · 4 Mar 2031 · Council splits over the harbour"),
        ("help", {}, "/who-said"),
    ],
)
async def test_a_command_is_answered_in_the_channel(place, command, options, told):
    channel, reader = place

    result = await reader.slash(channel, command, **options)

    assert told in texts(result.response)
    assert not result.ephemeral


@pytest.mark.parametrize("command", ["summary", "positions", "sources", "help"])
async def test_a_private_answer_is_seen_by_its_asker_alone(place, command):
    channel, reader = place

    result = await reader.slash(channel, command, private=True)

    assert result.ephemeral


async def test_somebody_unknown_is_answered_with_the_nearest_names(place):
    channel, reader = place

    result = await reader.slash(channel, "who-said", person="Anna Ruis")

    assert "Ana Ruiz" in texts(result.response)
    pressed = await reader.click(result.response, label="Ana Ruiz")
    assert "I was wrong about the timing" in texts(pressed.response)


@pytest.mark.parametrize(
    ("command", "option", "typed", "first"),
    [
        ("who-said", "person", "", "Tom Bell"),
        ("who-said", "person", "rui", "Ana Ruiz"),
        ("who-said", "person", "Riuz", "Ana Ruiz"),
        ("who-said", "about", "pl", "plan"),
        ("positions", "person", "bell", "Tom Bell"),
        ("positions", "issue", "le", "levy"),
        ("compare", "other", "ana", "Ana Ruiz"),
        ("summary", "story", "h", "Harbour"),
        ("sources", "story", "", "Harbour"),
        ("summary", "article", "stays", "2031-03-17 · Harbour stays open"),
    ],
)
async def test_an_option_completes_while_it_is_typed(place, command, option, typed, first):
    channel, reader = place
    filled = {"person": "Tom Bell"} if option in ("about", "other") else {}

    choices = await reader.autocomplete(channel, command, option, typed, **filled)

    assert choices[0]["name"] == first


async def test_help_lists_every_command_with_its_options(place, simcord_bot):
    channel, reader = place

    told = texts((await reader.slash(channel, "help")).response)

    for command in simcord_bot.tree.get_commands():
        assert f"/{command.name}" in told or command.name == "help"
    for name, usage in OPTIONS.items():
        options = [parameter.display_name for parameter in simcord_bot.tree.get_command(name).parameters]
        assert usage.replace("[", "").replace("]", "").split() == [option for option in options if option != "private"]


async def test_what_is_completed_can_be_asked(place):
    channel, reader = place
    [choice] = await reader.autocomplete(channel, "summary", "article", "stays")

    result = await reader.slash(channel, "summary", article=choice["value"])

    assert "## Harbour stays open" in texts(result.response)


async def test_a_completion_is_never_longer_than_discord_takes(tmp_path):
    room = Newsroom(tmp_path)
    for number in range(40):
        name = f"Person{number} " + "Verylongname" * 4
        room.write(f"{'long' * 20}{number}/{'name' * 20}.txt", f"title: {'x' * 200}\n\n“No,” said {name} Bell.")
    room.refresh()
    index = room.index()

    for option in ("person", "story", "article", "about", "issue", "other"):
        for typed in ("", "p", "x", "long", "name"):
            choices = brief.complete(index, "who-said", option, typed, {})
            assert len(choices) <= CHOICES
            assert all(1 <= len(name) <= CHOICE and 1 <= len(value) <= CHOICE for name, value in choices)


async def test_the_sentences_around_a_statement_are_shown_to_who_asks_for_them(place):
    channel, reader = place
    result = await reader.slash(channel, "who-said", person="Ana Ruiz", kind="quoted")

    pressed = await reader.click(result.response, label="In context")

    assert "> “**I was wrong about the timing,**” said Ana Ruiz." in texts(pressed.response)
    assert pressed.ephemeral


async def test_pages_turn_in_place(place):
    channel, reader = place
    result = await reader.slash(channel, "who-said", person="Tom Bell")
    first = texts(result.response)

    await reader.click(channel.last_message, label="Next ›")

    assert len(channel.history()) == 1
    assert texts(channel.last_message) != first
    await reader.click(channel.last_message, label="‹ Back")
    assert texts(channel.last_message) == first


async def test_no_answer_is_kept_in_memory_for_its_buttons(place, simcord_bot):
    channel, reader = place
    for private in (False, True):
        await reader.slash(channel, "who-said", person="Tom Bell", private=private)
    await reader.slash(channel, "positions")
    await reader.slash(channel, "help")
    await reader.click(channel.history()[0], label="Next ›")
    await simcord_bot.get_channel(channel.id).send(view=view_of(await simcord_bot.answer(BELL), LongQuestions()))

    store = simcord_bot._connection._view_store
    assert store._views == store._synced_message_views == {}


async def test_paging_goes_on_after_a_restart(simcord_env, place, room):
    channel, reader = place
    await reader.slash(channel, "who-said", person="Tom Bell")
    await reader.click(channel.last_message, label="Next ›")
    second = texts(channel.last_message)

    await simcord_env.restart_bot(bot_of(room))
    await reader.click(channel.last_message, label="Next ›")

    assert texts(channel.last_message) != second
    await reader.click(channel.last_message, label="‹ Back")
    assert texts(channel.last_message) == second


async def test_a_long_question_turns_its_pages_after_a_restart(simcord_env, room, tmp_path):
    path = tmp_path / "buttons.sqlite"
    await simcord_env.restart_bot(bot_of(room, long=LongQuestions(path)))
    guild = simcord_env.create_guild()
    channel, reader = guild.create_text_channel("news"), guild.add_member(simcord_env.create_user("reader"))
    await reader.slash(channel, "who-said", person="Tom Bell", about="boat " * 19 + "move")
    await reader.click(channel.last_message, label="Next ›")
    second = texts(channel.last_message)

    await simcord_env.restart_bot(bot_of(room, long=LongQuestions(path)))
    await reader.click(channel.last_message, label="‹ Back")
    await reader.click(channel.last_message, label="Next ›")

    assert texts(channel.last_message) == second


async def test_a_forgotten_question_is_said_to_be_forgotten(simcord_env, place, room):
    channel, reader = place
    await reader.slash(channel, "who-said", person="Tom Bell", about="boat " * 19 + "move")

    await simcord_env.restart_bot(bot_of(room))
    pressed = await reader.click(channel.last_message, label="Next ›")

    assert pressed.response.content == EXPIRED
    assert pressed.ephemeral


async def test_a_ranking_that_is_not_there_yet_is_made_while_the_bot_is_thinking(simcord_env, place, ranked):
    channel, reader = place

    await reader.slash(channel, "summary", method="luhn", article="2-vote")

    assert ranked == [("harbour", "2-vote", "luhn")]
    [callback] = [request.json for request in simcord_env.http_requests if request.path.endswith("/callback")]
    assert callback["type"] == discord.InteractionResponseType.deferred_channel_message.value
    assert "Luhn" in texts(channel.last_message)


async def test_a_page_that_takes_longer_than_discord_waits_is_turned_all_the_same(simcord_env, place, simcord_bot):
    channel, reader = place
    await reader.slash(channel, "who-said", person="Tom Bell")
    first, answered = texts(channel.last_message), simcord_bot.answerers["who-said"]

    async def slowly(question):
        simcord_env.backend.clock.advance(4)  # seconds; Discord waits for 3
        return await answered(question)

    simcord_bot.answerers["who-said"] = slowly
    simcord_bot.slow["who-said"] = lambda question: True
    await reader.click(channel.last_message, label="Next ›")

    assert texts(channel.last_message) != first
    assert len(channel.history()) == 1


@pytest.mark.simcord(check_errors=False)
async def test_an_error_is_told_in_short_to_its_asker_and_in_full_to_the_log(simcord_env, place, caplog):
    channel, reader = place

    async def broken(question):
        raise RuntimeError("secret detail")

    simcord_env.bot.answerers["help"] = broken
    result = await reader.slash(channel, "help")

    number = result.response.content.rsplit(" ", 1)[1]
    assert result.ephemeral
    assert "secret" not in result.response.content
    assert number in caplog.text
    assert "secret detail" in caplog.text


async def test_discord_is_told_of_the_commands_only_when_they_have_changed(simcord_env, room, tmp_path):
    def told():
        return sum(request.method == "PUT" for request in simcord_env.http_requests)

    before = told()
    for expected in (1, 1):
        await simcord_env.restart_bot(bot_of(room, synced=tmp_path / "synced"))
        assert told() - before == expected


async def test_nobody_is_ever_mentioned(simcord_bot):
    assert simcord_bot.allowed_mentions.to_dict() == discord.AllowedMentions.none().to_dict()


async def test_no_privileged_intent_is_asked_for(simcord_bot):
    assert simcord_bot.intents == discord.Intents(guilds=True)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, min_size=1, max_size=4))
async def test_whatever_an_article_holds_its_answer_can_be_sent_and_addresses_nobody(tmp_path_factory, words):
    room = Newsroom(tmp_path_factory.mktemp("hostile"))
    quoted = "".join(f"“x{text.replace('”', '')}” said Ana Ruiz. Ana Ruiz backs the plan.\n\n" for text in words)
    room.write("harbour/a.txt", quoted)
    room.refresh()
    index = room.index()
    long = LongQuestions()

    for command, options in [("summary", ()), ("who-said", (("person", "Ana Ruiz"),)), ("positions", ())]:
        card = brief.answer(index, Question(command, options))
        view = view_of(card, long)
        kinds, _ = drawn("\n\n".join(t.content for t in view.walk_children() if isinstance(t, discord.ui.TextDisplay)))

        assert view.content_length() <= TEXT
        assert view.total_children_count <= COMPONENTS
        assert not kinds & LIVE
