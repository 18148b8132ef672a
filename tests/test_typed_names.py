"""Names as people type them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.typed_names import Choice, Names, folded

NAMES = Names(
    [
        Choice("Benjamin Netanyahu", ("Netanyahu", "Bibi Netanyahu", "Bibi"), 50),
        Choice("Antony Blinken", ("Blinken",), 60),
        Choice("Mohammed bin Salman", ("MBS", "Prince Mohammed bin Salman"), 20),
        Choice("Mohammed bin Abdulrahman Al Thani", (), 10),
        Choice("José Álvarez-Núñez", (), 5),
        Choice("Kelso Fishers' Union", (), 1),
    ]
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("net", "Benjamin Netanyahu"),
        ("bibi", "Benjamin Netanyahu"),
        ("mbs", "Mohammed bin Salman"),
        ("netanyhu", "Benjamin Netanyahu"),
        ("Blinkin", "Antony Blinken"),
        ("antony blin", "Antony Blinken"),
        ("blinken antony", "Antony Blinken"),
        ("mohammed sal", "Mohammed bin Salman"),
        ("Mr. Netanyahu", "Benjamin Netanyahu"),
        ("Netanyahu’s", "Benjamin Netanyahu"),
        ("jose alvarez", "José Álvarez-Núñez"),
        ("fishers union", "Kelso Fishers' Union"),
        ("", "Antony Blinken"),
    ],
)
def test_the_best_name_comes_first(typed, first):
    assert NAMES.complete(typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("sorensen", "Ingrid Sørensen"),
        ("Milos Dordevic", "Miloš Đorđević"),
        ("walesa", "Lech Wałęsa"),
        ("Yildirim", "Binali Yıldırım"),
        ("gudni thorlacius", "Guðni Þorlácius"),
        ("aebelo", "Ida Æbelø"),
    ],
)
def test_letters_that_a_keyboard_lacks_are_typed_as_plain_ones(typed, name):
    found = Names([Choice("Ingrid Sorens"), Choice(name)]).meant(typed)

    assert [choice.name for choice in found] == [name]


def test_a_name_that_is_typed_letter_for_letter_is_never_two():
    names = Names([Choice("Miloš Dordevic", weight=1), Choice("Milos Dordevic")])

    assert [choice.name for choice in names.called("milos dordevic")] == ["Miloš Dordevic", "Milos Dordevic"]
    assert [choice.name for choice in names.called("Milos Dordevic")] == ["Milos Dordevic"]
    assert [choice.name for choice in names.namesakes("Milos Dordevic")] == ["Miloš Dordevic"]
    assert names.namesakes("milos dordevic") == []


def test_a_name_is_not_its_namesakes():
    assert [choice.name for choice in NAMES.called("Mohammed bin Salman")] == ["Mohammed bin Salman"]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("he", ["He Jiankui"]),
        ("hea", ["one headline"]),
        ("line", []),
        ("headline one", ["one headline"]),
        ("the", []),
        ("He Jiankui", ["He Jiankui"]),
        ("李克", ["李克强"]),
    ],
)
def test_who_is_meant_is_told_by_the_beginnings_of_words(typed, names):
    found = Names([Choice("one headline"), Choice("He Jiankui"), Choice("李克强")]).meant(typed)

    assert [choice.name for choice in found] == names


def test_nothing_alike_completes_to_nothing():
    assert NAMES.complete("zzzzzz") == []


def test_own_names_come_before_aliases():
    names = Names([Choice("Tom Bell", ("Bell",), 5), Choice("Bell", (), 1)])

    assert [choice.name for choice in names.called("bell")] == ["Bell"]


OFFICES = Names(
    [
        Choice("Antony Blinken", ("Blinken",), 60, ("US secretary of state",)),
        Choice("Benjamin Netanyahu", ("Netanyahu",), 50, ("Prime Minister",)),
        Choice("Helena Costa", ("Costa",), 40, ("Energy Minister",)),
        Choice("Noor Haddad", ("Haddad",), 30, ("engineer at the port authority",)),
        Choice("Peter Walsh", ("Walsh",), 20, ("Opposition leader",)),
        Choice("senior State Department official"),
        Choice("prime minister of Qatar"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("secretary of state", ["Antony Blinken"]),
        ("the Prime Minister", ["Benjamin Netanyahu"]),
        ("minister", ["Benjamin Netanyahu", "Helena Costa"]),
        ("the opposition leader", ["Peter Walsh"]),
        ("engineer", ["Noor Haddad"]),
        ("port authority", []),
        ("state", []),
        ("", []),
    ],
)
def test_an_office_is_whoever_has_it(typed, names):
    assert [choice.name for choice in OFFICES.holding(typed)] == names


def test_an_office_before_a_name_finds_the_name():
    assert [choice.name for choice in OFFICES.found("Energy Minister Helena Costa")] == ["Helena Costa"]
    assert [choice.name for choice in OFFICES.found("opposition leader Walsh")] == ["Peter Walsh"]
    assert OFFICES.found("opposition leader Smith") == []


@pytest.mark.parametrize(
    ("typed", "first"), [("secre", "Antony Blinken"), ("opposition", "Peter Walsh"), ("minister", "Benjamin Netanyahu")]
)
def test_an_office_completes_to_whoever_has_it(typed, first):
    assert OFFICES.complete(typed)[0] == first


@settings(deadline=None)
@given(st.text(max_size=80), st.sets(st.text(max_size=60), max_size=30))
def test_any_typing_gives_at_most_25_names_of_at_most_100_characters(typed, names):
    found = Names([Choice(name) for name in names if name]).complete(typed)

    assert len(found) <= 25
    assert len(found) == len(set(found))


@settings(deadline=None)
@given(st.text(min_size=1, max_size=60))
def test_every_name_is_called_by_itself(name):
    names = Names([Choice(name), Choice("Somebody Else")])

    assert not folded(name) or names.choices[names.choices.index(Choice(name))] in names.called(name)
