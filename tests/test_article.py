"""Articles from bytes and from pasted pages."""

import os
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.article import Article, ArticleError, parse_article, read_article

CASES = Path(__file__).parent / "articles"
PARAGRAPH, CROSS_HEADING = "¶ ", "§ "


def cases():
    """The pages in `tests/articles`: "=== name", the page, "===>", and what is to be found in it."""
    for file in sorted(CASES.glob("*.txt")):
        for block in file.read_text(encoding="utf-8").split("\n=== "):
            name, _, rest = block.removeprefix("=== ").partition("\n")
            page, _, expected = rest.partition("\n===>\n")
            yield pytest.param(page, expected.strip(), id=name)


def found_in(article: Article) -> str:
    """What was found, as the cases write it; of a paragraph all of it."""
    lines = [f"{name}: {value}" for name in ("title", "section", "outlet") if (value := getattr(article, name))]
    if article.authors:
        lines.append(f"authors: {'; '.join(article.authors)}")
    if article.published:
        lines.append(f"published: {article.published} {article.published_from}")
    marked = [(span, PARAGRAPH) for span in article.paragraphs]
    marked += [(span, CROSS_HEADING) for span in article.cross_headings]
    lines += [mark + " ".join(article.text[start:end].split()) for (start, end), mark in sorted(marked)]
    return "\n".join(lines)


@pytest.mark.parametrize(("page", "expected"), list(cases()))
def test_a_page_is_read(page, expected):
    found = found_in(parse_article("page", page)).split("\n")

    lines = expected.split("\n")
    shortened = [f[: len(e)] if e.startswith(PARAGRAPH) else f for f, e in zip(found, lines, strict=False)]
    assert shortened + found[len(shortened) :] == lines


# Encodings -----------------------------------------------------------------------------------------------------------

STORY = "Café closes\r\n\r\nThe café on Long Street closed on Monday, “for good”, its owner said.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_is_read_and_line_ends_are_kept(encoding):
    assert read_article("cafe.txt", STORY.encode(encoding)).text == STORY


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"The council\x00 met.", "not plain text"),
        (bytes(range(256)) * 8, "not plain text"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"PK\x03\x04" + b"\x00" * 100, "a zip file"),
        (b"{\\rtf1 The council met.}", "an RTF document"),
        (b"<!DOCTYPE html><html><body>The council met.</body></html>", "a web page's code"),
        (b"The council met. " * 120_000, "over 2 MB:"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data, reason):
    with pytest.raises(ArticleError) as error:
        read_article("odd.txt", data)

    assert error.value.name == "odd.txt"
    assert error.value.reason.startswith(reason)
    assert ":" in error.value.reason, "the reason says what to do"


# Dates ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2031-03-04-council.txt", date(2031, 3, 4)),
        ("council_20310304.txt", date(2031, 3, 4)),
        ("council.2031.03.04.txt", date(2031, 3, 4)),
        ("council-2031-13-04.txt", None),
        ("000_de918551c7f30eec.txt", None),
        ("a20310304b.txt", None),
        ("council-2031.txt", None),
    ],
)
def test_a_date_in_the_name_dates_an_article_that_prints_none(name, day):
    article = parse_article(name, "Council meets\n\nThe council met on Monday and voted.")

    assert (article.published, article.published_from) == (day, "inferred: file name" if day else None)


def test_a_printed_date_goes_before_the_name():
    page = "Council meets\n\nBy Ida Marsh\n4 March 2031\n\nThe council met on Monday."

    article = parse_article("2031-03-09.txt", page)

    assert (article.published, article.published_from) == (date(2031, 3, 4), "text")


def test_a_date_within_the_body_dates_nothing():
    assert parse_article("council.txt", "The council met on 4 March 2031 and voted on the harbour.").published is None


# Spans ---------------------------------------------------------------------------------------------------------------

LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["---", "title: A", "By Ida Marsh", "4 March 2031", "DOHA (AP) - ", "DOHA (AP) - It rained.", "12:30 ",
             "18:05 Rain fell.", "The council met on Monday.", "“No,” she said.", "Related Articles", "Share", "\ufeff",
             "\x0c", "   x"]
        ),
    ),
    max_size=30,
)  # fmt: skip


@given(LINES, st.sampled_from(["\n", "\r\n", "\n\n", "\r", " "]))
def test_the_spans_of_any_text_are_in_order_and_hold_every_word(lines, line_end):
    text = line_end.join(lines)

    article = parse_article("any", text)

    spans = sorted(article.paragraphs + article.furniture)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert list(article.paragraphs) == sorted(article.paragraphs)
    assert list(article.furniture) == sorted(article.furniture)
    assert set(article.cross_headings) <= set(article.furniture)
    assert all(text[start:end] == text[start:end].strip() for start, end in article.paragraphs)
    left = list(text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    assert not any(c.isalnum() for c in left)


@given(st.binary(max_size=300))
def test_any_bytes_are_an_article_or_an_article_error(data):
    try:
        article = read_article("any.txt", data)
    except ArticleError:
        return

    assert article.text


@given(st.sampled_from(["A. ", "(", "By A, ", "/", "1:", "Feb 1, ", "\n", "| ", "“", "a" * 50 + " "]))
def test_a_long_monotonous_text_is_read(piece):
    article = parse_article("long", piece * (60_000 // len(piece)))

    assert sum(end - start for start, end in article.paragraphs + article.furniture) <= len(article.text)


def test_a_passage_is_the_articles_own_characters():
    article = parse_article("council", "The council met.")

    assert article.passage(4, 11).text == "council"
    with pytest.raises(ValueError, match="no passage"):
        article.passage(4, 99)


# A page as it was published ------------------------------------------------------------------------------------------

REAL = os.environ.get("REAL_ARTICLE")


@pytest.mark.skipif(not REAL, reason="REAL_ARTICLE names no file")
def test_the_real_article():
    path = Path(REAL or "")

    article = read_article(path.name, path.read_bytes())

    assert article.title is not None
    assert article.title.startswith("Blinken set for crucial meetings in Israel")
    assert (article.section, article.outlet, article.authors) == ("Middle East", "CNN", ("Jennifer Hansler",))
    assert article.published is None, "the page prints no date"
    assert len(article.paragraphs) == 18
    assert [article.text[start:end] for start, end in article.cross_headings] == ["Talks not expected to be easy"]
    assert article.text[slice(*article.furniture[-1])] == "Back to top button"
