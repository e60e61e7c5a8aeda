"""The rules as sentences with the limits that hold, and a question for a table to begin with."""

from flask_babel import gettext as _

from app.core import german
from app.core.vocabulary import TargetGroup
from app.findings.enums import FindingKind
from app.findings.limits import Limits
from app.findings.lines import Line
from app.findings.rules import Finding, Verdict

DATIVES = {
    TargetGroup.EARLY_CHILDHOOD: "Schwangeren und Familien mit Kindern bis 3",
    TargetGroup.CHILDREN: "Kindern von 3 bis 10",
    TargetGroup.YOUTH: "Jugendlichen",
    TargetGroup.YOUNG_ADULTS: "jungen Erwachsenen",
    TargetGroup.FAMILIES: "Familien",
    TargetGroup.SINGLE_PARENTS: "Alleinerziehenden",
    TargetGroup.UNEMPLOYED: "Erwerbslosen",
    TargetGroup.NEWCOMERS: "Zugewanderten und Geflüchteten",
    TargetGroup.OLDER: "Älteren",
    TargetGroup.DISABLED: "Menschen mit Behinderung",
    TargetGroup.CARERS: "pflegenden Angehörigen",
    TargetGroup.HOMELESS: "Wohnungslosen",
    TargetGroup.ADDICTED: "Menschen mit Suchterkrankung",
    TargetGroup.ALL: "den Menschen",
}


def rule(finding: Finding, verdict: Verdict, limits: Limits) -> str:
    """The sentence of the rule with the limits that hold here, and why nothing can be said where that is so."""
    if finding.kind is FindingKind.NO_STATEMENT and verdict.silence:
        return f"{rules_in_words(limits)[finding.kind]} {verdict.silence.label}"
    return rules_in_words(limits)[finding.kind]


def rules_in_words(limits: Limits) -> dict[FindingKind, str]:
    """Every rule as a sentence with the limits that hold, also the legend of the matrix."""
    high = high_need(limits)
    thin, ample = german.number(limits.thin_supply, 2), german.number(limits.ample_supply, 2)
    half, months = german.number(limits.low_utilisation), german.number(limits.funding_months)
    return {
        FindingKind.SERVICE_GAP: _(
            "Der Bedarf ist hoch (%(high)s), und kein Angebot erreicht das Gebiet oder die Versorgung liegt unter dem "
            "%(thin)s-Fachen des Vergleichswerts.",
            high=high,
            thin=thin,
        ),
        FindingKind.EXPIRING_FUNDING: _(
            "Der Bedarf ist hoch (%(high)s), und die Förderung eines Angebots endet innerhalb von %(months)s Monaten "
            "oder ist schon ausgelaufen.",
            high=high,
            months=months,
        ),
        FindingKind.AWARENESS_GAP: _(
            "Der Bedarf ist hoch (%(high)s), ein Angebot ist da, aber zu weniger als %(half)s %% ausgelastet.",
            high=high,
            half=half,
        ),
        FindingKind.OVERSUPPLY: _(
            "Der Bedarf ist gering (spiegelbildlich zu hoch), und die Versorgung liegt über dem %(ample)s-Fachen "
            "des Vergleichswerts; oder der Bedarf ist nicht hoch, und die Angebote sind im Mittel zu weniger als "
            "%(half)s %% ausgelastet.",
            ample=ample,
            half=half,
        ),
        FindingKind.DUPLICATION: _(
            "Mindestens zwei Angebote verschiedener Träger haben dieselbe Kategorie, dieselbe Zielgruppe und dasselbe "
            "Gebiet; bekannte Zeiten überschneiden sich. Das ist ein Anlass zum Gespräch, kein Urteil."
        ),
        FindingKind.UNCONFIRMED: _(
            "Kein Eintrag wurde in den letzten %(months)s Monaten vom Träger bestätigt. Nicht bekannt heißt "
            "nicht: nicht vorhanden.",
            months=german.number(limits.confirmed_months),
        ),
        FindingKind.NOTHING: _("Keine der Regeln trifft zu."),
        FindingKind.NO_STATEMENT: _(
            "Ohne Aussage zum Bedarf lässt sich weder eine Lücke noch ein Überangebot feststellen."
        ),
    }


def high_need(limits: Limits) -> str:
    """When a need is high, in words."""
    return _(
        "mindestens %(deviation)s Standardabweichungen über der Kommune oder das %(ratio)s-Fache ihrer Quote",
        deviation=german.number(limits.need_deviation, 1),
        ratio=german.number(limits.need_ratio, 2),
    )


def question(kind: FindingKind, line: Line, area: str) -> str:
    """A guiding question a topic table can begin with."""
    words = {"group": DATIVES[line.target_group], "area": area, "topic": line.category}
    questions = {
        FindingKind.SERVICE_GAP: _("Was fehlt %(group)s in %(area)s beim Thema %(topic)s, und wer kann es anbieten?"),
        FindingKind.EXPIRING_FUNDING: _(
            "Was geht %(group)s in %(area)s verloren, wenn die Förderung endet, und wer trägt es weiter?"
        ),
        FindingKind.AWARENESS_GAP: _(
            "Was hält %(group)s in %(area)s davon ab, das Angebot zum Thema %(topic)s zu nutzen?"
        ),
        FindingKind.OVERSUPPLY: _(
            "Was wird in %(area)s beim Thema %(topic)s noch gebraucht, und was woanders dringender?"
        ),
        FindingKind.DUPLICATION: _(
            "Wie ergänzen sich die Angebote zum Thema %(topic)s in %(area)s, und was lässt sich absprechen?"
        ),
        FindingKind.UNCONFIRMED: _("Was gibt es in %(area)s beim Thema %(topic)s wirklich, und wer weiß davon?"),
        FindingKind.NOTHING: _("Was läuft in %(area)s beim Thema %(topic)s gut und soll so bleiben?"),
        FindingKind.NO_STATEMENT: _("Was wissen wir in %(area)s über den Bedarf beim Thema %(topic)s?"),
    }
    return questions[kind] % words
