"""What is taken otherwise than it was meant is told, with what to do about it, and is read all the same."""

from pathlib import Path

import pytest

from briefing.misread import misread
from tests.newsroom import COUNCIL, Newsroom

FRENCH = """La maire de Marlow a déclaré lundi que la décision du tribunal était une victoire pour les agriculteurs.
« Nous ne céderons pas », a-t-elle dit aux journalistes, ajoutant que le barrage serait construit avant la fin de
l'année et que personne ne serait déplacé sans compensation."""
RUSSIAN = "Мэр города заявила в понедельник, что решение суда стало победой для фермеров и жителей долины. " * 3


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\npublished: 04/03/2031\n---\nIt rained.", "04/03/2031"),
        ("---\npublished: 4.3.2031\n---\nIt rained.", "4.3.2031"),
        ("---\ndate: notadate\n---\nIt rained.", "notadate"),
        ("---\ntitle: x\noutlet: y\n\nIt rained.", "put a line --- under"),
        ("---\ntitle: x\nIt rained all day\n---\nIt rained.", "name: value"),
        ("He told <b>Northwire</b> so.", "(“<b>”): copy its text out of the browser"),
        ('He told <a href="http://x.example/y">Northwire</a> so.', "“<a href="),
        ("It rained.<br/>Then it snowed.", "“<br/>”"),
        ("Smith &amp; Sons, who build the quay, agreed.", "“&amp;”"),
        (FRENCH, "English"),
        (RUSSIAN, "English"),
        (RUSSIAN.encode("koi8-r"), "English"),
        (RUSSIAN.encode("utf-16"), "English"),
    ],
)
def test_a_file_that_is_misread_is_told_of_with_what_to_do(text, told):
    reason = misread("a.txt", text if isinstance(text, bytes) else text.encode())

    assert reason is not None
    assert reason.startswith("read, but: ")
    assert told in reason


@pytest.mark.parametrize(
    "text",
    [
        *(COUNCIL, "---\n\nIt rained.", "---\nIt rained: a lot\n---\nAnd then?", "Oui.", ""),
        *(
            "Smith & Sons; a < b > c; <3",
            "From <tom@kelso.example> and R&D",
            "---\nurl: http://x.example/?a&amp;b\n---\nYes.",
        ),
    ],
)
def test_a_file_that_reads_as_it_was_meant_is_not(text):
    assert misread("a.txt", text.encode()) is None


def test_what_is_left_of_a_web_pages_code_stays_in_the_text_as_its_file_has_it(tmp_path):
    room = Newsroom(tmp_path)
    room.write("harbour/1.txt", "“We told <b>Northwire</b> so &amp; left,” said Ana Ruiz.")
    room.refresh()

    assert room.index().article(1).text == "“We told <b>Northwire</b> so &amp; left,” said Ana Ruiz."
    assert "“<b>”" in room.index().misread()[0].reason


def test_no_seed_and_no_article_of_the_tests_is_misread():
    here = Path(__file__).parent
    files = [*here.glob("positions/*.txt"), *here.parent.glob("seeds/*/*.txt")]

    assert [file.name for file in files if misread(file.name, file.read_bytes())] == []


def test_what_is_misread_is_read_and_stays_told_of(tmp_path):
    room = Newsroom(tmp_path)
    room.write("harbour/1.txt", COUNCIL.replace("2031-03-04", "04/03/2031"))
    room.refresh()
    generation = room.index().generation()

    assert room.refresh().unchanged == 1
    assert [problem.name for problem in room.index().misread()] == ["1.txt"]
    assert room.index().problems() == []
    assert room.index().generation() == generation
