"""What a few letters may ask of us."""

from officine.lib.markdown import render

SMALL = "| Paese | IVA |\n|---|---|\n| Francia | 20 % |\n"


def test_a_table_is_shown_as_a_table():
    assert render(SMALL).count("<td>") == 2
    assert "<table>" in render(f"Prima il testo:\n\n{SMALL}\n" + "Poi altro testo.\n\n" * 300)


def test_a_table_of_thousands_of_empty_cells_stays_the_text_it_is():
    columns, rows = 300, 6000
    text = "|a" * columns + "\n" + "|-" * columns + "\n" + "|b\n" * rows

    html = render(text)

    assert "<table>" not in html
    assert len(html) < 3 * len(text)
