"""Questions that buttons carry."""

from hypothesis import given
from hypothesis import strategies as st

from bot.buttons import CUSTOM_ID, LongQuestions, QuestionButton, read, written
from briefing.card import Question

NAMES = st.sampled_from(["person", "about", "story", "issue"])
QUESTIONS = st.builds(
    Question,
    st.sampled_from(["who-said", "summary", "briefing preview"]),
    st.lists(st.tuples(NAMES, st.text(max_size=150)), max_size=3).map(tuple),
    st.integers(0, 500),
)


@given(QUESTIONS)
def test_a_written_question_is_read_as_it_was(question):
    assert read(written(question)) == question


@given(st.text())
def test_any_other_line_is_a_question_or_none(line):
    question = read(line)

    assert question is None or isinstance(question, Question)


@given(QUESTIONS)
def test_a_custom_id_is_short_enough_and_leads_back_to_its_question(question):
    long = LongQuestions()
    button = QuestionButton.made("Next", question, long, "turn", place=39)
    found = button.template.fullmatch(button.custom_id)

    line = long.find(found["digest"]) if found["digest"] else found["line"]

    assert 1 <= len(button.custom_id) <= CUSTOM_ID
    assert read(line) == question


def test_a_long_question_is_remembered_over_a_restart(tmp_path):
    before = LongQuestions(tmp_path / "buttons.sqlite")
    digest = before.keep("who-said|person=somebody|0")
    before.close()

    assert LongQuestions(tmp_path / "buttons.sqlite").find(digest) == "who-said|person=somebody|0"


def test_the_oldest_long_questions_are_forgotten(tmp_path):
    before = LongQuestions(tmp_path / "buttons.sqlite")
    digests = [before.keep(str(number)) for number in range(5)]
    before.close()

    after = LongQuestions(tmp_path / "buttons.sqlite", kept=2)

    assert [after.find(digest) for digest in digests] == [None, None, None, "3", "4"]


def test_the_same_question_twice_in_a_message_has_two_custom_ids():
    buttons = [QuestionButton.made("x", Question("help"), LongQuestions(), "ask", place=place) for place in (1, 2)]

    assert buttons[0].custom_id != buttons[1].custom_id
