"""Rankings of passages: which can be shown, which come first, and what never stands alone."""

import ast
import inspect
import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from briefing.article import parse_article, read_article
from briefing.attribution import Statement, statements_of
from briefing.language import parse
from briefing.summary import METHODS, PacSumSummarizer, rank, rank_story, salience, summarise, summary_of
from briefing.summary.passages import passages_of
from briefing.summary.sentence import is_balanced, is_loose, is_usable

# What can be shown ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "The council voted to keep the library open.",
        "“We will not move,” said Tom Bell, who leads the union.",
        "The mayor’s plan for the ’90s quarter was put off.",
        "Ruiz called the vote ‘a mistake’ on Monday evening.",
        "The survey (the third in a year) found seven cracks.",
        'The plan is dead, the paper said, and "good riddance".',
    ],
)
def test_a_whole_sentence_is_usable(sentence):
    assert is_usable(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Library stays open after vote",
        "It rained.",
        "Who will pay for the new bridge at Hale?",
        "and the mayor told the council that it was late.",
        "“We will not move, said Tom Bell, who leads the union.",
        'The mayor said: "We will vote on it in June.',
        "We will not move,” said Tom Bell, who leads the union.",
        "Ruiz called the vote ‘a mistake on Monday evening in the hall.",
        "The survey (the third in a year found seven cracks.",
        "By Ida Marsh, The Kelso Ledger, for the evening edition.",
        "Sign up for our newsletter and get the news every morning.",
        "Photograph: Ida Marsh/The Kelso Ledger, all of it by hand.",
        "Ida Marsh in Kelso and Tom Bell in Hale contributed to this report.",
        "Ida Marsh in Kelso and Tom Bell in Hale contributed to this  report .",
        "I walked to the harbour and saw what was left of it.",
        "Mayor Ana Ruiz told the chamber that she would not...",
        "word " * 80 + "end.",
    ],
)
def test_what_is_no_whole_sentence_of_the_articles_own_is_not_usable(sentence):
    assert not is_usable(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "He told the council that the quay was safe.",
        "But the union did not agree with the mayor.",
        "“They will not listen to us,” said Tom Bell.",
        "On Monday he ruled out a vote of the whole town.",
        "The two had met in Kelso on the day before.",
        "President Lowe ordered those strikes in the night.",
        "“And we will work at that until we get there.”",
        "In other words, nobody will have to pay for it.",
        "“We can pay for a dredger or for a school,” she said.",
        "Bell, by contrast, accused the mayor of letting it rot.",
        "“We will appeal to the highest court there is,” said her lawyer.",
        "“The quay is as safe as it ever was,” it said in a statement.",
        "After all, the mayor had promised it to the town.",
        "Now in her nineties, Ida Marsh is changing that, one boat at a time.",
        "Starting this week, their stories are told on the quay.",
    ],
)
def test_a_sentence_that_hangs_on_the_one_before_is_loose(sentence):
    assert is_loose(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tom Bell said he would not sell the boat.",
        "The mayor said she would resign in the spring.",
        "It is unclear who will pay for the bridge.",
        "Fishers said their boats were not for sale.",
        "Bell and Ruiz said they would meet on Monday.",
        "Tom Bell said that, if elected, he would open the harbour.",
        "There were no boats in the harbour on Monday.",
        "Butter became dearer in Kelso over the winter.",
    ],
)
def test_a_sentence_that_brings_its_names_along_is_not_loose(sentence):
    assert not is_loose(sentence)


def test_an_apostrophe_is_no_quotation_mark():
    assert is_balanced("The fishers’ union and the mayor’s friends met in the ’90s.")


# Passages of an article ----------------------------------------------------------------------------------------------

PAGE = """Kelso

Council splits over harbour

By Ida Marsh, The Kelso Ledger
4 March 2031

KELSO — The council split on Monday over a plan to close the old harbour.

“We can pay for a dredger or we can pay for a school. I know which one I will sign,” Mayor Ana Ruiz told the chamber.

The union's view

Tom Bell, who heads the union, rejected the plan. “We will not move,” he said. “And we will not be bought.”

Related Articles
"""


def passages(nlp, text, statements=()):
    [(article, doc)] = parse([parse_article("page", text)], nlp)
    return [article.text[start:end] for start, end in passages_of(article, doc, statements)]


def test_headline_byline_dateline_cross_heading_and_furniture_are_no_passages(nlp):
    assert passages(nlp, PAGE)[0] == "The council split on Monday over a plan to close the old harbour."
    assert not {"Related Articles", "The union's view"} & set(passages(nlp, PAGE))


def test_a_quotation_of_two_sentences_is_one_passage_with_its_marks_and_source(nlp):
    assert (
        "“We can pay for a dredger or we can pay for a school. I know which one I will sign,” Mayor Ana Ruiz told the "
        "chamber." in passages(nlp, PAGE)
    )


def test_a_quotation_that_the_passage_does_not_attribute_is_left_out(nlp):
    text = "“We will not be moved from this quay,” the sign said. It rained all day in Kelso. Tom Bell had painted it."
    statement = Statement("direct", "speech", ((1, 37),), source=(text.index("Tom"), text.index("Tom") + 8))

    assert not any(passage.startswith("“") for passage in passages(nlp, text, [statement]))


def test_a_paragraph_that_does_not_close_its_quotation_gives_no_part_of_it(nlp):
    text = "“We have waited a year for this. We will not wait another.\n\n“The harbour is ours to keep.”"

    assert passages(nlp, text) == ["“The harbour is ours to keep.”"]


SHE_SAID = "“We can pay for a dredger or we can pay for a school,” she said."


def test_a_quotation_by_she_needs_a_person_in_the_passage_before(nlp):
    mayor = "Ana Ruiz called the price of the plan too high for Kelso."
    quay = "The quay is a hundred years old and sinks by an inch a year."

    assert SHE_SAID in passages(nlp, f"{quay} {mayor} {SHE_SAID}")
    assert SHE_SAID in passages(nlp, f"The mayor called the price of the plan too high for Kelso. {SHE_SAID}")
    assert SHE_SAID not in passages(nlp, f"{mayor} {quay} {SHE_SAID}")


@pytest.mark.parametrize("sentences", range(1, 5))
def test_a_quotation_by_she_comes_right_after_whom_it_means_or_not_at_all(nlp, sentences):
    mayor = "Mayor Ana Ruiz told the council of Kelso that the dredger and the school cost the same."
    page = f"{HARBOUR[0]} {mayor} {SHE_SAID} {HARBOUR[3]}"
    [(article, doc)] = parse([parse_article("page", page)], nlp)

    chosen = [p.text for p in summary_of([(article, rank(article, doc, ()))], sentences=sentences)]

    assert SHE_SAID not in chosen or chosen[chosen.index(SHE_SAID) - 1] == mayor


def test_a_passage_whose_it_is_elsewhere_is_left_out(nlp):
    first = "The reply came on Tuesday in a short letter."

    assert passages(nlp, first + " Ida Marsh said that she would take it up with the mayor.") == [first]


# Rankings ------------------------------------------------------------------------------------------------------------

HARBOUR = [
    "The council of Kelso voted on Monday to close the old harbour and build flats on its quays.",
    "But the vote was a close one, as the mayor had feared.",
    "The closing of the harbour would cost the fishing fleet of Kelso its home, the union said.",
    "A bakery on Long Street will sell pies again from Saturday.",
    "The council voted on Monday to close the old harbour of Kelso and build flats.",
    "He hopes that the council will vote on the harbour again.",
]


def test_a_summary_keeps_the_articles_order():
    summary = summarise([HARBOUR], sentences=3)

    assert summary == sorted(summary, key=HARBOUR.index)
    assert summary[0] == HARBOUR[0]


def test_a_repetition_is_left_out():
    assert HARBOUR[4] not in summarise([HARBOUR], sentences=6)


@pytest.mark.parametrize("sentences", range(1, 7))
def test_a_loose_sentence_never_comes_without_the_one_before(sentences):
    summary = summarise([HARBOUR], sentences=sentences)

    for i, sentence in enumerate(summary):
        assert not is_loose(sentence) or (i and HARBOUR[HARBOUR.index(sentence) - 1] == summary[i - 1])


def test_a_story_says_a_thing_once():
    other = ["The old harbour of Kelso will close and flats will be built, the council voted on Monday.", HARBOUR[3]]

    assert Counter("harbour" in s for s in summarise([HARBOUR[:1], other], sentences=3)) == {True: 1, False: 1}


def test_a_budget_of_words_takes_whole_sentences_and_runs_over_by_fifteen_at_most():
    sentences = [f"Town {n} said that {'very ' * n}much rain{n} had fallen{n} on roof{n}." for n in range(1, 12)]

    for words in range(10, 60, 7):
        chosen = summarise([sentences], words=words)
        lengths = [len(sentence.split()) for sentence in chosen]
        assert set(chosen) <= set(sentences)
        assert sum(lengths) <= words + 15
        assert sum(lengths) - min(lengths, default=0) < words + 15


def test_nothing_usable_is_no_summary():
    assert summarise([["Share", "He left."], []], sentences=3) == []
    assert summarise([], words=100) == []


def test_the_first_n_of_a_ranking_are_a_summary_of_their_own(nlp):
    [(article, doc)] = parse([parse_article("page", " ".join(HARBOUR))], nlp)
    ranking = rank(article, doc, ())

    for n in range(1, len(ranking) + 1):
        chosen = sorted(ranking[:n])
        for i, (start, end) in enumerate(chosen):
            if is_loose(article.text[start:end]):
                assert i
                assert not article.text[chosen[i - 1][1] : start].strip()


def test_a_story_is_ranked_from_the_spans_that_an_index_keeps(nlp):
    texts = {"a": " ".join(HARBOUR[:4]), "b": " ".join(HARBOUR[4:])}
    articles = list(parse([parse_article(name, text) for name, text in texts.items()], nlp))
    members = [(article, rank(article, doc, ())) for article, doc in articles]

    story = rank_story(members)

    assert len([p for p in story if "voted on Monday" in p.text]) == 1, "both articles say it, the story says it once"
    assert all(passage.text == passage.article.text[passage.start : passage.end] for passage in story)


def test_a_storys_summary_is_in_order_of_date_and_place(nlp):
    pages = [
        parse_article("2031-03-09", "The quay walls of Kelso could fail within two years, a survey says. It is new."),
        parse_article("2031-03-04", "A plan to close the harbour divided the council of Kelso on Monday."),
        parse_article("undated", "The bakers of Hale have had a good summer, all in all."),
    ]
    members = [(article, passages_of(article, doc, ())) for article, doc in parse(pages, nlp)]

    assert [p.article.id for p in summary_of(members, sentences=4)][:2] == ["2031-03-04", "2031-03-09"]
    assert summary_of(members, sentences=4)[-1].article.id == "undated"
    assert len(summary_of(members, words=12)) == 1


# Methods -------------------------------------------------------------------------------------------------------------


def document(*articles):
    return ObjectDocumentModel([Paragraph([Sentence(text, salience._Words()) for text in texts]) for texts in articles])


def test_pacsum_is_a_summarizer_of_sumys_framework():
    chosen = PacSumSummarizer()(document(["xx yy", "aa bb", "aa cc", "bb cc"]), 1)

    assert issubclass(PacSumSummarizer, AbstractSummarizer)
    assert [str(sentence) for sentence in chosen] == ["aa bb"]


def test_pacsum_prefers_the_first_of_two_that_are_alike():
    summarizer = PacSumSummarizer()
    summarizer.lead = 0.0

    first, second, other = summarizer.rate_sentences(document(["aa bb", "aa bb", "xx yy"]))

    assert first > other > second


def test_another_articles_support_counts_wherever_it_stands():
    summarizer = PacSumSummarizer()
    summarizer.lead = 0.0

    ratings = summarizer.rate_sentences(document(["xx yy", "aa bb"], ["aa bb", "vv ww"]))

    assert ratings[1] == ratings[2] > ratings[0] == ratings[3]


@pytest.mark.parametrize("method", METHODS)
def test_sumys_methods_choose_among_the_same_sentences(method):
    summary = summarise([HARBOUR], sentences=2, method=method)

    assert len(summary) == 2
    assert set(summary) <= set(HARBOUR)
    assert HARBOUR[1] not in summary or HARBOUR[0] in summary


@pytest.mark.parametrize("method", [None, *METHODS])
@pytest.mark.parametrize("sentences", [[], ["The of and to a in it was."], ["Rain fell on the town of Kelso."] * 3])
def test_short_and_monotonous_articles_are_ranked_by_every_method(method, sentences):
    assert len(summarise([sentences], sentences=3, method=method)) <= 1


NOT_ENGLISH = [
    "Le conseil municipal de Kelso a voté lundi la fermeture du vieux port.",
    "Городской совет проголосовал в понедельник за закрытие старой гавани.",
    "市议会 星期一 投票 决定 关闭 旧 港口。",
]


@pytest.mark.parametrize("method", [None, *METHODS])
def test_every_method_ranks_what_is_not_english(method):
    assert set(summarise([NOT_ENGLISH], sentences=3, method=method)) <= set(NOT_ENGLISH)


@pytest.mark.parametrize("method", [None, *METHODS])
def test_every_method_ranks_a_story_of_five_thousand_sentences(method):
    story = [f"Town{n} of Ward{n % 70} let rain{n % 900} fall on roof{n} and wall{n}." for n in range(5_000)]

    assert len(summarise([story], sentences=3, method=method)) == 3


def test_no_method_loads_nltks_data():
    imported = {
        alias.name
        for node in ast.walk(ast.parse(inspect.getsource(salience)))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }

    assert "Tokenizer" not in imported


SENTENCES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from([*HARBOUR, "“No,” said Bell.", "“Yes, we will do it in June.”", "He said so on Monday."]),
    ),
    max_size=12,
)


@given(st.lists(SENTENCES, max_size=3), st.sampled_from([{"sentences": 3}, {"words": 30}]))
def test_any_sentences_give_a_summary_of_usable_ones_in_order(articles, budget):
    summary = summarise(articles, **budget)

    given_order = [sentence for article in articles for sentence in article]
    rest = iter(given_order)
    assert all(sentence in rest for sentence in summary), "in the order given"
    assert all(is_usable(sentence) for sentence in summary)


# A page as it was published ------------------------------------------------------------------------------------------

REAL = os.environ.get("REAL_ARTICLE")


@pytest.fixture(scope="module")
def real(nlp, tagger):
    path = Path(REAL or "")
    [(article, doc)] = parse([read_article(path.name, path.read_bytes())], nlp)
    return article, rank(article, doc, statements_of(article, doc, tagger))


@pytest.mark.skipif(not REAL, reason="REAL_ARTICLE names no file")
def test_the_real_articles_three_sentences(real):
    summary = [passage.text for passage in summary_of([real], sentences=3)]

    openings = ["US Secretary of State Antony Blinken", "The stakes for a crucial day", "Blinken said Tuesday he would"]
    assert [text[: len(opening)] for text, opening in zip(summary, openings, strict=True)] == openings


@pytest.mark.skipif(not REAL, reason="REAL_ARTICLE names no file")
@pytest.mark.parametrize("method", [None, *METHODS])
def test_no_line_of_furniture_is_in_any_summary_of_the_real_article(real, method):
    article, _ = real

    for n in range(1, 40):
        for passage in summary_of([real], sentences=n, method=method):
            assert any(start <= passage.start < passage.end <= end for start, end in article.paragraphs)
            assert not any(passage.start < end and start < passage.end for start, end in article.furniture)
            assert is_usable(passage.text)
