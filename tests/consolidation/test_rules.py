"""Addresses of the desk, pages, and the usual form of a recommendation."""

import pytest

from app.consolidation.enums import Strength
from app.consolidation.rules import DeskView, Tally, opening_words, pages
from app.contributions.enums import Kind


def test_a_view_survives_its_own_address():
    view = DeskView(point=4, table=2, kind=Kind.GAP, text="Kita & Co", aside=True, page=3)

    assert DeskView.from_args({name: str(value) for name, value in view.args().items()}) == view


def test_nonsense_in_an_address_counts_as_not_given():
    view = DeskView.from_args({"punkt": "x", "tisch": "1e9", "art": "unsinn", "seite": "-4", "text": "  "})

    assert view == DeskView()


def test_the_plain_view_has_a_plain_address():
    assert DeskView().args() == {}


@pytest.mark.parametrize(("count", "wanted"), [(0, 1), (1, 1), (50, 1), (51, 2), (10_000, 200)])
def test_pages(count, wanted):
    assert pages(count) == wanted


def test_tally_counts_what_is_done():
    tally = Tally(total=10, open=3, aside=2)

    assert (tally.placed, tally.done) == (5, 7)


def test_a_recommendation_begins_in_the_usual_form():
    words = opening_words(
        strength=Strength.EXTEND, area="Mitte", target_groups=["Familien"], finding="Familien fehlt ein Ort."
    )

    assert words == (
        "Wir empfehlen, … in Mitte für Familien bis … auszubauen, weil … (Familien fehlt ein Ort), damit …"
    )
