"""Closed lists of the seating floor."""

from enum import StrEnum


class Rule(StrEnum):
    """What a seating should keep; the words people read stand in `wording`."""

    EVERYBODY_SITS = "everybody_sits"
    CAPACITY = "capacity"
    ACCESSIBLE = "accessible"
    NEW_TOPIC = "new_topic"
    INSTITUTION = "institution"
    EVEN_SIZES = "even_sizes"
    PARALLEL_SIZES = "parallel_sizes"


class Reason(StrEnum):
    """Why a wish did not come true in a round."""

    NO_TABLE = "no_table"
    OTHER_ROUND = "other_round"
    HOST = "host"
    FIXED = "fixed"
    NOT_ACCESSIBLE = "not_accessible"
    FULL_OF_FIRST_WISHES = "full_of_first_wishes"
    FULL_OF_FIXED = "full_of_fixed"
    FULL = "full"
    COLLEAGUE = "colleague"
    TOO_BIG = "too_big"
    TOO_SMALL_ELSEWHERE = "too_small_elsewhere"
    SEAT_FREE = "seat_free"
