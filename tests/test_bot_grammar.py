"""Commands typed as text, by the definitions that Discord is told of."""

import discord
import pytest
from discord import app_commands

from bot.grammar import Grammar, GrammarError, UnknownCommand
from briefing.card import Question

PEOPLE = ["Lena Ostrow", "Leo Marsh", "Ida Marsh"]


@app_commands.command(name="who-said", description="What somebody said")
@app_commands.choices(kind=[app_commands.Choice(name="Word for word", value="quoted")])
async def who_said(
    interaction: discord.Interaction, person: str, about: str = "", kind: str = "", private: bool = False
) -> None: ...


@who_said.autocomplete("person")
async def people(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]: ...


@app_commands.command(name="help", description="What you can ask")
async def help_(interaction: discord.Interaction, private: bool = False) -> None: ...


@app_commands.command(name="compare", description="Where two stand")
@app_commands.describe(other="Whom to compare with")
async def compare(
    interaction: discord.Interaction, person: app_commands.Range[str, 1, 100], other: str, issue: str = ""
) -> None: ...


@compare.autocomplete("person")
@compare.autocomplete("other")
async def both(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]: ...


group = app_commands.Group(name="briefing", description="The daily briefing")


@group.command(name="schedule", description="Post a briefing")
async def schedule(interaction: discord.Interaction) -> None: ...


@group.command(name="preview", description="What would be posted")
async def preview(interaction: discord.Interaction, story: str = "") -> None: ...


@pytest.fixture
def grammar():
    tree = app_commands.CommandTree(discord.Client(intents=discord.Intents.none()))
    for command in (who_said, compare, help_, group):
        tree.add_command(command)

    def complete(command, option, typed, others):
        asked = [name for name in PEOPLE if name != others.get("person")] if option in ("person", "other") else []
        return [(name, name) for name in asked if typed.lower() in name.lower()]

    return Grammar(tree, complete, {"who-said", "compare", "help", "briefing preview"})


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("/who-said person:Lena Ostrow about:the old harbour", {"person": "Lena Ostrow", "about": "the old harbour"}),
        ("/who-said about:the old harbour person:Lena Ostrow", {"person": "Lena Ostrow", "about": "the old harbour"}),
        ("who-said Lena Ostrow about: harbour", {"person": "Lena Ostrow", "about": "harbour"}),
        ("/who-said person:Lena Ostrow kind:word for word", {"person": "Lena Ostrow", "kind": "quoted"}),
        ("/who-said person:Lena Ostrow kind:quoted", {"person": "Lena Ostrow", "kind": "quoted"}),
        ("/who-said person:Ratio 3:1", {"person": "Ratio 3:1"}),
        ("/who-said person:Ostrow about:talks: a deal", {"person": "Ostrow", "about": "talks: a deal"}),
        ("/who-said person:Ostrow about:see https://x.org", {"person": "Ostrow", "about": "see https://x.org"}),
        ("  /who-said   person:Lena Ostrow private:true ", {"person": "Lena Ostrow"}),
        ("Who-said Person:Lena Ostrow About:the Quay", {"person": "Lena Ostrow", "about": "the Quay"}),
        ("/ WHO-SAID Lena Ostrow", {"person": "Lena Ostrow"}),
    ],
)
def test_a_line_is_a_question_with_its_options_in_the_commands_order(grammar, line, options):
    assert grammar.question(line) == Question("who-said", tuple(options.items()))


def test_a_command_of_a_group_has_two_words(grammar):
    assert grammar.question("/briefing preview story:kelso") == Question("briefing preview", (("story", "kelso"),))


@pytest.mark.parametrize("line", ["", "/", "/who", "/whosaid Lena", "hello there", "/briefing"])
def test_an_unknown_command_is_refused(grammar, line):
    with pytest.raises(UnknownCommand, match="There is no command"):
        grammar.question(line)


@pytest.mark.parametrize("line", ["/briefing", "/Briefing tomorrow"])
def test_a_groups_name_alone_brings_the_groups_commands(grammar, line):
    with pytest.raises(UnknownCommand, match=r"There is no command '/briefing.*'; there are: /briefing preview$"):
        grammar.question(line)


@pytest.mark.parametrize("line", ["/who-said", "/who-said about:harbour", "/who-said person:", "/help me"])
def test_a_line_that_lacks_or_has_too_much_is_refused(grammar, line):
    with pytest.raises(GrammarError):
        grammar.question(line)


def test_a_command_of_a_server_is_said_to_be_one(grammar):
    with pytest.raises(UnknownCommand, match="/briefing schedule acts on a server: type it on Discord"):
        grammar.question("/briefing schedule time:07:00")


def test_a_second_name_that_is_lacking_is_asked_for_as_it_is_typed(grammar):
    with pytest.raises(GrammarError, match=r"/compare needs other: Whom to compare with\. Add other:NAME"):
        grammar.question("/compare Leo Marsh")


@pytest.mark.parametrize("line", [f"/{'x' * 3000}", f"/compare person:{'x' * 3000} other:Leo Marsh"])
def test_what_is_typed_is_not_repeated_at_length(grammar, line):
    with pytest.raises(GrammarError) as refused:
        grammar.question(line)

    assert len(str(refused.value)) < 250


def test_a_value_that_is_none_of_the_choices_is_refused(grammar):
    with pytest.raises(GrammarError, match="kind is one of: Word for word"):
        grammar.question("/who-said person:Lena Ostrow kind:sung")


@pytest.mark.parametrize("line", ["/who-said person:Lena Ostrow page:2", "/who-said page:2 person:Lena Ostrow"])
def test_an_option_that_there_is_none_of_is_refused(grammar, line):
    with pytest.raises(GrammarError, match="There is no option 'page'; there are: person, about, kind"):
        grammar.question(line)


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        ("", ["/who-said ", "/compare ", "/help", "/briefing preview "]),
        ("/he", ["/help"]),
        ("He", ["/help"]),
        ("/Compare Person:ida", ["Ida Marsh"]),
        ("/who", ["/who-said "]),
        ("/said", ["/who-said "]),
        ("/who-said ", ["person:", "about:", "kind:"]),
        ("/who-said per", ["person:"]),
        ("/who-said person:", PEOPLE),
        ("/who-said person:mar", ["Leo Marsh", "Ida Marsh"]),
        ("/who-said mar", ["Leo Marsh", "Ida Marsh"]),
        ("/who-said person:Leo Marsh ", ["about:", "kind:"]),
        ("/who-said person:Leo Marsh k", ["kind:"]),
        ("/who-said person:Leo Marsh kind:", ["Word for word"]),
        ("/nothing", []),
        ("/compare Leo Marsh ", ["other:Lena Ostrow", "other:Ida Marsh", "other:", "issue:"]),
        ("/compare person:Leo Marsh ", ["other:Lena Ostrow", "other:Ida Marsh", "other:", "issue:"]),
        ("/compare Leo Marsh oth", ["other:"]),
    ],
)
def test_what_can_come_next_is_suggested(grammar, line, texts):
    assert [suggestion.text for suggestion in grammar.suggestions(line)] == texts


def test_a_suggestion_replaces_what_is_typed_of_it(grammar):
    [suggestion] = grammar.suggestions("/who-said person:ida")

    assert (suggestion.text, suggestion.replaces) == ("Ida Marsh", 3)
