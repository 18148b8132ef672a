"""Articles' words in Discord's markdown: read as printed, whatever they hold."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from simcord.preview._markdown import markdown_tokens

from bot.markdown import escaped, markdown, plain, visible
from briefing.article import parse_article
from briefing.card import Line, Words

HOSTILE = [
    *("**bold**", "__u__", "*i*", "~~s~~", "||spoiler||", "`code`", "```py\n", "~~~", "_", "*", "(", "\\", "\\*"),
    *("# ", "## ", "> ", ">>> ", "- ", "* ", "1. ", "12) ", "-# ", "---", "===", "|a|b|\n|-|-|\n", "    ", "\t"),
    *("[text](https://evil.example)", "[a]: https://a.example", "<https://evil.example>", "discord://x"),
    *("https://discord.com/channels/1/2", "mailto:a@b.example", "<@1>", "<@!1>", "<@&1>", "<#1>", "</who-said:1>"),
    *("<t:0:R>", "<:smile:1>", "<a:wave:1>", "<id:customize>", "@everyone", "@here", "&amp;", "&#42;", "&lt;@1&gt;"),
    *("\u202e", "\u200b", "\u2066", "\ufeff", "\u00ad", "\x00", "\x01", "\x1b[1m", "\r\n", "\n\n", "\u2028"),
    *("“", "”", "’", "é", "日本", "😀"),
]
WORDS = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=4), max_size=12).map("".join)
PLAIN = {"inline", "text", "paragraph"}
FORMS = {
    "text": (),
    "heading": ("heading",),
    "quote": ("blockquote",),
    "reported": ("blockquote", "em_open", "em_close"),
    "passage": ("blockquote",),
    "source": ("subtext",),
    "note": ("subtext",),
}


class Everything(dict):
    """A server that has every member, role, channel and command."""

    def get(self, key, default=None):
        return "who-said"


SERVER = dict.fromkeys(("users", "roles", "channels", "commands"), Everything()) | {"everyone": True}


def drawn(text):
    """What simcord's preview, which follows Discord, makes of a message: kinds of tokens, and the text they show."""
    kinds, shown = set(), []

    def visit(tokens):
        for token in tokens:
            kinds.add(token["type"])
            shown.append(token.get("content", ""))
            if token["type"] == "break":
                shown.append(" ")
            visit(token.get("children", ()))

    visit(markdown_tokens(text, "text_display", context=SERVER))
    return kinds, " ".join("".join(shown).replace("\u200b", "").split())


@given(WORDS)
@example("a\n- b")
@example("@everyone and <@1>")
def test_whatever_a_text_holds_a_reader_sees_its_characters_and_nothing_else(text):
    kinds, shown = drawn(escaped(text))

    assert kinds <= PLAIN
    assert shown == plain(text)


@given(WORDS, st.sampled_from(sorted(FORMS)), st.data())
def test_a_passage_is_shown_whole_with_its_marks_in_bold(text, style, data):
    article = parse_article("a.txt", f"x{text}x")
    cuts = sorted(data.draw(st.lists(st.integers(0, len(article.text)), max_size=4)))
    marks = tuple(zip(cuts[::2], cuts[1::2], strict=False))

    kinds, shown = drawn(markdown(Line((Words(article.passage(0, len(article.text)), marks),), style)))

    assert kinds <= {*PLAIN, *FORMS[style], "strong_open", "strong_close"}
    assert re.sub(r"[\s*]", "", shown).removeprefix("reported:") == re.sub(r"[\s*]", "", visible(article.text))


@pytest.mark.parametrize("text", ["<@1>", "<@&1>", "<#1>", "</who-said:1>", "<t:0:R>", "<:smile:1>", "<id:customize>"])
def test_what_discord_would_resolve_is_escaped(text):
    assert escaped(f"see {text}") == f"see \\{text}".replace("_", "\\_")


def test_everyone_is_kept_apart_from_its_sign():
    assert escaped("@everyone @here @someone") == "@\u200beveryone @\u200bhere @someone"


def test_links_are_neither_masked_nor_made():
    assert escaped("[here](https://a.example)") == "\\[here\\](https\\://a.example)"


def test_characters_that_nobody_sees_are_dropped():
    assert visible("a\u202eb\u200bc\ufeffd\x00e\u00adf") == "abcdef"


def test_the_cue_is_bold():
    article = parse_article("a.txt", "She said no.")

    assert markdown(Line((Words(article.passage(0, 12), ((4, 8),)),), "passage")) == "> She **said** no."


def test_marks_that_touch_are_one():
    article = parse_article("a.txt", "She said no.")

    assert markdown(Line((Words(article.passage(0, 12), ((0, 4), (4, 8))),))) == "**She said** no."


def test_a_line_break_within_a_paragraph_is_a_space():
    article = parse_article("a.txt", "She said\nno.")

    assert markdown(Line((Words(article.passage(0, 12)),), "quote")) == "> She said no."


def test_every_paragraph_of_a_quotation_stays_in_the_quotation():
    article = parse_article("a.txt", "“One.\n\n# Two.”")

    assert markdown(Line((Words(article.passage(0, 14)),), "quote")) == "> “One.\n>\n> \\# Two.”"
