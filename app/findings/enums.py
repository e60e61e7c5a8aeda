"""Closed lists of the findings floor: what can be found, how need and supply are read, why there is no statement."""

from flask_babel import lazy_gettext as _l

from app.core.columns import LabelledEnum


class FindingKind(LabelledEnum):
    """What a cell of the matrix says, the weightiest first. The last two stand alone."""

    SERVICE_GAP = "service_gap", _l("Versorgungslücke")
    EXPIRING_FUNDING = "expiring_funding", _l("Förderung läuft aus")
    AWARENESS_GAP = "awareness_gap", _l("Bekanntheits-/Zugangslücke")
    OVERSUPPLY = "oversupply", _l("Überangebot")
    DUPLICATION = "duplication", _l("mögliche Doppelung")
    UNCONFIRMED = "unconfirmed", _l("weißer Fleck")
    NOTHING = "nothing", _l("nichts Auffälliges")
    NO_STATEMENT = "no_statement", _l("keine Aussage möglich")

    @property
    def sign(self) -> str:
        """The sign beside the words; never alone."""
        return SIGNS[self]

    @property
    def quiet(self) -> bool:
        """Whether the cell holds nothing to talk about."""
        return self in {FindingKind.NOTHING, FindingKind.NO_STATEMENT}


SIGNS = {
    FindingKind.SERVICE_GAP: "▼",
    FindingKind.EXPIRING_FUNDING: "!",
    FindingKind.AWARENESS_GAP: "?",
    FindingKind.OVERSUPPLY: "▲",
    FindingKind.DUPLICATION: "=",
    FindingKind.UNCONFIRMED: "○",
    FindingKind.NOTHING: "·",
    FindingKind.NO_STATEMENT: "–",
}
LOUD = [kind for kind in FindingKind if not kind.quiet]


class NeedClass(LabelledEnum):
    """How an area stands to the town in the figure that shows the need."""

    HIGH = "high", _l("hoch")
    MIDDLE = "middle", _l("mittel")
    LOW = "low", _l("gering")
    UNKNOWN = "unknown", _l("nicht bekannt")


class Silence(LabelledEnum):
    """Why nothing can be said about the need."""

    NO_LINK = "no_link", _l("Für dieses Thema ist noch kein Indikator als Bedarfsbezug festgelegt.")
    NOT_AGREED = "not_agreed", _l("Der Indikator des Bedarfsbezugs ist zurzeit nicht vereinbart.")
    SECRET = "secret", _l("Der Wert dieses Gebiets ist geheim zu halten.")
    MISSING = "missing", _l("Für dieses Gebiet liegt kein freigegebener Wert vor.")
    NO_COMPARISON = "no_comparison", _l("Es fehlt ein Wert der Kommune, mit dem sich das Gebiet vergleichen lässt.")


class Basis(LabelledEnum):
    """What the supply of an area is measured by."""

    PLACES = "places", _l("Plätze je 100 Personen der Zielbevölkerung")
    PER_THOUSAND = "per_thousand", _l("Angebote je 1.000 Personen der Zielbevölkerung")
    COUNT = "count", _l("Anzahl der Angebote")
