"""What is asked is answered: in the articles' words, with their sources, and with what to ask instead."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from briefing import brief
from briefing.brief.standings import clear_first
from briefing.card import Question, Words
from tests.newsroom import COUNCIL, Newsroom, harbour


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    return harbour(tmp_path_factory.mktemp("harbour")).index()


def ask(index, command, page=0, **options):
    return brief.answer(index, Question(command, tuple(options.items()), page))


def text(card):
    """The card as lines of text, the articles' words between asterisks."""
    return [
        "".join(part if isinstance(part, str) else f"*{part.passage.text}*" for part in line.parts)
        for entry in card.entries
        for line in entry.lines
    ]


def labels(actions):
    return [action.label for action in actions]


# /who-said


def test_a_persons_words_come_in_their_marks_with_cue_and_source(index):
    card = ask(index, "who-said", person="Tom Bell")

    words, cue, source = text(card)
    assert (words, cue) == ("*“We will not move the boats,”*", "*said*")
    assert source == "The Ledger · 4 Mar 2031 · Council splits over the harbour"
    assert [line.style for line in card.entries[0].lines] == ["quote", "text", "source"]


@pytest.mark.parametrize("person", ["Tom Bell", "Ana Ruiz"])
@pytest.mark.parametrize("about", ["", "boats"])
def test_words_of_two_persons_are_found_under_each_with_both_names(tmp_path, person, about):
    room = Newsroom(tmp_path)
    room.write("pier/1.txt", "“We sold the boats,” said Tom Bell and Ana Ruiz. Nobody else did.\n")
    room.refresh()

    card = ask(room.index(), "who-said", person=person, about=about)

    assert card.title.startswith(person)
    assert text(card)[:2] == ["Tom Bell and Ana Ruiz", "*“We sold the boats,”*"]


def test_a_reported_clause_is_marked_as_reported(index):
    card = ask(index, "who-said", person="Ana Ruiz", kind="reported")

    assert card.entries[0].lines[0].style == "reported"
    assert text(card)[0] == "*said that the harbour loses money*"


def test_a_cue_that_runs_into_the_reported_clause_is_shown_with_it(index):
    card = ask(index, "who-said", person="Ana Ruiz", kind="reported")

    clause = card.entries[0].lines[0].parts[0]
    assert [clause.passage.article.text[start:end] for start, end in clause.marks] == ["said"]


@pytest.mark.parametrize("typed", ["ana ruiz", "Ruiz", "mayor Ruiz", "RUIZ", "Ana", "ruiz’s"])
def test_a_person_is_known_by_any_part_of_the_name(index, typed):
    assert ask(index, "who-said", person=typed.removeprefix("mayor ")).title.startswith("Ana Ruiz")


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("the Energy Minister", ["Helena Costa, energy minister"]),
        ("Finance Minister Bell", ["Tom Bell, finance minister"]),
        ("minister", ["Which “minister”?", "Helena Costa", "Tom Bell"]),
    ],
)
def test_an_office_is_whoever_the_articles_say_has_it(tmp_path, typed, titles):
    room = Newsroom(tmp_path)
    room.write("a.txt", "“Yes,” said Helena Costa, the energy minister. “No,” said Tom Bell, the finance minister.")
    room.refresh()

    card = ask(room.index(), "who-said", person=typed)

    assert [card.title, *labels(card.actions)] == titles
    assert len(brief.complete(room.index(), "who-said", "person", typed)) == max(1, len(titles) - 1)


def test_thoughts_are_shown_on_request_only(index):
    said = ask(index, "who-said", person="Ana Ruiz")
    thought = ask(index, "who-said", person="Ana Ruiz", kind="thoughts")

    assert not any("levy" in line for line in text(said))
    assert text(thought)[:2] == ["*thinks that a levy will come*", "reported to think or plan"]
    assert "Reported to think or plan (1)" in labels(said.actions)


@pytest.mark.parametrize("about", ["timing", "wrong timing", "timings", "WRONG"])
def test_about_finds_words_whatever_their_ending(index, about):
    assert text(ask(index, "who-said", person="Ana Ruiz", about=about))[0] == "*“I was wrong about the timing,”*"


def test_words_that_are_not_all_there_are_taken_one_by_one_and_that_is_said(index):
    card = ask(index, "who-said", person="Ana Ruiz", about="timing of elephants")

    assert len(card.entries) == 1
    assert any("None has all the words" in "".join(note.parts) for note in card.notes)


def test_nothing_said_on_a_topic_says_so_and_offers_the_rest(index):
    card = ask(index, "who-said", person="Ana Ruiz", about="elephants")

    assert text(card) == ["The articles report no words by Ana Ruiz on “elephants”."]
    assert "Everything they said" in labels(card.actions)


@pytest.mark.parametrize("printed", ["200,000", "$200000", "200 000"])
@pytest.mark.parametrize("about", ["200000", "200,000", "boats 200,000"])
def test_about_finds_a_number_however_its_thousands_are_parted(tmp_path, printed, about):
    room = Newsroom(tmp_path)
    room.write("pier.txt", f"“The boats cost {printed} a year,” said Ana Costa. “Boat 200 cost 1,000,” said Ana Costa.")
    room.refresh()

    said = [line for line in text(ask(room.index(), "who-said", person="Costa", about=about)) if line.startswith("*“")]
    assert said == [f"*“The boats cost {printed} a year,”*"]


@pytest.mark.parametrize("about", ["0200000", "2" * 5000, "200,0000", ",000"])
def test_about_takes_any_row_of_digits(index, about):
    assert ask(index, "who-said", person="Ana Ruiz", about=about).title.startswith("Ana Ruiz")


@pytest.mark.parametrize("about", ["?!", "🙂"])
def test_a_topic_without_a_word_is_spoken_of_by_nobody(index, about):
    card = ask(index, "who-said", person="Ana Ruiz", about=about)

    assert text(card) == [f"The articles report no words by Ana Ruiz on “{about}”."]


def test_a_topic_is_parted_from_the_role_before_it(tmp_path):
    room = Newsroom(tmp_path)
    room.write("a.txt", "“Yes to boats,” said Helena Costa, the energy minister.")
    room.refresh()

    card = ask(room.index(), "who-said", person="Costa", about="boats")

    assert card.title == "Helena Costa, energy minister, on “boats”"


def test_what_was_typed_in_quotation_marks_is_not_given_more_of_them(index):
    assert ask(index, "who-said", person="Tom Bell", about='"elephants"').title == "Tom Bell on “elephants”"


def test_an_unknown_person_brings_the_nearest_names(index):
    card = ask(index, "who-said", person="Anna Riuz")

    assert card.title == "No person called “Anna Riuz” in the articles"
    assert labels(card.actions)[0] == "Ana Ruiz"


def test_a_name_like_no_other_brings_the_best_known(index):
    card = ask(index, "compare", person="Ruiz", other="Zaphod")

    assert card.title == "No person called “Zaphod” in the articles"
    assert text(card) == ["None is spelt like it. There is:", "· Ana Ruiz", "· Tom Bell"]


def test_nothing_of_a_kind_says_of_which(index):
    card = ask(index, "who-said", person="Tom Bell", kind="thoughts")

    assert text(card) == ["The articles report no thoughts or plans by Tom Bell."]
    assert labels(card.actions)[0] == "Everything they said"


def test_no_person_at_all_asks_for_one(index):
    assert ask(index, "who-said").title == "Who?"


def test_a_name_of_two_people_asks_which(tmp_path):
    room = Newsroom(tmp_path)
    room.write("a.txt", "“Yes to it all,” said Bill Clinton. “No to it all,” said Hillary Clinton.")
    room.refresh()

    card = ask(room.index(), "who-said", person="Clinton")

    assert labels(card.actions) == ["Bill Clinton", "Hillary Clinton"]
    assert ask(room.index(), "who-said", person="Bill Clinton").title == "Bill Clinton"


@pytest.mark.parametrize("command", ["who-said", "positions"])
def test_whoever_else_bears_the_name_typed_is_a_press_away(tmp_path, command):
    room = Newsroom(tmp_path)
    room.write("harbour/1.txt", "“We shall see,” said Eva Ruíz. Eva Ruíz backs the levy.")
    room.write("pier/1.txt", "“Never again,” said Eva Ruiz. Eva Ruiz rejects the levy.")
    room.refresh()
    index = room.index()

    asked = labels(ask(index, command, person="eva ruiz").actions)
    first = ask(index, command, person=asked[0])

    assert sorted(asked) == ["Eva Ruiz", "Eva Ruíz"]
    assert asked[1] in labels(first.actions)
    assert first.entries


def test_unsure_statements_come_last_and_are_marked(tmp_path):
    room = Newsroom(tmp_path)
    room.write("a.txt", "“It is perhaps a start,” said Tom Bell. “It is a good start,” said Tom Bell.")
    room.refresh()

    card = ask(room.index(), "who-said", person="Tom Bell")

    assert [line for line in text(card) if line.startswith(("*“", "probably theirs"))] == [
        "*“It is a good start,”*",
        "*“It is perhaps a start,”*",
        "probably theirs · *said*",
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("“It is perhaps a start,” said Tom Bell.", "1 statement, probably theirs"),
        (
            "“It perhaps is,” said Tom Bell. “It perhaps will be,” said Tom Bell.",
            "2 statements, both probably theirs",
        ),
        ("“It is,” said Tom Bell. “It is perhaps a start,” said Tom Bell.", "2 statements, 1 of them probably theirs"),
    ],
)
def test_how_many_are_unsure_is_counted_in_plain_words(tmp_path, said, told):
    room = Newsroom(tmp_path)
    room.write("a.txt", said)
    room.refresh()

    assert "".join(ask(room.index(), "who-said", person="Tom Bell").notes[0].parts) == told


def test_thoughts_have_one_name_on_the_button_and_on_the_card(index):
    [button] = [one for one in ask(index, "who-said", person="Ana Ruiz").actions if "think" in one.label]

    assert button.label == "Reported to think or plan (1)"
    assert brief.answer(index, button.question).title == "Ana Ruiz (reported to think or plan)"


def test_newer_statements_come_first(index):
    sources = [line for line in text(ask(index, "who-said", person="Ana Ruiz")) if "2031" in line]

    assert [source.split(" · ")[0] for source in sources] == ["The Courier", "The Ledger"]


# the sentences around


def test_the_sentences_around_show_the_words_marked(index):
    [button] = ask(index, "who-said", person="Tom Bell").entries[0].actions

    card = brief.answer(index, button.question)

    first = card.entries[0].lines[0].parts[0]
    marked = first.passage.article.text[slice(*first.marks[0])]
    assert (card.title, text(card)[-1]) == ("Council splits over the harbour", "The Ledger · 4 Mar 2031")
    assert len(card.entries) == 2
    assert (button.label, marked) == ("In context", "We will not move the boats,")
    assert text(card)[1] == "*Ana Ruiz said that the harbour loses money. Ana Ruiz backs the plan.*"


@pytest.mark.parametrize("at", ["", "x", "1:2", "1:0:5:abcdef", "99:0:5:abcdef", "1:5:0:x", f"1:0:{10**30}:x"])
def test_a_button_of_a_changed_article_says_so(index, at):
    assert ask(index, "around", at=at).title == "This article has changed since"


# /summary


def test_a_summary_comes_in_the_order_of_dates_and_text_with_sources(index):
    lines = text(ask(index, "summary", story="harbour", length="long"))

    sources = [line for line in lines if "·" in line]
    assert sources == sorted(sources, key=lambda line: "17 Mar" in line)
    assert sources[-1] == "The Courier · 17 Mar 2031 · Harbour stays open"


def test_lengths_are_three_six_and_twelve_passages(tmp_path):
    room = Newsroom(tmp_path)
    things = ["boats", "nets", "quays", "flats", "taxes", "walls", "roads"]
    things += ["trams", "parks", "lamps", "ferries", "cranes", "bridges", "schools"]
    room.write("a.txt", " ".join(f"The {thing} of Kelso {thing[::-1]} in {thing}{thing} now." for thing in things))
    room.refresh()

    assert [len(shown(room.index(), length)) for length in ("short", "medium", "long")] == [3, 6, 12]


def shown(index, length):
    first = ask(index, "summary", length=length)
    return [entry for page in range(first.pages) for entry in ask(index, "summary", page, length=length).entries]


def test_one_article_is_found_by_title_or_file_name(index):
    for article in ("Harbour stays open", "2-vote", "harbor stays"):
        card = ask(index, "summary", article=article)
        assert card.title in ("Harbour stays open", "No article called “harbor stays” in the articles")


@pytest.mark.parametrize("typed", ["volcano", "harbour"])
def test_articles_to_choose_from_are_told_by_date_and_title(index, typed):
    card = ask(index, "summary", article=typed)

    told = ["2031-03-17 · Harbour stays open", "2031-03-04 · Council splits over the harbour"]
    assert labels(card.actions) == told
    assert text(card)[-2:] == [f"· {one}" for one in told]
    assert [option for action in card.actions for option in action.question.options] == [
        ("article", "2-vote"),
        ("article", "1-council"),
    ]


def test_a_method_that_has_not_ranked_yet_says_so_and_is_told_to_the_bot(index):
    question = Question("summary", (("story", "harbour"), ("method", "lexrank")))

    assert brief.missing_ranking(index, question) == ("harbour", None, "lexrank")
    assert "LexRank has not ranked this yet" in text(brief.answer(index, question))[0]
    assert brief.missing_ranking(index, Question("summary", (("method", "ours"),))) is None


def test_an_unknown_story_brings_the_nearest(index):
    card = ask(index, "summary", story="habrour")

    assert labels(card.actions) == ["Harbour"]
    assert dict(card.actions[0].question.options) == {"story": "harbour"}


# /positions and /compare


def test_an_issue_groups_actors_by_stance_with_the_cue_marked(index):
    card = ask(index, "positions", issue="plan")

    assert text(card)[0] == "− Opposes (2)"
    evidence = next(p for e in card.entries for line in e.lines for p in line.parts if isinstance(p, Words))
    assert evidence.passage.article.text[slice(*evidence.marks[0])] == "rejects"


def test_a_changed_position_is_shown_as_such(index):
    assert "Changed: for it on 4 Mar 2031, then against it on 17 Mar 2031" in text(
        ask(index, "positions", person="Ruiz")
    )


def test_all_positions_of_one_person_on_one_issue_are_a_press_away(index):
    button = ask(index, "positions", person="Ruiz").entries[0].actions[0]

    assert button.label == "Both statements"
    assert len(brief.answer(index, button.question).entries) == 2


def test_whoever_has_no_position_is_no_dead_end(tmp_path):
    room = Newsroom(tmp_path)
    room.write("a.txt", "“We shall see,” said Ana Ruiz. Ana Ruiz backs the levy. Tom Bell rejects the dredger.")
    room.write("b.txt", "“Never,” said Ida Marsh.")
    room.refresh()

    nothing = ask(room.index(), "positions", person="Ida Marsh")
    other = ask(room.index(), "positions", person="Ana Ruiz", issue="dredger")

    assert text(nothing) == text(other) == ["The articles show no position."]
    assert labels(nothing.actions) == ["Everything they said"]
    assert labels(other.actions) == [
        "Who stands where on dredger",
        "Their other positions",
        "Everything they said",
    ]
    assert all(brief.answer(room.index(), one.question).entries for one in (*nothing.actions, *other.actions))


def test_an_issue_or_a_story_that_is_typed_for_a_person_is_a_press_away(index):
    issue, story = (ask(index, "positions", person=typed).actions[0] for typed in ("levy", "harbour"))

    assert (issue.label, issue.question.options) == ("Who stands where on levy", (("issue", "levy"),))
    assert (story.label, story.question.options) == ("Harbour: who stands where", (("story", "harbour"),))


@pytest.fixture
def two_stories(tmp_path):
    room = Newsroom(tmp_path)
    room.write("harbour/1.txt", "Ana Ruiz backs the levy. Tom Bell backs the levy. Tom Bell rejects the dredger.")
    room.write("school-meals/1.txt", "Ana Ruiz rejects the menu. Ida Marsh backs the menu.")
    room.refresh()
    return room.index()


def test_a_persons_positions_in_a_story_are_that_storys_alone(two_stories):
    card = ask(two_stories, "positions", person="Ana Ruiz", story="school meals")

    assert text(card)[:2] == ["− menu", "*Ana Ruiz rejects the menu.*"]
    assert len(card.entries) == 1


@pytest.mark.parametrize("named", [{"person": "Tom Bell"}, {"issue": "levy"}, {"person": "Ana Ruiz", "issue": "levy"}])
def test_what_another_story_tells_is_said_to_be_there(two_stories, named):
    card = ask(two_stories, "positions", story="school-meals", **named)

    assert text(card) == ["The articles of School meals show no position."]
    assert labels(card.actions) == ["Harbour"]


def test_the_story_of_an_issue_is_known_by_its_title_or_a_part_of_it(two_stories):
    assert ask(two_stories, "positions", issue="menu", story="School").title == "Who stands where on menu"


@pytest.mark.parametrize("named", [{"person": "Tom Bell"}, {"issue": "menu"}])
def test_an_unknown_story_is_told_beside_a_person_or_an_issue(two_stories, named):
    assert ask(two_stories, "positions", story="volcano", **named).title.startswith("No story called “volcano”")


def test_the_issues_of_a_story_are_offered_where_one_is_named(two_stories):
    unknown = ask(two_stories, "positions", issue="volcano", story="school-meals")

    assert labels(unknown.actions) == ["menu"]
    assert brief.complete(two_stories, "positions", "issue", "", {"story": "school-meals"}) == [("menu", "menu")]


def test_the_matrix_has_a_sign_for_the_newest_stance_and_says_where_it_changed(index):
    [picture] = ask(index, "positions").attachments
    rows = {entry.lines[0].parts[0]: {"".join(line.parts) for line in entry.lines[1:]} for entry in picture.entries}

    assert rows == {"Ana Ruiz": {"− plan (changed)"}, "Tom Bell": {"− plan", "+ levy"}}


def test_a_matrix_that_leaves_something_out_says_so_in_text_and_picture(tmp_path, index):
    room = Newsroom(tmp_path)
    room.write("a.txt", " ".join(f"Tom Bell backs the levy{number}." for number in range(9)))
    room.refresh()

    card = ask(room.index(), "positions")

    share = "6 of 9 issues"
    assert card.notes[0].parts == (share,)
    assert share in card.attachments[0].alt
    assert ask(index, "positions").notes[0].parts == ("+ supports · − opposes · ± on a condition · ⇄ both · ? unclear",)


def test_under_the_matrix_stand_the_words_behind_its_cells_what_changed_first(index):
    headings = [entry.lines[0].parts[0] for entry in ask(index, "positions").entries]

    assert headings == ["− Ana Ruiz on plan", "+ Tom Bell on levy", "− Tom Bell on plan"]


def test_comparing_two_shows_the_shared_issues_first(index):
    lines = text(ask(index, "compare", person="Ruiz", other="Bell"))

    headings = ["plan", "Only Tom Bell", "+ levy"]
    assert [line for line in lines if line in headings] == headings


@pytest.mark.parametrize(("named", "asked"), [({}, "Who?"), ({"person": "Ruiz"}, "Compare with whom?")])
def test_a_comparison_without_two_asks_for_whom_it_lacks(index, named, asked):
    card = ask(index, "compare", **named)

    assert (card.title, text(card)) == (asked, ["Name two: /compare person:… other:…"])


def test_a_heading_stands_in_the_entry_that_it_opens(index):
    card = ask(index, "compare", person="Ruiz", other="Bell")

    opened = [[line.parts[0] for line in entry.lines if line.style == "heading"] for entry in card.entries]
    assert opened == [["plan", "− Ana Ruiz"], ["− Tom Bell"], ["Only Tom Bell", "+ levy"]]


def test_two_whose_long_names_begin_alike_are_compared(tmp_path):
    room = Newsroom(tmp_path)
    name = "Ana " + "Very" * 30
    room.write("a.txt", f"{name} Bell backs the levy. {name} Ruiz rejects the levy.")
    room.refresh()

    assert "levy" in text(ask(room.index(), "compare", person=f"{name} Bell", other=f"{name} Ruiz"))


def test_nobody_is_compared_with_themselves(index):
    assert ask(index, "compare", person="Ruiz", other="Ana").title == "Ana Ruiz and who else?"


def test_what_has_no_stance_comes_last():
    taken = [SimpleNamespace(stance=stance) for stance in ("unclear", "opposes", "unclear", "mixed")]

    assert [one.stance for one in clear_first(taken)] == ["opposes", "mixed", "unclear", "unclear"]


# /sources, /help and the rest


@pytest.mark.parametrize("article", ["3-empty", "3-empty.txt", "Empty"])
@pytest.mark.parametrize("story", ["", "harbour"])
def test_a_summary_of_a_file_that_was_skipped_says_why_it_was(tmp_path, article, story):
    room = harbour(tmp_path)
    room.write("harbour/3-empty.txt", " ")
    room.write("harbour/4-movie.txt", b"\x00\x01\x02")
    room.refresh()

    card = ask(room.index(), "summary", article=article, **({"story": story} if story else {}))

    assert card.title == f"“{article}” could not be read"
    assert text(card) == ["Skipped: harbour/3-empty.txt", "empty: paste an article's text into it, or delete it"]


def test_a_file_that_was_skipped_does_not_hide_an_article_of_its_name(tmp_path):
    room = harbour(tmp_path)
    room.write("pier/1-council.txt", " ")
    room.write("pier/2-pier.txt", COUNCIL)
    room.write("pier/vote.txt", " ")
    room.refresh()

    assert ask(room.index(), "summary", article="1-council").entries[0].actions
    assert text(ask(room.index(), "summary", article="1-council", story="pier"))[0] == "Skipped: pier/1-council.txt"
    assert text(ask(room.index(), "summary", article="vote"))[0] == "Skipped: pier/vote.txt"
    assert ask(room.index(), "summary", article="vote", story="harbour").entries[0].actions


def test_sources_names_the_files_that_were_skipped_or_misread_before_the_articles(tmp_path):
    room = harbour(tmp_path)
    room.write("harbour/3-empty.txt", b"")
    room.write("harbour/4-date.txt", COUNCIL.replace("2031-03-04", "04/03/2031"))
    room.refresh()

    lines = text(ask(room.index(), "sources"))

    assert lines[0] == "Skipped: harbour/3-empty.txt"
    assert lines[2] == "To correct: harbour/4-date.txt"
    assert lines[3].startswith("read, but: the date “04/03/2031”")
    assert lines[4] == "Harbour"
    assert next(line for line in lines if "The" in line).startswith("The Ledger · 4 Mar 2031")


def test_sources_of_many_articles_are_paged_without_a_gap(tmp_path):
    room = Newsroom(tmp_path)
    for number in range(20):
        room.write(f"{'ab'[number % 2]}/{number:02}.txt", COUNCIL.replace("Council", f"{number:02} Council"))
    room.refresh()
    index = room.index()

    cards = [ask(index, "sources", page) for page in range(ask(index, "sources").pages)]

    titles = [line.split(" · ")[2] for card in cards for line in text(card) if "Council" in line]
    assert len(titles) == len(set(titles)) == 20


def test_help_offers_questions_that_this_index_answers(index):
    card = ask(index, "help")

    assert all(brief.answer(index, action.question).entries for action in card.actions)
    assert "/who-said person:Ana Ruiz" in labels(card.actions)


def test_a_command_that_does_not_exist_is_answered(index):
    assert ask(index, "destroy").title == "There is no /destroy"


@pytest.mark.parametrize("command", ["summary", "who-said", "positions", "compare", "sources", "help", "around"])
def test_an_index_that_was_never_built_answers_everything(tmp_path, command):
    card = ask(Newsroom(tmp_path).index(), command, person="Ruiz", other="Bell")

    assert card.title


def test_a_page_beyond_the_last_is_the_last(index):
    assert ask(index, "summary", 99, length="long").page == ask(index, "summary", length="long").pages - 1


@pytest.mark.parametrize(
    ("now", "newest"),
    [
        (None, "Typo"),
        (datetime(2031, 3, 18, tzinfo=UTC), "Harbour"),
        (datetime(2031, 3, 4, 9, tzinfo=UTC), "Harbour"),
        (datetime(2031, 3, 20, 9, tzinfo=UTC), "Harbour"),
        (datetime(2031, 3, 20, 10, tzinfo=UTC), "Pier"),  # when the 21st begins on the first islands
        (datetime(2091, 3, 20, tzinfo=UTC), "Typo"),
        (datetime(2001, 3, 20, tzinfo=UTC), "Typo"),
    ],
)
def test_a_story_dated_in_the_future_is_not_the_newest_while_there_are_others(tmp_path, now, newest):
    room = harbour(tmp_path)
    room.write("typo/1.txt", COUNCIL.replace("2031-03-04", "2081-03-04"))
    room.write("pier/1.txt", COUNCIL.replace("2031-03-04", "2031-03-21"))
    room.refresh()
    index = room.index()
    index.now = (lambda: now) if now else None

    assert ask(index, "summary").title == newest
    assert set(labels(ask(index, "summary").actions)) >= {"Harbour", "Pier", "Typo"} - {newest}
    assert ask(index, "positions").title == f"{newest}: who stands where"


def test_the_newest_story_is_told_by_its_title_with_the_others_a_press_away(tmp_path):
    room = harbour(tmp_path)
    room.write("old-town_walls/1.txt", COUNCIL.replace("2031", "2030"))
    room.refresh()

    card = ask(room.index(), "summary")

    assert card.title == "Harbour"
    assert card.notes[0].parts[0].startswith("The story with the newest articles.")
    assert labels(card.actions)[-1] == "Old town walls"
    assert ("Old town walls", "old-town_walls") in brief.complete(room.index(), "summary", "story", "old")


# completion


@pytest.mark.parametrize(
    ("option", "typed", "first"),
    [
        ("person", "", "Ana Ruiz"),
        ("person", "bel", "Tom Bell"),
        ("person", "riuz", "Ana Ruiz"),
        ("other", "b", "Tom Bell"),
        ("issue", "le", "levy"),
        ("about", "pla", "plan"),
        ("story", "har", "harbour"),
        ("article", "stays", "2-vote"),
        ("length", "m", "medium"),
        ("kind", "rep", "reported"),
        ("method", "page", None),
    ],
)
def test_options_complete(index, option, typed, first):
    values = [value for _, value in brief.complete(index, "who-said", option, typed, {})]

    assert (values[0] if values else None) == first


def test_the_other_of_a_comparison_is_somebody_else(index):
    values = [value for _, value in brief.complete(index, "compare", "other", "", {"person": "Ana Ruiz"})]

    assert values == ["Tom Bell"]


def test_completion_keeps_discords_limits(tmp_path):
    room = Newsroom(tmp_path)
    for number in range(40):
        name = "Very" * 30 * (number < 5) + "Bo" + "abcdefgh"[number // 5] + "klmno"[number % 5]
        room.write(f"{number}.txt", f"“We shall see about it,” said Anna {name}.")
    room.refresh()

    for typed in ("", "anna", "a"):
        choices = brief.complete(room.index(), "who-said", "person", typed, {})
        assert len(choices) == 25
        assert all(len(name) <= 100 and len(value) <= 100 for name, value in choices)


# the daily briefing


def test_a_briefing_tells_what_is_new_and_whose_position_moved(index):
    [old, new] = [report.digest for report in index.reports("harbour")]

    assert brief.unseen(index, "harbour", {old}) == (new,)
    card = brief.briefing_since(index, "harbour", {old}, today=date(2031, 3, 18), question=Question("b"), length="long")
    lines = text(card)
    assert "*“I was wrong about the timing,”*" in lines
    assert "changed: supports (4 Mar 2031), then opposes (17 Mar 2031)" in lines
    assert not any("The Ledger" in line for line in lines)


def test_a_briefing_names_a_speaker_once_for_what_they_say_in_a_row(tmp_path):
    room = Newsroom(tmp_path)
    room.write("a/1.txt", "“It is one,” said Tom Bell. “It is two,” said Tom Bell. “It is three,” said Ana Ruiz.")
    room.refresh()

    card = brief.briefing_since(room.index(), "a", (), today=date(2031, 3, 18), question=Question("b"))

    heads = [line.parts[0] for entry in card.entries for line in entry.lines if line.style == "heading"]
    assert heads == ["Tom Bell", "Ana Ruiz"]


def test_a_briefing_with_nothing_new_has_no_entries(index):
    seen = {report.digest for report in index.reports("harbour")}

    card = brief.briefing_since(index, "harbour", seen, today=date(2031, 3, 18), question=Question("b"))

    assert card.entries == ()


# pictures and files


def test_the_matrix_comes_as_a_picture_with_its_words(index):
    [picture] = ask(index, "positions").attachments

    assert picture.data.startswith(b"\x89PNG")
    assert "Ana Ruiz" in picture.alt


def test_a_storys_positions_can_be_taken_away_as_a_file(index):
    [file] = ask(index, "export", story="harbour", format="dna-csv").attachments

    header, *rows = file.data.decode().splitlines()
    assert header.startswith("statement_id,document_id,document,date,start,stop,text,person")
    assert len(rows) == 4


def test_the_pages_of_an_answer_hold_every_statement_once(tmp_path):
    room = Newsroom(tmp_path)
    quotes = [f"Sentence {number} has {'very ' * (number % 60)}much to say" for number in range(50)]
    room.write("a.txt", "\n\n".join(f"“{quote},” said Tom Bell." for quote in quotes))
    room.refresh()
    index = room.index()

    pages = range(ask(index, "who-said", person="Tom Bell").pages)
    shown = [line for page in pages for line in text(ask(index, "who-said", page, person="Tom Bell"))]

    assert [line for line in shown if "“" in line] == [f"*“{quote},”*" for quote in quotes]
