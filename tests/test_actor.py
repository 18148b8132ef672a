"""Whom mentions mean: cases as text in actors/*.txt, and what the text cases cannot say."""

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.actor import Actor, across, cast_of, name_speakers, read_aliases
from briefing.article import parse_article
from briefing.attribution.statement import Statement
from briefing.by_hand import ByHandError
from briefing.language import parse

MARK = re.compile(r"\[([^\]=]+?) = ([^\]]+)\]|\{([^}]*)\}")


def cases():
    for path in sorted(Path(__file__).with_name("actors").glob("*.txt")):
        for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
            name, text = block.split("\n", 1)
            why = re.match(r"xfail: (.*)\n", text)
            marks = [pytest.mark.xfail(reason=why[1], strict=True)] if why else []
            yield pytest.param(text[why.end() if why else 0 :].strip(), id=f"{path.stem}: {name}", marks=marks)


def read(marked):
    """The text without marks, its statements (a content with its paragraph's nearest source), sources with actors."""
    text, at, sources, contents = "", 0, [], []
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        span = (len(text), len(text) + len(match[1] or match[3]))
        text += match[1] or match[3]
        at = match.end()
        if match[1]:
            sources.append((span, match[2]))
        else:
            contents.append(span)
    text += marked[at:]
    return (
        text,
        [Statement(kind(text, c), "speech", (c,), source=nearest(text, c, sources)) for c in contents],
        sources,
    )


def kind(text, content):
    return "direct" if text[content[0]] in "“‘" else "indirect"


def nearest(text, content, sources):
    start, end = content
    here = [s for s, _ in sources if "\n\n" not in text[min(start, s[0]) : max(end, s[1])]]
    return min(here, key=lambda s: min(abs(s[0] - end), abs(start - s[1])), default=None)


def document(text, nlp):
    article = parse_article("case", text)
    ((_, doc),) = parse([article], nlp)
    return article, doc


def answers(marked, nlp):
    text, statements, sources = read(marked)
    cast = cast_of(*document(text, nlp), statements)
    for span, expected in sources:
        found = cast.who(span)
        named = found and found.actor.kind in ("person", "organisation")
        yield (
            text[slice(*span)],
            expected,
            found.actor.name if named else f"~{found.actor.name}" if found else "nobody",
        )


@pytest.mark.parametrize("marked", list(cases()))
def test_every_source_means_whom_a_reader_takes_it_for(marked, nlp):
    wrong = [row for row in answers(marked, nlp) if row[1] != row[2]]

    assert not wrong


def spoken(marked, nlp):
    text, statements, _ = read(marked)
    article, doc = document(text, nlp)
    return name_speakers(article, doc, statements, cast_of(article, doc, statements))


def test_a_paragraph_that_goes_on_quoting_keeps_its_speaker(nlp):
    marked = "{“We will not move,”} [Anna Lind = Anna Lind] said.\n\n{“They can send whom they like, and we stay.”}"

    _, second = spoken(marked, nlp)

    assert (second.speaker, second.speaker_from) == ("Anna Lind", "carried over")


def test_a_quotation_in_a_new_paragraph_of_prose_stays_without_a_speaker(nlp):
    said = "{“We will not move,”} [Anna Lind = Anna Lind] said."
    marked = said + "\n\nOn the quay a banner read {“Hands off our boats”} in red, and the ferry left."

    _, banner = spoken(marked, nlp)

    assert banner.speaker is None


def test_words_known_from_somebody_are_reported_by_him(nlp):
    text = "“We will not go,” Anna Lind told the council, according to the Keel Post."
    article, doc = document(text, nlp)
    said = Statement("direct", "speech", ((1, 16),), cue=(28, 32), source=(18, 27))

    (statement,) = name_speakers(article, doc, [said], cast_of(article, doc, [said]))

    assert (statement.speaker, statement.reported_by) == ("Anna Lind", "Keel Post")


def test_an_article_that_breaks_off_at_according_is_read(nlp):
    text = "“We will not go,” Anna Lind told the council, according"
    article, doc = document(text, nlp)
    said = Statement("direct", "speech", ((1, 16),), cue=(28, 32), source=(18, 27))

    (statement,) = name_speakers(article, doc, [said], cast_of(article, doc, [said]))

    assert (statement.speaker, statement.reported_by) == ("Anna Lind", None)


def test_words_within_words_are_reported_by_the_outer_speaker(nlp):
    text = "According to Anna Lind, the mayor wants a new quay for the ferries."
    source, inner, outer = (13, 22), (41, 66), (24, 66)
    article, doc = document(text, nlp)
    statements = [
        Statement("indirect", "speech", (outer,), source=source),
        Statement("indirect", "thought", (inner,), source=(24, 33)),
    ]

    named = name_speakers(article, doc, statements, cast_of(article, doc, statements))

    assert [s.reported_by for s in named] == [None, "Anna Lind"]


def test_one_who_met_the_other_reports_his_words(nlp):
    marked = (
        "The envoy, Ruth Vane, met Prime Minister Karl Boone. "
        "[Vane, who met with the prime minister on Monday, = Ruth Vane] said {that talks would go on}, "
        "but [the prime minister = Karl Boone] made clear {that the border must open}."
    )

    first, second = spoken(marked, nlp)

    assert (second.speaker, second.reported_by, first.reported_by) == ("Karl Boone", "Ruth Vane", None)


def test_a_role_and_aliases_are_read_from_the_article(nlp):
    text = "Irena Dovak, the foreign minister of Lorland, spoke first. Ms Dovak was tired. Dovak left at noon."

    lind = next(p for p in cast_of(*document(text, nlp)).people if p.kind == "person")

    assert (lind.name, lind.role, lind.aliases) == ("Irena Dovak", "foreign minister of Lorland", ("Dovak",))


def test_mentions_are_the_articles_characters_in_order(nlp):
    text = "Irena Dovak spoke. She said little. Dovak left."

    (dovak,) = cast_of(*document(text, nlp)).people

    assert [text[a:b] for a, b in dovak.mentions] == ["Irena Dovak", "She", "Dovak"]


# --- the story ---


def person(name):
    return Actor(name, "person", mentions=((0, 1),))


def names(story):
    return {actor.actor.name: set(actor.stands_for) for actor in story}


def test_a_surname_joins_the_only_person_of_the_story_who_bears_it():
    story = across({"a": [person("Irena Dovak")], "b": [person("Dovak")]})

    assert names(story) == {"Irena Dovak": {("a", "Irena Dovak"), ("b", "Dovak")}}


def test_a_surname_that_two_persons_bear_stays_by_itself():
    story = across({"a": [person("Tom Field"), person("Ann Field")], "b": [person("Field")]})

    assert set(names(story)) == {"Tom Field", "Ann Field", "Field"}


def test_junior_and_senior_stay_apart_across_a_story():
    assert len(across({"a": [person("Tom Field Jr.")], "b": [person("Tom Field")]})) == 2


def test_unnamed_sources_are_never_joined_across_articles():
    official = Actor("senior official", "unnamed")

    assert len(across({"a": [official], "b": [official]})) == 2


def test_a_surname_that_an_article_takes_for_a_body_joins_its_only_bearer():
    body = Actor("Dovak", "organisation")

    story = across({"a": [person("Irena Dovak")], "b": [body], "c": [person("Irena Dovak"), body]})

    assert names(story)["Irena Dovak"] == {("a", "Irena Dovak"), ("b", "Dovak"), ("c", "Irena Dovak")}


def held(name, role):
    return Actor(name, "person", role)


TITLE = Actor("French foreign minister", "unnamed")


def test_a_title_joins_the_one_person_whose_role_any_article_states():
    people = {"a": [held("Irena Dovak", "foreign minister of France")], "b": [person("Irena Dovak")], "c": [TITLE]}

    assert ("c", "French foreign minister") in names(across(people))["Irena Dovak"]


@pytest.mark.parametrize(
    "others",
    [
        [held("Irena Dovak", "foreign minister of Spain")],
        [held("Irena Dovak", "foreign minister")],
        [held("Irena Dovak", "former French foreign minister"), held("Tom Field", "French foreign minister of old")],
        [person("Irena Dovak")],
    ],
    ids=["another country", "no country", "two fit", "no role"],
)
def test_a_title_whose_holder_the_articles_do_not_tell_stays_unnamed(others):
    story = across({"a": others, "b": [TITLE]})

    assert ("b", TITLE.name) in names(story)[TITLE.name]


def test_a_short_title_is_the_full_one_where_the_same_article_gives_both():
    people = {"a": [held("Irena Dovak", "Secretary"), Actor("Lorland secretary of state", "unnamed")]}

    (dovak,) = across(people)

    assert (dovak.actor.name, dovak.actor.role) == ("Irena Dovak", "Lorland secretary of state")


def test_a_surname_that_speaks_without_being_taken_for_a_name_joins_its_only_bearer():
    lone = Actor("Dovak", "unnamed")

    (dovak,) = across({"a": [person("Irena Dovak")], "b": [lone]})

    assert ("b", "Dovak") in dovak.stands_for


def test_an_official_is_never_taken_for_somebody_named():
    official = Actor("senior French diplomat", "unnamed")

    story = across({"a": [held("Irena Dovak", "French diplomat")], "b": [official]})

    assert len(story) == 2


def test_a_title_joined_tells_whom_another_title_means():
    titles = [Actor("US secretary of state", "unnamed"), Actor("top US diplomat", "unnamed")]
    people = {"a": [held("Irena Dovak", "Secretary"), *titles]}

    (dovak,) = across(people)

    assert dovak.stands_for == (("a", "Irena Dovak"), ("a", "US secretary of state"), ("a", "top US diplomat"))


def test_the_role_of_a_story_is_the_fullest_that_its_articles_state():
    people = {
        "a": [held("Irena Dovak", "Secretary")],
        "b": [held("Irena Dovak", "US secretary of state")],
        "c": [held("Irena Dovak", "Secretary")],
    }

    assert across(people)[0].actor.role == "US secretary of state"


def test_aliases_put_names_together_and_keep_them_apart():
    aliases = read_aliases('[same]\n"Mara Lind" = ["ML"]\n[apart]\n"Tom Field" = ["T. Field"]\n')
    people = {"a": [person("Mara Lind"), person("Tom Field")], "b": [person("ML"), person("T. Field")]}

    assert set(names(across(people, aliases))) == {"Mara Lind", "Tom Field", "T. Field"}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[same]\n"A" = ["B"\n', 3),
        ('[same]\n"A" = ["B"]\n[other]\n"C" = ["D"]\n', 3),
        ('[same]\n"A" = ["B"]\n"C" = "D"\n', 3),
        ('[same]\n"A" = ["B"]\n"C" = ["B"]\n', 3),
        ('[same]\n"A" = ["B"]\n[apart]\n"A" = ["B"]\n', 4),
    ],
)
def test_a_bad_aliases_file_is_refused_with_its_line(text, line):
    with pytest.raises(ByHandError, match=f"line {line}") as refused:
        read_aliases(text)

    assert refused.value.line == line


def test_the_words_chance_is_taken_as_it_is_and_lowered_by_a_doubtful_speaker(nlp):
    text = "Ann Field will resign, she said. Ann Field said the court was wrong."
    article, doc = document(text, nlp)
    at = [text.index("she"), text.rindex("Ann Field")]
    sources = [(at[0], at[0] + 3), (at[1], at[1] + 9)]
    statements = [Statement("indirect", "speech", ((0, 5),), source=span, confidence=0.9) for span in sources]

    pronoun, name = name_speakers(article, doc, statements, cast_of(article, doc, statements))

    assert 0.5 < pronoun.confidence < name.confidence
    assert name.confidence > 0.85


# --- any text at all ---

WORDS = st.sampled_from(
    "Ann Field Tom Mr. he she who said the minister “ ” ' , . : ; \n\n — ( ) Jr. bin Al US of 24-year-old".split(" ")
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=60))
def test_any_text_gives_mentions_inside_the_text_and_an_answer_for_any_span(nlp, text):
    article, doc = document(text, nlp)
    spans = [(t.idx, t.idx + len(t)) for t in doc if t.text.strip()]
    statements = [Statement("indirect", "speech", (span,), source=span) for span in spans]

    cast = cast_of(article, doc, statements)
    named = name_speakers(article, doc, statements, cast)

    assert all(0 <= a < b <= len(text) for p in cast.people for a, b in p.mentions)
    assert all(0.0 <= s.confidence <= 1.0 for s in named)


def test_a_surname_that_one_article_takes_for_a_body_is_the_storys_person():
    people = {"1": [Actor("Ana Ruiz", "person")], "2": [Actor("Ruiz", "organisation"), Actor("Kelso", "organisation")]}

    assert [(one.actor.name, one.actor.kind) for one in across(people)] == [
        ("Ana Ruiz", "person"),
        ("Kelso", "organisation"),
    ]


def test_a_body_stays_one_where_the_article_has_a_person_of_that_surname():
    body, namesake = Actor("Ruiz", "organisation"), Actor("Leo Ruiz", "person")

    found = across({"1": [Actor("Ana Ruiz", "person")], "2": [body, namesake]})

    assert ("Ruiz", "organisation") in [(one.actor.name, one.actor.kind) for one in found]
