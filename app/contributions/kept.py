"""Answers made once and given to everybody until the table's version changes."""

from collections.abc import Callable

MOST_TABLES = 256


class Kept:
    """The latest answer of each table; `code` is random, so a deleted table's id coming back does no harm."""

    def __init__(self):
        self._answers: dict[str, tuple[int, object]] = {}

    def get(self, code: str, version: int, make: Callable[[], object]):
        """The answer for a version, made now when there is none. `make` must read what is committed."""
        known = self._answers.get(code)
        if known is not None and known[0] == version:
            return known[1]
        answer = make()
        if len(self._answers) >= MOST_TABLES:
            self._answers.pop(next(iter(self._answers)), None)
        self._answers[code] = (version, answer)
        return answer
