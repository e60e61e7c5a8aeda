"""Situations to seat, small ones for brute force and large ones for speed."""

from dataclasses import replace
from random import Random

from app.seating.rules import Person, Situation, Table

TYPES = ("school", "police", "provider", "private")


def small(seed: int) -> tuple[Situation, dict[int, dict[int, int]]]:
    """Up to six people at up to three tables in up to two rounds, with seats fixed in some rounds."""
    random = Random(seed)
    topics = random.choice([[1, 2, 3], [1, 1, 2], [1, 2]])
    tables = [
        Table(10 + n, topic, random.randint(1, 4), accessible=random.random() < 0.7) for n, topic in enumerate(topics)
    ]
    people = [
        Person(
            id=n,
            wishes=tuple(random.sample([1, 2, 3, 4], random.randint(0, 3))),
            institution=random.choice([None, "A", "A", "B"]),
            accessible=random.random() < 0.2,
        )
        for n in range(1, random.randint(3, 6) + 1)
    ]
    people = [replace(one, type=TYPES[ord(one.institution or "A") % 2]) for one in people]
    rounds = random.randint(1, 2)
    fixed = {
        number: {one.id: random.choice(tables).id for one in people if random.random() < 0.15}
        for number in range(1, rounds + 1)
    }
    hosts = {people[0].id: tables[0].id} if random.random() < 0.3 else {}
    return Situation(people, tables, rounds, hosts), fixed


def large(
    people: int = 300,
    tables: int = 30,
    *,
    topics: int | None = None,
    rounds: int = 1,
    capacity: int = 12,
    popular: bool = False,
    one_institution: int = 0,
    accessible: float = 0.05,
    seed: int = 1,
) -> Situation:
    """A full house with three wishes each; `popular` lets most people want the same five topics."""
    random = Random(seed)
    topics = topics or tables
    weights = [20 if popular and topic < 5 else 1 for topic in range(topics)]
    houses = [0 if n < one_institution else 1 + random.randrange(people // 2) for n in range(people)]
    return Situation(
        people=[
            Person(n, _wishes(random, topics, weights), house, str(house % 12), random.random() < accessible)
            for n, house in enumerate(houses)
        ],
        tables=[Table(1000 + n, n % topics, capacity, accessible=n % 5 != 4) for n in range(tables)],
        rounds=rounds,
    )


def _wishes(random: Random, topics: int, weights: list[int]) -> tuple[int, ...]:
    wishes: list[int] = []
    while len(wishes) < 3:
        wish = random.choices(range(topics), weights)[0]
        if wish not in wishes:
            wishes.append(wish)
    return tuple(wishes)
