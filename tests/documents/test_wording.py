from __future__ import annotations

from datetime import date, timedelta

import pytest
import typst

from bot.compliance.measures import Decision, Recommendation
from bot.documents import wording
from tests.documents.conftest import measure

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(("number", "told"), [(0, "0 fiche"), (1, "1 fiche"), (2, "2 fiches")])
def test_zero_and_one_are_singular(number: int, told: str) -> None:
    assert wording.counted(number, "fiche") == told


def test_a_plural_that_takes_no_s_is_given() -> None:
    assert [wording.counted(number, "travail", "travaux") for number in (1, 2)] == ["1 travail", "2 travaux"]


@pytest.mark.parametrize(
    ("decision", "state"),
    [
        (None, ("todo", "à faire")),
        (Decision("done"), ("done", "fait")),
        (Decision("planned"), ("planned", "prévu")),
        (Decision("planned", TODAY), ("planned", "prévu le 24 novembre 2026")),
        (Decision("planned", TODAY - timedelta(1)), ("late", "prévu le 23 novembre 2026, date passée")),
        (Decision("not_applicable", reason="Vendu"), ("not_applicable", "sans objet")),
    ],
)
def test_a_measure_tells_where_it_stands(decision: Decision | None, state: tuple[str, str]) -> None:
    item = Recommendation(measure(1, "urgent", "faible", {}), (), (), decision)
    assert wording.measure_state(item, TODAY) == state


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Quel nom ? « Weda » : oui !", "Quel nom\xa0? «\xa0Weda\xa0»\xa0: oui\xa0!"),
        ("l'agenda d'« Odile », 'cité'", "l\u2019agenda d'«\xa0Odile\xa0», 'cité'"),
        ("Cabinet 😀👩‍⚕️ 中文", "Cabinet □ □"),
        ("e\u0301te\u0301\x00\x07\tfin\r\nsuite", "été fin\nsuite"),
        ('#panic("x") *a* _b_ @c $d$ \\ `e`', '#panic("x") *a* _b_ @c $d$ \\ `e`'),
    ],
)
def test_text_is_made_fit_for_print(typed: str, printed: str) -> None:
    assert wording.printable(typed) == printed
    assert wording.printable(printed) == printed


def test_the_fonts_inside_typst_draw_every_character_that_is_kept() -> None:
    everything = wording.printable(" ".join(map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x20000)])))
    source = b"""
      #set document(title: "x")
      #set text(lang: "fr", font: ("Libertinus Serif", "DejaVu Sans Mono"))
      #sys.inputs.text
    """
    # PDF/UA refuses a character without its glyph.
    assert typst.compile(
        source, sys_inputs={"text": everything}, ignore_system_fonts=True, pdf_standards=["ua-1"]
    )
