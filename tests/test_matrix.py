"""The picture of the matrix, and the files for network tools."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from briefing.network import Coded, dna_csv, dna_graphml
from briefing.picture import CHANGED, FILLS, Cell, _legend_rows, picture
from briefing.stance import SIGNS, STANCES

CELLS = [
    Cell("Anna Lind", "levy", "supports"),
    Cell("Tom Berg", "levy", "opposes", changed=True),
    Cell("Tom Berg", "school", "conditional"),
]


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_the_picture_is_a_png_as_wide_as_three_phones(theme):
    data, _ = picture(CELLS, theme=theme)

    image = Image.open(BytesIO(data))
    assert (image.format, image.width) == ("PNG", 1080)


def test_the_alt_text_says_what_the_picture_shows():
    _, alt = picture(CELLS, "2 of 9 issues")

    assert alt == (
        "Who stands where (2 of 9 issues). "
        "Anna Lind — supports: levy. Tom Berg — opposes: levy (changed); on a condition: school."
    )


def test_the_picture_shows_what_changed_and_how_much_there_is_besides():
    plain = [cell._replace(changed=False) for cell in CELLS]

    assert len({picture(cells, share)[0] for cells in (CELLS, plain) for share in ("", "2 of 9 issues")}) == 4


def test_each_stance_has_a_sign_of_its_own_in_the_picture():
    drawn = {picture([Cell("Lind", "levy", stance)])[0] for stance in FILLS}

    assert set(FILLS) == set(SIGNS) == set(STANCES)
    assert len(drawn) == len(FILLS)


def test_a_legend_of_all_signs_is_as_wide_as_the_picture_at_most():
    cells = [Cell("Lind", stance, stance, changed=True) for stance in FILLS]

    rows = list(_legend_rows([*FILLS, CHANGED]))
    assert [told for row in rows for told, _ in row] == [*FILLS, CHANGED]
    assert all(x < 1080 for row in rows for _, x in row)
    assert picture(cells)[0]


def test_both_stances_of_one_actor_are_mixed():
    _, alt = picture([Cell("Anna Lind", "levy", "supports"), Cell("Anna Lind", "levy", "opposes")])

    assert alt.endswith("Anna Lind — both: levy.")


def test_fills_differ_in_lightness_too():
    """A reader who sees no hue still has the signs; and ink on every fill has a contrast of 4.5 or more (WCAG)."""
    for fill in FILLS.values():
        parts = [int(fill[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
        light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
        assert (light + 0.05) / 0.055 >= 4.5


def test_a_matrix_without_cells_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        picture([])


NAMES = st.text(min_size=1, max_size=60)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.builds(Cell, NAMES, NAMES, st.sampled_from(sorted(FILLS)), st.booleans()), min_size=1, max_size=12))
def test_any_names_can_be_drawn_and_the_alt_text_fits_discord(cells):
    data, alt = picture(cells)

    assert data.startswith(b"\x89PNG")
    assert len(alt) <= 1024


ROW = Coded("doc-1", "2031-03-04", 10, 40, "Lind backed the levy.", "Anna Lind", "person", "levy", "supports")
BODY = Coded("doc-1", "", 41, 60, '=SUM("x")', "The Union", "organisation", "levy", "conditional", "if it ends")


def test_the_event_list_has_a_row_for_each_position():
    first, second = csv.DictReader(StringIO(dna_csv([ROW, BODY])))

    assert [first[c] for c in ("person", "organization", "concept", "agreement")] == ["Anna Lind", "", "levy", "1"]
    assert (first["document"], first["date"], first["start"], first["stop"]) == ("doc-1", "2031-03-04", "10", "40")
    assert (second["organization"], second["agreement"], second["condition"]) == ("The Union", "", "if it ends")


def test_no_cell_is_read_as_a_formula():
    [row] = csv.DictReader(StringIO(dna_csv([BODY])))

    assert row["text"].startswith("'=")


def test_the_network_has_actors_concepts_and_weighted_edges():
    root = ElementTree.fromstring(dna_graphml([ROW, ROW, BODY]))

    tag = "{http://graphml.graphdrawing.org/xmlns}"
    assert len(root.findall(f".//{tag}node")) == 3
    weights = [data.text for data in root.findall(f".//{tag}edge/{tag}data[@key='weight']")]
    assert weights == ["2", "1"]


def test_an_edge_tells_its_first_and_its_last_date():
    rows = [replace(ROW, date=date) for date in ("2031-03-09", "", "2031-03-04", "2031-03-17")]

    root = ElementTree.fromstring(dna_graphml(rows))

    told = {data.get("key"): data.text for data in root.findall(".//{*}edge/{*}data")}
    assert (told["first"], told["last"], told["weight"]) == ("2031-03-04", "2031-03-17", "4")


class CountedRows(list):
    """Rows that count how often they are gone through."""

    times = 0

    def __iter__(self):
        self.times += 1
        return super().__iter__()


def test_the_rows_are_not_gone_through_anew_for_each_edge():
    few, many = (CountedRows(replace(ROW, concept=f"levy {n}") for n in range(count)) for count in (1, 20))

    dna_graphml(few)
    dna_graphml(many)

    assert many.times == few.times


@pytest.mark.parametrize(("name", "bare"), [("José", "Jose"), ("Łódź", "Lodz"), ("Медведев", "?" * 8)])
def test_names_keep_their_letters_in_the_picture(name, bare):
    assert picture([Cell(name, "levy", "supports")])[0] != picture([Cell(bare, "levy", "supports")])[0]


def test_a_letter_that_the_font_lacks_is_a_question_mark_in_the_picture_and_itself_in_the_alt_text():
    drawn, alt = picture([Cell("王", "levy", "supports")])

    assert drawn == picture([Cell("?", "levy", "supports")])[0]
    assert "王" in alt
