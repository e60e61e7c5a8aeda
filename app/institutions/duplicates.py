"""Which entries of the directory might be the same institution, and why: proposals, a person decides.

Names are compared word by word. A word counts the more the fewer institutions have it (inverse document frequency),
so that the town's own name, which half of the directory carries, says next to nothing. Likeness of two names is the
weight of the words they share as a part of the weight of all their words (Dice), typing errors allowed.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log

from rapidfuzz import fuzz, process

from app.institutions.likeness_words import words_of

NEARLY_SAME = 0.85
RATHER_SIMILAR = 0.55
LARGE_PART = 0.7
SAME_LETTERS = 80  # per cent: names worth a closer look though they share no whole word
SAME_WORD = 86  # per cent: „sprachwerksatt“ is „sprachwerkstatt“
SHORTEST_TYPO = 5
LONG_NAME = 10
SHARED_BY_MOST = 3  # what more institutions share than this is an umbrella's, not one institution's
EACH_FOR_ITSELF = frozenset(
    [
        "foerderverein",
        "freundeskreis",
        "elternbeirat",
        "elternrat",
        "betriebsrat",
        "jugendrat",
        "foerderkreis",
        "stiftung",
    ]
)
FREE_MAIL = frozenset(
    [
        "gmail.com",
        "googlemail.com",
        "gmx.de",
        "gmx.net",
        "web.de",
        "t-online.de",
        "freenet.de",
        "outlook.com",
        "outlook.de",
        "hotmail.com",
        "hotmail.de",
        "live.de",
        "yahoo.com",
        "yahoo.de",
        "icloud.com",
        "me.com",
        "posteo.de",
        "mailbox.org",
        "arcor.de",
        "aol.com",
        "online.de",
        "email.de",
        "mail.de",
        "proton.me",
        "protonmail.com",
        "1und1.de",
    ]
)


@dataclass(frozen=True)
class Profile:
    """What is looked at of an institution."""

    id: int
    name: str
    short_name: str = ""
    umbrella: str = ""
    areas: frozenset[int] = frozenset()
    emails: frozenset[str] = frozenset()

    @property
    def domains(self) -> set[str]:
        """Where its people get their mail, without the large providers everybody uses."""
        return {address.rpartition("@")[2].casefold() for address in self.emails} - FREE_MAIL


@dataclass(frozen=True)
class Proposal:
    """Two institutions that might be one; the lower id first. `likeness` orders the proposals, most alike first."""

    lower: int
    higher: int
    likeness: float
    reasons: tuple[str, ...]


def propose(profiles: Sequence[Profile], apart: Collection[tuple[int, int]] = ()) -> list[Proposal]:
    """Every pair worth a look, most alike first; `apart` are pairs (lower id first) a person told apart."""
    known = _Directory(profiles)
    by_id = {one.id: one for one in profiles}
    found = []
    for lower, higher in known.candidates() - set(apart):
        likeness, reasons = known.compare(by_id[lower], by_id[higher])
        if reasons:
            found.append(Proposal(lower, higher, likeness, tuple(reasons)))
    return sorted(found, key=lambda one: (-round(one.likeness, 3), one.lower, one.higher))


def resembling(one: Profile, profiles: Sequence[Profile], most: int = 3) -> list[Profile]:
    """Which institutions somebody new resembles, most alike first; `one` has an id of its own."""
    return Lookup(profiles).resembling(one, most)


class Lookup:
    """Many questions „whom does this one resemble?“ about the same institutions."""

    def __init__(self, profiles: Sequence[Profile]):
        self.profiles = profiles
        self.known = _Directory(profiles)
        self.texts = [" ".join(words_of(one.name)) for one in profiles]
        self.shorts = defaultdict(set)
        for place, one in enumerate(profiles):
            for text in filter(None, (" ".join(words_of(one.name)), " ".join(words_of(one.short_name)))):
                self.shorts[text].add(place)

    def resembling(self, one: Profile, most: int = 3) -> list[Profile]:
        """The institutions that might be this one, most alike first."""
        compared = [(self.known.compare(one, self.profiles[place]), place) for place in self._worth_a_look(one)]
        found = sorted((-likeness, place) for (likeness, reasons), place in compared if reasons)
        return [self.profiles[place] for _likeness, place in found[:most]]

    def _worth_a_look(self, one: Profile) -> set[int]:
        text = " ".join(words_of(one.name))
        close = process.extract(text, self.texts, scorer=fuzz.token_set_ratio, score_cutoff=75, limit=20)
        found = {place for _text, _score, place in close}
        for short in filter(None, (text, " ".join(words_of(one.short_name)))):
            found |= self.shorts[short]
        found |= {place for place, other in enumerate(self.profiles) if one.emails & other.emails}
        return found


class _Directory:
    """The institutions together: how rare each word is, who shares an address."""

    def __init__(self, profiles: Sequence[Profile]):
        self.profiles = profiles
        self.words = {one.id: words_of(one.name) for one in profiles}
        self.frequency = Counter(word for words in self.words.values() for word in words)
        self.emails = Counter(email for one in profiles for email in one.emails)
        self.domains = Counter(domain for one in profiles for domain in one.domains)
        self.shorts = Counter(" ".join(words_of(one.short_name)) for one in profiles)

    def weight(self, word: str) -> float:
        """The inverse document frequency of a word; a word nobody has weighs most."""
        return log(1 + max(len(self.profiles), 1) / max(self.frequency[word], 1))

    def candidates(self) -> set[tuple[int, int]]:
        """Pairs (lower id first) that share enough to be compared closely: 1,000 institutions have 500,000 pairs."""
        return self._alike_in_letters() | self._sharing_words() | self._sharing_marks()

    def _alike_in_letters(self) -> set[tuple[int, int]]:
        texts = [" ".join(self.words[one.id]) for one in self.profiles]
        if len(texts) < 2:
            return set()
        scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=SAME_LETTERS)
        return {
            _pair(self.profiles[row].id, self.profiles[column].id)
            for row, column in zip(*scores.nonzero(), strict=True)
            if row < column
        }

    def _sharing_words(self) -> set[tuple[int, int]]:
        having = defaultdict(list)
        for one in self.profiles:
            for word in self.words[one.id]:
                having[word].append(one.id)
        usual = max(10, len(self.profiles) // 20)
        shared: Counter[tuple[int, int]] = Counter()
        for word, ids in having.items():
            if 1 < len(ids) <= usual:
                weight = self.weight(word)
                for one, other in combinations(ids, 2):
                    shared[_pair(one, other)] += weight
        full = {id_: sum(map(self.weight, words)) for id_, words in self.words.items()}
        return {pair for pair, weight in shared.items() if 2 * weight > 0.4 * (full[pair[0]] + full[pair[1]])}

    def _sharing_marks(self) -> set[tuple[int, int]]:
        having = defaultdict(list)
        for one in self.profiles:
            for mark in {*one.emails, *_forms(one), _letters(self.words[one.id])}:
                having[mark].append(one.id)
        return {
            _pair(one, other)
            for ids in having.values()
            if len(ids) <= 2 * SHARED_BY_MOST
            for one, other in combinations(sorted(set(ids)), 2)
        }

    def compare(self, one: Profile, other: Profile) -> tuple[float, list[str]]:
        """How alike two institutions are, and in words why they are worth a look; no reasons: they are not."""
        if _told_apart(words_of(one.name), words_of(other.name)):
            return 0.0, []
        likeness = self.likeness(words_of(one.name), words_of(other.name))
        marks = self._marks(one, other)
        support = marks + self._circumstances(one, other)
        if likeness >= LARGE_PART and not marks and _is_part(words_of(one.name), words_of(other.name)):
            support.append("der eine Name steckt im anderen")
        if likeness >= NEARLY_SAME:
            return likeness, [_about_names(one, other, likeness), *support]
        if likeness >= RATHER_SIMILAR and support:
            return likeness, ["ähnlicher Name", *support]
        return max(likeness, 0.5), support if marks else []

    def likeness(self, one: Sequence[str], other: Sequence[str]) -> float:
        """0 to 1: what two names share; see the module."""
        if not one or not other:
            return 0.0
        if _letters(one) == _letters(other):
            return 1.0
        rest, shared = list(other), 0.0
        for word in one:
            same = word if word in rest else _mistyped(word, rest)
            if same is not None:
                rest.remove(same)
                shared += self.weight(word) + self.weight(same)
        whole = sum(map(self.weight, one)) + sum(map(self.weight, other))
        return shared / whole if whole else 0.0

    def _marks(self, one: Profile, other: Profile) -> list[str]:
        """What hardly two institutions have in common."""
        said = []
        own, others = _forms(one), _forms(other)
        short = " ".join(words_of(one.short_name))
        if short and short == " ".join(words_of(other.short_name)) and self.shorts[short] <= SHARED_BY_MOST:
            said.append(f"gleicher Kurzname „{one.short_name}“")
        elif own & others and words_of(one.name) != words_of(other.name):
            said.append("der Name der einen ist der Kurzname der anderen")
        shared = sorted(email for email in one.emails & other.emails if self.emails[email] <= SHARED_BY_MOST)
        if shared:
            said.append(f"gleiche E-Mail-Adresse {shared[0]}")
        return said

    def _circumstances(self, one: Profile, other: Profile) -> list[str]:
        """What makes similar names more telling."""
        said = []
        domains = sorted(domain for domain in one.domains & other.domains if self.domains[domain] <= SHARED_BY_MOST)
        if domains and not one.emails & other.emails:
            said.append(f"E-Mail-Adressen bei {domains[0]}")
        same_umbrella = one.umbrella and words_of(one.umbrella) == words_of(other.umbrella)
        if same_umbrella and one.areas & other.areas:
            said.append(f"gleicher Dachverband ({one.umbrella}) im selben Gebiet")
        return said


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _forms(one: Profile) -> set[str]:
    """Every way an institution is called."""
    return {text for text in (" ".join(words_of(one.name)), " ".join(words_of(one.short_name))) if text}


def _letters(words: Sequence[str]) -> str:
    """What is the same however a long name is cut into words; a short one is taken as it is."""
    text = "".join(words)
    return "".join(sorted(text)) if len(text) >= LONG_NAME else text


def _mistyped(word: str, others: Sequence[str]) -> str | None:
    if len(word) < SHORTEST_TYPO or any(map(str.isdigit, word)):
        return None
    found = process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=SAME_WORD)
    return found[0] if found and len(found[0]) >= SHORTEST_TYPO else None


def _told_apart(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the names themselves say that these are two: numbers differ, or one is the other's friends."""
    numbers = [{word for word in words if word.isdigit()} for words in (one, other)]
    return (all(numbers) and numbers[0] != numbers[1]) or bool(EACH_FOR_ITSELF & (set(one) ^ set(other)))


def _is_part(one: Sequence[str], other: Sequence[str]) -> bool:
    shorter, longer = sorted((set(one), set(other)), key=len)
    return len(shorter) > 1 and shorter < longer


def _about_names(one: Profile, other: Profile, likeness: float) -> str:
    if words_of(one.name) == words_of(other.name):
        return "gleicher Name bis auf Schreibweise, Rechtsform oder Reihenfolge"
    if likeness > 0.99:
        return "gleicher Name bis auf einzelne Buchstaben"
    return f"fast gleicher Name ({round(likeness * 100)} % der Wörter)"
