"""Files that people write by hand: what they may say, and the line of what they may not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.actor import read_aliases
from briefing.by_hand import ByHandError, tables_of
from briefing.issue import read_issues


def refused(read, text):
    """The error that reading a text raises."""
    with pytest.raises(ByHandError) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('hide = ["two states"]\n\n[merge]\n"a" = ["two states"]\n"b" = ["two states"]\n', 5),
        ('# merge them\n[merge]\n"a" = ["toll"]\n"b" = [\n  "fee",\n  "toll",\n]\n', 6),
        ('[merge]\n"a levy" = ["levy on berths"]\n"levy" = 3\n', 3),
        ('hide = ["merge", "name"]\nname = "levy"\n', 2),
        ('hide = ["levy"]\n[name]\n"levy" = ""\n', 3),
        ('[merge]\n"a" = ["toll"]\n"toll" = ["fee"]\n', 3),
        ('[merge]\n"a" = ["x # y", "toll"]\n\n"b" = [\'toll\']\n', 4),
        ('merge.a = ["toll"]\nmerge.b = ["toll"]\n', 2),
        ('[merge]\na = ["toll"]\n"b" = ["to\\u006cl"]\n', 3),
        ('hide = ["""\ntwo\nlines"""]\n[merge]\na = 3\n', 5),
        ('[name]\n"at line 7" = "a"\n"at line 7" = "b"\n', 3),
    ],
)
def test_an_issue_with_two_meanings_is_refused_at_the_second(text, line):
    assert refused(read_issues, text).line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[same]\n"A" = ["B"]\n"B and C" = ["D"]\n"E" = ["B"]\n[apart]\n"F" = ["B"]\n', 4),
        ('[apart]\n"A" = ["C", "B"]\n[same]\n"A" = ["B"]\n', 2),
        ('[same]\n"A" = ["Ann"]\n"Ann" = ["B"]\n', 3),
        ('[same]\n"A" = ["same"]\n[apart]\n"same" = 3\n', 4),
        ('[same]\n"A" = ["other"]\n[other]\n', 3),
    ],
)
def test_a_name_with_two_meanings_is_refused_where_it_gets_the_second(text, line):
    assert refused(read_aliases, text).line == line


def test_what_is_refused_names_its_file_its_line_and_why():
    error = refused(read_aliases, '[same]\n"A" = ["B"]\n"C" = ["B"]\n')

    assert (error.file, error.line, error.reason) == ("aliases.toml", 3, "'B' already means 'A'")
    assert str(error) == "aliases.toml, line 3: 'B' already means 'A'"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1), min_size=1, unique=True))
def test_every_name_is_found_on_its_own_line(names):
    listed = ["[same]", '"key" = [', *(f"  {json.dumps(name, ensure_ascii=False)}," for name in names), "]"]
    tables = tables_of("aliases.toml", "\n".join(listed), ("same",))

    assert [tables.line_of("same", "key", name) for name in names] == list(range(3, 3 + len(names)))
