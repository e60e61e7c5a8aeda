"""German alphabetical order (DIN 5007-1): accents and case do not count, ß is ss."""

import unicodedata

_OWN_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i"})


def sort_key(*words: str) -> tuple:
    """A key that sorts names as a German directory does; the words themselves break ties."""
    return tuple(_plain(word) for word in words), words


def contains(text: str, search: str) -> bool:
    """Whether every word of `search` occurs in `text`, accents and case ignored: „muller“ finds „Müller“."""
    plain = _plain(text)
    return all(word in plain for word in _plain(search).split())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(_OWN_LETTERS)
