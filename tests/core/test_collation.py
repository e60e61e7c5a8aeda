"""German alphabetical order and searching without accents."""

from app.core.collation import contains, sort_key


def test_names_sort_as_in_a_german_directory():
    names = ["Zimmer", "Özdemir", "Oehler", "Łukasz", "Lampe", "Straße", "Strasse", "Ähre", "Ahrens"]

    ordered = sorted(names, key=sort_key)

    assert ordered == ["Ähre", "Ahrens", "Lampe", "Łukasz", "Oehler", "Özdemir", "Strasse", "Straße", "Zimmer"]


def test_search_ignores_case_and_accents_and_wants_every_word():
    assert contains("Caritasverband Müller e. V.", "muller CARITAS")
    assert not contains("Caritasverband Müller", "muller diakonie")
