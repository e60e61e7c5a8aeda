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
