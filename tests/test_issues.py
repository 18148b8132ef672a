"""A story's issues: merged, named, ranked, and set by hand."""

import pytest

from briefing.by_hand import ByHandError
from briefing.issue import Use, read_issues, story_issues


def names(uses, rules=""):
    return [issue.name for issue in story_issues([Use(*use) for use in uses], read_issues(rules))]


def test_articles_and_numbers_do_not_part_an_issue():
    assert names([("a", "the harbour levy", "Lind"), ("b", "harbour levies", "Berg")]) == ["harbour levies"]


def test_an_issue_is_named_by_its_shortest_clear_phrase():
    uses = [("a", "plan", "Lind"), ("a", "plan to close the harbour", "Berg")]

    [issue] = story_issues([Use(*use) for use in uses])

    assert issue.name == "plan to close the harbour"
    assert issue.aliases == ("plan",)


def test_a_phrase_that_could_be_two_issues_stays_by_itself():
    uses = [("a", "plan", "A"), ("a", "plan for the harbour", "B"), ("a", "plan for the school", "C")]

    assert sorted(names(uses)) == ["plan", "plan for the harbour", "plan for the school"]


def test_what_is_new_is_not_what_was_there_before():
    uses = [("a", "flood study", "Abara"), ("a", "new flood study", "Costa"), ("a", "old flood study", "Lind")]

    assert sorted(names(uses)) == ["flood study", "new flood study", "old flood study"]


def test_issues_that_share_a_telling_word_are_linked_and_stay_apart():
    issues = story_issues([Use("a", "two-state solution", "A"), Use("a", "Palestinian state", "B")])

    assert {issue.name: issue.linked for issue in issues} == {
        "two-state solution": ("Palestinian state",),
        "Palestinian state": ("two-state solution",),
    }


def test_among_thousands_each_issue_is_linked_to_the_one_that_shares_its_word():
    phrases = [f"harbour{number} {thing}{number}" for number in range(2_000) for thing in ("levy", "toll")]

    linked = {issue.name: issue.linked for issue in story_issues([Use("a", phrase, "A") for phrase in phrases])}

    assert linked["harbour7 levy7"] == ("harbour7 toll7",)
    assert {len(others) for others in linked.values()} == {1}


def test_the_issue_that_most_actors_speak_to_comes_first():
    uses = [("a", "levy", "A"), ("a", "school", "A"), ("a", "school", "B")]

    assert names(uses) == ["school", "levy"]


def test_issues_are_merged_named_and_hidden_by_hand():
    rules = 'hide = ["request"]\n[merge]\n"levy" = ["berth fee"]\n[name]\n"school" = "the new school"\n'
    uses = [("a", "levy", "A"), ("a", "berth fee", "B"), ("a", "request", "A"), ("a", "school", "A")]

    assert names(uses, rules) == ["levy", "the new school"]


def test_what_is_merged_by_hand_takes_its_short_form_with_it():
    uses = [("a", "plan to close the harbour", "Lind"), ("b", "plan", "Lind")]

    assert names(uses, '[merge]\n"harbour closing" = ["plan to close the harbour"]\n') == ["harbour closing"]


def test_a_phrase_that_is_short_for_two_merged_by_hand_is_the_one_that_they_are():
    uses = [("a", "plan to close the harbour", "Lind"), ("a", "plan for flats", "Berg"), ("b", "plan", "Lind")]

    assert names(uses, '[merge]\n"closing" = ["plan to close the harbour", "plan for flats"]\n') == ["closing"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[merge]\nlevy = 3\n", 2),
        ('hide = ["a levy"]\n[colours]\n', 2),
        ('[merge]\n"a fee" = ["toll"]\n"a tax" = ["toll"]\n', 3),
        ("[name]\nlevy = []\n", 2),
        ("[merge\n", 1),
    ],
)
def test_a_bad_line_is_refused_with_its_number(text, line):
    with pytest.raises(ByHandError, match=f"line {line}") as refused:
        read_issues(text)

    assert refused.value.line == line


def test_a_role_that_one_person_has_is_that_person():
    uses = [Use("a", "mayor", "Bell"), Use("b", "Ana Ruiz", "Haddad"), Use("b", "plan for the mayor", "Bell")]

    issues = story_issues(uses, roles={"Ana Ruiz": "Mayor", "Tom Bell": "chairman"})

    assert [issue.name for issue in issues] == ["Ana Ruiz", "plan for the mayor"]


def test_an_issue_without_a_side_and_a_bare_general_noun_come_last():
    uses = [Use("a", "result", "A"), Use("a", "result", "B"), Use("a", "levy", "A")]
    uses.append(Use("a", "harbour", "A", sided=False))

    assert [issue.name for issue in story_issues(uses)] == ["levy", "result", "harbour"]
