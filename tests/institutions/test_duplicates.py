"""Which entries might be one institution: every planted double is proposed, the ordinary directory gives none."""

import random
import time

import pytest

from app.demo import town
from app.institutions.duplicates import Profile, propose, resembling
from app.institutions.likeness_words import words_of

PLANTED = {
    "Caritasverband Auenbrück": "caritas",
    "Arbeiterwohlfahrt, Kreisverband Auenbrück": "awo",
    "Diakonisches Werk Auenbrück": "diakonie",
    "Lebenshilfe Auenbrueck eV": "lebenshilfe",
    "Auenbrück Suchthilfe gemeinnützige GmbH": "suchthilfe",
    "Sprachwerksatt Auenbrück": "sprachwerkstatt",
    "Agentur für Arbeit": "arbeitsagentur",
    "Ev. Kirchengemeinde Auenbrück Mitte": "evangelische-gemeinde",
    "JZ Kesselhaus": "kesselhaus",
    "Hafenschule": "hafenschule",
}


def ordinary() -> dict[str, Profile]:
    """The demo directory by key."""
    people = town.rows("people")
    return {
        row["key"]: Profile(
            number,
            row["name"],
            row["short_name"],
            row["umbrella"],
            frozenset(map(int, row["areas"].split())),
            frozenset(person["email"] for person in people if person["institution"] == row["key"]),
        )
        for number, row in enumerate(town.rows("institutions"), start=1)
    }


def pairs(*profiles: Profile, **options) -> list[tuple[int, int]]:
    return [(one.lower, one.higher) for one in propose(profiles, **options)]


def test_the_ordinary_directory_gives_no_proposals():
    assert propose(list(ordinary().values())) == []


def test_all_ten_planted_doubles_are_proposed_and_nothing_else():
    there = ordinary()
    planted = [Profile(number, name) for number, name in enumerate(PLANTED, start=101)]

    found = pairs(*there.values(), *planted)

    expected = {(there[key].id, one.id) for one, key in zip(planted, PLANTED.values(), strict=True)}
    assert set(found) == expected


def test_every_proposal_says_why():
    there = ordinary()
    planted = [Profile(number, name) for number, name in enumerate(PLANTED, start=101)]

    found = {one.higher: one.reasons for one in propose([*there.values(), *planted])}

    assert found[101] == ("gleicher Name bis auf Schreibweise, Rechtsform oder Reihenfolge",)
    assert found[110] == ("ähnlicher Name", "der Name der einen ist der Kurzname der anderen")
    assert all(found.values())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kinderschutzbund Süd e. V.", "Kinderschutz-Bund Süd"),
        ("Müller & Söhne Pflegedienst GmbH", "Pflegedienst Mueller und Soehne"),
        ("Kath. Kita St. Josef", "Katholische Kindertagesstätte Sankt Josef"),
        ("DRK KV Lippe", "Deutsches Rotes Kreuz, Kreisverband Lippe e.V."),
        ("Grundschule Bergstr.", "GGS Bergstraße"),
        ("Ev. Familienzentrum Arche", "Evangelisches FZ Arche"),
    ],
)
def test_spellings_of_the_same_name(one, other):
    assert pairs(Profile(1, one), Profile(2, other), Profile(3, "Sportverein Nord")) == [(1, 2)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Grundschule 1", "Grundschule 2"),
        ("Förderverein Hafenschule", "Hafenschule"),
        ("Seniorenbeirat der Stadt Auenbrück", "Integrationsrat der Stadt Auenbrück"),
        ("Jugendwerkstatt Auenbrück", "Sprachwerkstatt Auenbrück"),
        ("Kita Nord", "Kita Süd"),
        ("", "e. V."),
        ("=1+1", "\u202e"),
    ],
)
def test_names_that_are_two(one, other):
    assert pairs(Profile(1, one), Profile(2, other), Profile(3, "Kita Ost"), Profile(4, "Auenbrück Tafel")) == []


def test_the_same_address_or_short_name_is_a_reason_of_its_own():
    mail, shorts = frozenset({"info@treff.example"}), {"short_name": "NBH"}

    by_mail = propose([Profile(1, "Nachbarhaus", emails=mail), Profile(2, "Offene Tür", emails=mail)])
    by_short = propose([Profile(1, "Nachbarhaus", **shorts), Profile(2, "Nordbahnhof", **shorts)])

    assert [one.reasons for one in by_mail] == [("gleiche E-Mail-Adresse info@treff.example",)]
    assert [one.reasons for one in by_short] == [("gleicher Kurzname „NBH“",)]


def test_an_address_of_an_umbrella_that_many_share_is_none():
    mail = frozenset({"zentrale@verband.example"})
    names = ["Nachbarhaus", "Offene Tür", "Suppenküche", "Kleiderkammer", "Lesecafé"]

    assert propose([Profile(number, name, emails=mail) for number, name in enumerate(names, start=1)]) == []


def test_a_domain_helps_similar_names_and_a_free_one_does_not():
    own = [Profile(1, "Treffpunkt Linde Nord", emails=frozenset({"a@linde.example"}))]
    own += [Profile(2, "Treffpunkt Linde Lindenhof", emails=frozenset({"b@linde.example"}))]
    free = [Profile(1, "Treffpunkt Linde Nord", emails=frozenset({"a@gmx.de"}))]
    free += [Profile(2, "Treffpunkt Linde Lindenhof", emails=frozenset({"b@gmx.de"}))]
    others = [Profile(number, f"Verein {number}") for number in range(3, 9)]

    assert pairs(*own, *others) == [(1, 2)]
    assert pairs(*free, *others) == []


def test_pairs_told_apart_are_not_proposed_again():
    one, other = Profile(1, "Caritas Nord"), Profile(2, "Caritasverband Nord e. V.")

    assert pairs(one, other) == [(1, 2)]
    assert pairs(one, other, apart={(1, 2)}) == []


def test_the_order_of_the_directory_does_not_matter():
    rows = [*ordinary().values(), *(Profile(number, name) for number, name in enumerate(PLANTED, start=101))]
    shuffled = random.Random(3).sample(rows, len(rows))

    assert propose(shuffled) == propose(rows)


def test_whom_somebody_new_resembles():
    there = list(ordinary().values())

    assert [one.short_name for one in resembling(Profile(0, "Caritas Verband Auenbrück"), there)] == ["Caritas"]
    assert resembling(Profile(0, "Boxclub Lirchen"), there) == []


def test_very_long_names_cost_nothing():
    long = [Profile(number, "Verein " * 20 + f"x{number} " + "ä" * 10_000) for number in range(30)]

    begun = time.process_time()
    propose(long)

    assert time.process_time() - begun < 5


def test_a_thousand_institutions_take_a_moment():
    kinds = [
        "Kita",
        "Grundschule",
        "Seniorentreff",
        "Jugendzentrum",
        "Beratungsstelle",
        "Sportverein",
        "Pflegedienst",
        "Bürgerhaus",
    ]
    signs = [
        "Sonne",
        "Regenbogen",
        "Arche",
        "Brücke",
        "Linde",
        "Kastanie",
        "Anker",
        "Horizont",
        "Morgenrot",
        "Kompass",
        "Fähre",
        "Insel",
        "Wurzel",
    ]
    places = [
        "Nord",
        "Süd",
        "West",
        "Ost",
        "Hafen",
        "Lirchen",
        "Osterholz",
        "Eckerde",
        "Winkel",
        "Berg",
        "Tal",
        "Anger",
        "Brink",
        "Kamp",
        "Loh",
        "Rott",
    ]
    names = [f"{kind} {sign} {place}" for kind in kinds for sign in signs for place in places][:1000]
    words_of.cache_clear()

    begun = time.process_time()
    found = propose([Profile(number, name) for number, name in enumerate(names, start=1)])

    assert time.process_time() - begun < 5  # a tenth of a second on an ordinary machine
    assert found == []
