"""Statements, told by text cases: `statements/*.txt`.

A case is a title after `===`, the article, a line `---`, and one expected statement a line:

    source | cue | content | act | more

A content in several pieces has ` ## ` between them; `-` stands for none. `more` may hold `when=`, `where=`, `to=` and
`kind=` (None where there is nothing to say). A line `? ` before the title marks a case that is known to fail, with its
reason after ` : `.
`(nothing)` expects no statement at all; `!words` that no statement's content holds these words.
"""

import re
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefing.article import Article, parse_article
from briefing.attribution import statements_of
from briefing.attribution.reading import acting_source
from briefing.attribution.syntax import trimmed_cue, whole_source, whole_words, with_relative_clause
from briefing.language import parse

FOLDER = Path(__file__).parent / "statements"


def cases():
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            title, body = block.split("\n", 1)
            text, expected = body.split("\n---\n")
            reason = title.partition(" : ")[2] if title.startswith("? ") else None
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason is not None else []
            yield pytest.param(text.strip("\n"), expected.strip().splitlines(), id=f"{path.stem}: {title}", marks=marks)


def article_of(text):
    """Every paragraph is body, so that a case need not look like a whole article."""
    return Article(id="case", text=text, paragraphs=tuple(m.span() for m in re.finditer(r"\S[^\n]*", text)))


def found(text, nlp, tagger):
    article = article_of(text)
    [(_, doc)] = parse([article], nlp)
    return statements_of(article, doc, tagger)


def line_of(text, statement):
    def printed(span):
        return "-" if span is None else text[slice(*span)]

    content = " ## ".join(printed(piece) for piece in statement.content)
    return [printed(statement.source), printed(statement.cue), content, statement.act]


def more_of(statement):
    return {
        "when": statement.when.text if statement.when else None,
        "where": statement.where,
        "to": statement.addressee,
        "kind": statement.kind,
    }


@pytest.mark.parametrize(("text", "expected"), list(cases()))
def test_the_statements_of_a_case_are_found(text, expected, nlp, tagger):
    statements = found(text, nlp, tagger)

    got = [line_of(text, statement) for statement in statements]
    for line in expected:
        if line == "(nothing)":
            assert got == []
        elif line.startswith("!"):
            assert not [content for _, _, content, _ in got if line[1:] in content]
        else:
            *fields, more = (field.strip() for field in f"{line}|".split("|")[:5])
            assert fields in got
            details = more_of(statements[got.index(fields)])
            for name, value in re.findall(r"(\w+)=([^;]+)", more):
                assert (name, str(details[name])) == (name, value.strip())


def test_there_are_eighty_cases():
    assert len(list(cases())) >= 80


def test_the_folder_holds_a_case_for_every_known_phenomenon():
    stems = {path.stem for path in FOLDER.glob("*.txt")}

    assert stems >= {"acts", "circumstances", "marks", "nothing_said", "speakers"}


HEADLINES = {
    "Judge blocks dam removal": [],
    "Council backs plan to close the harbour": [],
    "Banks fear a long winter": [],
    "Mayor says the quay is safe": ["the quay is safe"],
    "Minister: “We will not sell the ferry”": ["We will not sell the ferry"],
}


@pytest.mark.parametrize(("headline", "contents"), HEADLINES.items(), ids=HEADLINES)
def test_a_headline_states_only_what_is_said_or_quoted(headline, contents, nlp, tagger):
    article = parse_article("case", f"{headline}\n\nThe ferry left the harbour on Monday.\n\nIt was raining.")
    [(_, doc)] = parse([article], nlp)

    pieces = [piece for statement in statements_of(article, doc, tagger) for piece in statement.content]
    assert [article.text[slice(*piece)] for piece in pieces] == contents


@pytest.mark.parametrize("cut", ["anyahu", "Netan"])
def test_a_span_cuts_no_word(cut):
    start = (text := "Then Netanyahu said so.").index(cut)

    assert text[slice(*whole_words(text, (start, start + len(cut))))] == "Netanyahu"


def test_a_content_that_breaks_off_at_a_comma_takes_its_relative_clause_in(nlp):
    text = "The army moves its operations into Lindal, where thousands have fled."
    broken = 0, text.index(",") + 1

    assert with_relative_clause(nlp(text), broken) == (0, len(text) - 1)


def test_a_content_does_not_end_with_the_pronoun_of_its_relative_clause(nlp):
    text = "They awaited the data, which are expected to show that the economy shrank."

    assert with_relative_clause(nlp(text), (0, text.index(" are"))) == (0, len(text) - 1)


def test_a_source_does_not_end_in_a_preposition(nlp):
    text = "A statement from harbour spokeswoman Anna Lind did not say why."

    broken, cue = (0, text.index(" harbour")), (text.index("did"), text.index(" why"))

    assert text[slice(*whole_source(nlp(text), broken, cue))] == "A statement from harbour spokeswoman Anna Lind"


@pytest.mark.parametrize(
    ("text", "cue", "source", "expected"),
    [
        ("Lind berated Olsen for his piffle.", "berated", "Olsen", "Lind"),
        ("The crew refused to go, saying that it was late, according to Olsen.", "saying", "Olsen", "The crew"),
        ("The crew would go, said Olsen.", "said", "Olsen", "Olsen"),
    ],
)
def test_who_is_berated_or_tells_of_others_says_nothing(text, cue, source, expected, nlp):
    spans = [(text.index(words), text.index(words) + len(words)) for words in (source, cue)]

    assert text[slice(*acting_source(*spans, nlp(text)))] == expected


def test_a_cue_is_more_than_its_there(nlp):
    text = "There are concerns from residents that the noise will grow."

    assert text[slice(*trimmed_cue(nlp(text), (0, len("There"))))] == "There are concerns"


WORDS = st.sampled_from("Anna Lind|said|that|the quay|is|closed|he|added|on Monday|Hamas’|it’s".split("|"))
SIGNS = st.sampled_from([*"\"“”'‘’«».,:;?!—\n", "''", "``", "\n\n", "…", "\u200b", "𝒳"])
TEXTS = st.lists(WORDS | SIGNS | st.text(max_size=4), max_size=40).map(" ".join)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
@example('" " " Anna Lind " said')
@example('" "\n\n" Anna Lind said')
def test_any_text_gives_spans_inside_the_text(nlp, tagger, text):
    for statement in found(text, nlp, tagger):
        spans = [*statement.content, *filter(None, (statement.cue, statement.source))]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(statement.content) == sorted(statement.content)
        assert 0 <= statement.confidence <= 1


STRAIGHT = str.maketrans("“”‘’", "\"\"''")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_curly_and_straight_marks_give_the_same_statements(path, nlp, tagger):
    for case in re.split(r"^=== .*\n", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        curly = case.split("\n---\n")[0].strip("\n")
        if set(curly) & set("\"'«»„`"):
            continue
        plain = curly.translate(STRAIGHT)

        assert [where(s) for s in found(plain, nlp, tagger)] == [where(s) for s in found(curly, nlp, tagger)]


def where(statement):
    return statement.content, statement.cue, statement.source, statement.act, statement.kind
