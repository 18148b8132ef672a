"""An answer is of one state of the index, whatever is written while it is made."""

from datetime import date
from functools import partial
from itertools import count

import pytest

from briefing import brief
from briefing.card import Question
from briefing.index.writer import Writer
from briefing.merging import merged
from tests.newsroom import harbour

DAY = date(2031, 3, 18)
ASKED = {
    "summary": lambda index: brief.answer(index, Question("summary", (("length", "long"),))),
    "who said": lambda index: brief.answer(index, Question("who-said", (("person", "Ana Ruiz"),))),
    "positions": lambda index: brief.answer(index, Question("positions", (("person", "Ana Ruiz"),))),
    "on an issue": lambda index: brief.answer(index, Question("positions", (("issue", "plan"),))),
    "matrix": lambda index: brief.answer(index, Question("positions")),
    "compare": lambda index: brief.answer(index, Question("compare", (("person", "Ana Ruiz"), ("other", "Tom Bell")))),
    "export": lambda index: brief.answer(index, Question("export", (("format", "dna-csv"),))),
    "briefing": lambda index: brief.briefing_since(index, "harbour", (), today=DAY, question=Question("b", (), 1)),
    "completion": lambda index: brief.complete(index, "summary", "article", ""),
    "ranking": lambda index: brief.missing_ranking(index, Question("summary", (("method", "lsa"),))),
}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    """A story's index, and what merges it either way round: the same numbers stand for other rows."""
    room = harbour(tmp_path_factory.mktemp("harbour"))
    writer = Writer(room.path)
    kept = list(writer.kept("harbour"))
    yield room.index(), [partial(writer.merge, "harbour", "recipe", merged(way)) for way in (kept, kept[::-1])]
    writer.close()


def disturbed(index, merges, ask):
    """The answers, where something is merged before the first, the second, ... SQL statement of each."""
    merge, merge_otherwise = merges
    for place in count():
        merge()
        left = [lambda: None] * place + [merge_otherwise]
        index._database.set_trace_callback(lambda _, left=left: left.pop(0)() if left else None)
        yield ask(index)
        index._database.set_trace_callback(None)
        if left:  # the answer took no more
            return


@pytest.mark.parametrize("asked", ASKED)
def test_what_is_merged_meanwhile_is_seen_whole_or_not_at_all(newsroom, asked):
    index, merges = newsroom
    whole = [(merge(), ASKED[asked](index))[1] for merge in merges]

    assert all(answer in whole for answer in disturbed(index, merges, ASKED[asked]))


def test_an_outer_snapshot_outlives_an_inner_one(newsroom):
    index, (merge, merge_otherwise) = newsroom
    merge()

    with index.snapshot():
        with index.snapshot():
            before = index.profiles("Ana Ruiz")
        merge_otherwise()
        assert index.profiles("Ana Ruiz") == before
    assert index.profiles("Ana Ruiz") != before


def test_a_look_up_that_fails_leaves_no_snapshot_behind(newsroom):
    index, (merge, merge_otherwise) = newsroom
    merge()
    before = index.profiles("Ana Ruiz")

    with pytest.raises(KeyError):
        index.article(99)
    merge_otherwise()

    assert index.profiles("Ana Ruiz") != before
