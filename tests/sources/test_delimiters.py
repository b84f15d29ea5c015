"""Files as people save them, and the mark that parts their fields."""

import pytest

from vatra.sources.delimiters import guess, of_headings
from vatra.sources.mapping.cells import read_grid


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        # Rows of different lengths with decimal commas, "a,b" in one field of the headings.
        ("a,b\na;1,5;x\nb;2,5\nc;3,5;y;z\n", ";"),
        ("a,b\r\na;1,5;x\r\nb;2,5\r\nc;3,5;y;z\r\n", ";"),
        ("An;Consum\n2021;1,5\n2022;2,5\n", ";"),
        ("nota;val\nx;-1.234,5\ny;12 %\nz;3,5 %\n", ";"),
        ("an;mwh;\n2021;1,5;\n2022;2,5;\n", ";"),
        # Commas of prose, the same number in every line.
        ("Raport, anual\nCasnic, urban;1,5;x\nCasnic, rural;2,5\n", ";"),
        ("Gaz, mii m3;Cantitate, MWh\n1,5;2,5\n3;4\n", ";"),
        ("Adresa;kWh\nStr. Lungă,5,Bl. 3;1,5\nStr. Lungă,6,Bl. 3;2,5\n", ";"),
        ("An\tConsum, MWh\n2021\t1,5\n2022\t2\n", "\t"),
        ("An|Consum|nota\n2021|1,5|a;b\n2022|2,5|c\n", "|"),
        # One column alone: a comma would take its numbers apart.
        ("Consum\n1,5\n2,5\n", ";"),
        ("Sector\nA\nB\n", ","),
        ("an,mwh\n2021,5\n2022,6\n", ","),
        ("2021,5\n2022,6\n", ","),
        ("an, mwh, nota\n2021, 5, x\n2022, 6, y\n", ","),
        ('an,ce,mwh\n2021,"a; b; c; d",5\n2022,"e; ""f""; g; h",6\n', ","),
        ('An,Consum\n2021,"1,5"\n2022,"2,5"\n', ","),
        ("# exported, on 3 May\n# a; b\nan,sector,mwh\n2021,case,5\n2021,birouri,7\n", ","),
        ("code,for,share\na,buildings;transport,5\nb,waste;land,6\n", ","),
        ("sep=|\na,b|c\n1,5|2\n", "|"),
        ("", ","),
    ],
)
def test_the_mark_that_parts_the_lines(text, mark):
    assert guess(text) == mark


def test_headings_decide_alone_where_they_have_one_mark():
    assert of_headings('"cost, EUR";"a, b, c";unit', "1,2,3\n1,2,3") == ";"
    assert of_headings("year", "1;2") == ","
    assert of_headings("cost, EUR;unit", "1;MWh\n2;MWh") == ";"


def test_a_line_that_names_the_mark_is_no_row(tmp_path):
    (tmp_path / "x.csv").write_text("sep=;\na;b\n1,5;2\n", "utf-8")
    grid = read_grid(tmp_path / "x.csv")
    assert (grid.delimiter, grid.rows) == (";", [(2, ["a", "b"]), (3, ["1,5", "2"])])
