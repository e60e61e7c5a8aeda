"""Addresses, evidence, and which version may go out."""

import pytest

from app.papers.frozen_figures import differs
from app.papers.rules import refusal_to_publish, slug_for


@pytest.mark.parametrize(
    ("area", "taken", "slug"),
    [
        ("Mitte/Hafen", set(), "mitte-hafen-2026"),
        ("Groß-Überöd  (Süd)", set(), "gross-ueberoed-sued-2026"),
        ("Mitte", {"mitte-2026", "mitte-2026-2"}, "mitte-2026-3"),
        ("– / –", set(), "papier-2026"),
    ],
)
def test_slug_is_readable_and_free(area, taken, slug):
    assert slug_for(area, 2026, taken) == slug


def recommendation(**changes) -> dict:
    row = {"number": 3, "title": "Bürgerbus", "voices": [], "figures": [], "no_evidence_reason": None}
    return {**row, **changes}


def document(*recommendations: dict) -> dict:
    return {"version": 2, "recommendations": list(recommendations)}


def test_recommendation_without_evidence_is_named():
    refusal = refusal_to_publish(document(recommendation()), newest=2, published=False)

    assert "3 „Bürgerbus“" in refusal


@pytest.mark.parametrize(
    "changes",
    [{"voices": [7]}, {"figures": [{"state": "known"}]}, {"no_evidence_reason": "gesetzliche Pflicht"}],
)
def test_voice_figure_or_reason_is_enough(changes):
    assert refusal_to_publish(document(recommendation(**changes)), newest=2, published=False) is None


def test_secret_figure_is_no_evidence():
    bare = recommendation(figures=[{"state": "suppressed"}])

    assert refusal_to_publish(document(bare), newest=2, published=False) is not None


def test_only_the_newest_version_goes_out_once():
    assert "überholt" in refusal_to_publish(document(), newest=3, published=False)
    assert "schon veröffentlicht" in refusal_to_publish(document(), newest=2, published=True)


def test_figures_differ_when_they_would_be_printed_differently():
    then = {"state": "known", "value": 25.04, "digits": 1}

    assert not differs(then, {"state": "known", "value": 25.01, "digits": 1})
    assert differs(then, {"state": "known", "value": 25.06, "digits": 1})
    assert differs(then, {"state": "suppressed", "value": None, "digits": 1})
