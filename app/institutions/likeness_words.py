"""The words of a name that tell institutions apart: legal forms gone, abbreviations written out, one spelling."""

import re
import unicodedata
from functools import lru_cache

LEGAL_FORMS = re.compile(
    r"\be\.\s?v\b\.?|\be\.?\s?v\.?(?=\s*$|\s*[,;)(–-])|\beingetragener verein\b|\bg?gmbh\b|\bmbh\b|\bg?ug\b"
    r"|\bhaftungsbeschränkt\b|\bgag\b|\be\.?\s?g\b\.?|\bkg\b|\bgbr\b|\bohg\b|& co\b\.?|\bk\.?d\.?ö\.?r\b\.?"
    r"|\ba\.?ö\.?r\b\.?|\bi\.\s?g\.|\bgemeinnützige?r?s? (?=gmbh|verein|gesellschaft|ug)"
)
EVANGELICAL = re.compile(r"\b(?:ev|evang|evgl)(?:\.\s*-?\s*|\s+|-)(?=\w)")
SEVERAL_WORDS = {
    "arbeiterwohlfahrt": "awo",
    "deutsches rotes kreuz": "drk",
    "rotes kreuz": "drk",
    "diakonisches werk": "diakonie",
    "caritas verband": "caritas",
    "caritasverband": "caritas",
    "paritätischer wohlfahrtsverband": "paritätischer",
    "paritätische": "paritätischer",
    "agentur für arbeit": "arbeitsagentur",
    "arbeiter samariter bund": "asb",
    "christlicher verein junger menschen": "cvjm",
    "sozialdienst katholischer frauen": "skf",
    "volkshochschule": "vhs",
    "haus der offenen tür": "jugendzentrum",
    "o t": "jugendzentrum",
}
ABBREVIATIONS = {
    "kita": "kindertagesstaette",
    "kindergarten": "kindertagesstaette",
    "kindertageseinrichtung": "kindertagesstaette",
    "kath": "katholische",
    "katholischer": "katholische",
    "katholisches": "katholische",
    "evangelischer": "evangelische",
    "evangelisches": "evangelische",
    "st": "sankt",
    "gs": "grundschule",
    "ggs": "grundschule",
    "kgs": "grundschule",
    "gemeinschaftsgrundschule": "grundschule",
    "fz": "familienzentrum",
    "jz": "jugendzentrum",
    "juz": "jugendzentrum",
    "jugendhaus": "jugendzentrum",
    "mgh": "mehrgenerationenhaus",
    "kv": "kreisverband",
    "ov": "ortsverband",
    "fb": "fachbereich",
    "jba": "jugendberufsagentur",
    "kirchengemeinde": "gemeinde",
    "str": "strasse",
    "ver": "verein",
}
EMPTY_WORDS = frozenset(
    [
        "der",
        "die",
        "das",
        "des",
        "dem",
        "den",
        "und",
        "u",
        "fuer",
        "im",
        "in",
        "am",
        "an",
        "auf",
        "von",
        "vom",
        "zu",
        "zur",
        "zum",
        "bei",
        "mit",
        "e",
        "v",
        "stadt",
        "staedtische",
        "staedtischer",
        "staedtisches",
        "staedt",
        "verein",
        "verband",
    ]
)


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """The telling words of a name, in alphabetical order; a name of nothing but empty words keeps them."""
    text = unicodedata.normalize("NFC", name[:200]).casefold().replace("ß", "ss")
    text = LEGAL_FORMS.sub(" ", text)
    text = EVANGELICAL.sub("evangelische ", text)
    text = " ".join(re.findall(r"\w+", text.replace("_", " ")))
    for phrase, short in SEVERAL_WORDS.items():
        text = re.sub(rf"\b{phrase}\b", short, text)
    words = [ABBREVIATIONS.get(word, word) for word in _without_accents(text).split()]
    words = [re.sub(r"(str|strasse)$", "strasse", word) if len(word) > 5 else word for word in words]
    telling = [word for word in words if word not in EMPTY_WORDS]
    return tuple(sorted(dict.fromkeys(telling or words)))


def _without_accents(text: str) -> str:
    for umlaut, written in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ı", "i"), ("ł", "l")):
        text = text.replace(umlaut, written)
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
