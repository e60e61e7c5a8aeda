"""Closed lists of the indicators floor."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class Polarity(LabelledEnum):
    """In which direction a higher value points."""

    BURDEN = "burden", _l("höher = mehr Belastung")
    RELIEF = "relief", _l("höher = weniger Belastung")
    CONTEXT = "context", _l("ohne Wertung")


class ValueState(LabelledEnum):
    """Why a cell holds a figure or none: secret, missing and zero are three different things."""

    KNOWN = "known", _l("veröffentlicht")
    SUPPRESSED = "suppressed", _l("geheim")
    MISSING = "missing", _l("nicht vorhanden")


class Orientation(LabelledEnum):
    """How an index reads; always printed in words."""

    HIGHER_IS_BURDEN = "higher_is_burden", _l("Ein höherer Wert bedeutet eine höhere soziale Belastung.")
    HIGHER_IS_BETTER = "higher_is_better", _l("Ein höherer Wert bedeutet eine günstigere soziale Lage.")


class Gap(LabelledEnum):
    """Why an area that is added up from its parts has no figure."""

    NONE = "none", ""
    PART_SUPPRESSED = "part_suppressed", _l("Keine Summe, weil der Wert eines Teilgebiets geheim zu halten ist.")
    PART_MISSING = "part_missing", _l("Keine Summe, weil der Wert eines Teilgebiets fehlt.")
    NOT_ADDITIVE = "not_additive", _l("Keine Summe, weil nur Quoten und keine Fallzahlen vorliegen.")


class ReferenceType(LabelledEnum):
    """What a reference date stands for."""

    DAY = "day", _l("Stichtag")
    YEAR = "year", _l("Jahreswert")
    POOLED = "pooled", _l("mehrere Jahrgänge zusammen")


class Agreement(LabelledEnum):
    """Where an indicator stands in the agreement on what is measured."""

    PROPOSED = "proposed", _l("vorgeschlagen")
    ACCEPTED = "accepted", _l("vereinbart")
    REJECTED = "rejected", _l("abgelehnt")


class IndexKind(LabelledEnum):
    """Whether an index describes a state or a change."""

    STATUS = "status", _l("Status")
    DYNAMICS = "dynamics", _l("Dynamik")


class Method(LabelledEnum):
    """How the indicators of an area become one figure."""

    Z_SUM = "z_sum", _l("Summe der z-Werte, standardisiert")
    Z_MEAN = "z_mean", _l("Mittel der z-Werte")
    RANK_SUM = "rank_sum", _l("Rangsumme")
    MIN_MAX = "min_max", _l("Min-Max-Mittel (0 bis 100)")
    QUANTILE_POINTS = "quantile_points", _l("Quantilspunkte")
    DEVIATION_COUNT = "deviation_count", _l("Anzahl auffälliger Abweichungen")


class Centre(LabelledEnum):
    """What values are compared with."""

    AREA_MEAN = "area_mean", _l("Mittel der Gebiete")
    TOWN_VALUE = "town_value", _l("Wert der Kommune")


class Deviation(LabelledEnum):
    """How spread is measured."""

    POPULATION = "population", _l("Standardabweichung (n)")
    SAMPLE = "sample", _l("Standardabweichung (n − 1)")


class Outcome(LabelledEnum):
    """What disclosure control decided about a cell, and why. Only the statistics office may see which is which."""

    SHOWN = "shown", _l("wird gezeigt")
    PRIMARY = "primary", _l("geheim: zu wenige Fälle")
    COMPLEMENT = "complement", _l("geheim: fast alle sind betroffen")
    BASE = "base", _l("geheim: Bezugsgröße zu klein")
    SECONDARY = "secondary", _l("geheim: sonst wäre ein anderer Wert zu berechnen")
