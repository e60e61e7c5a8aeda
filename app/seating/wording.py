"""What people read about a seating: reasons and rules as sentences."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from app.seating.enums import Reason, Rule
from app.seating.explanation import Unmet
from app.seating.rules import Breach


def why(unmet: Unmet, discreet: bool = False) -> str:
    """One sentence for an unmet wish; `discreet` does not tell that somebody needs an accessible place."""
    return {
        Reason.NO_TABLE: _("Zu diesem Thema gibt es keinen Tisch."),
        Reason.OTHER_ROUND: _("Ist in Runde %(n)s dran.", n=unmet.round),
        Reason.HOST: _("Führt als Gastgeber*in durch den eigenen Tisch."),
        Reason.FIXED: _("Der Platz in dieser Runde ist von Hand festgelegt."),
        Reason.NOT_ACCESSIBLE: _("Der Tisch dazu ist nicht barrierefrei erreichbar."),
        Reason.FULL_OF_FIRST_WISHES: _("Alle Plätze gingen an Personen, für die es der erste Wunsch war."),
        Reason.FULL_OF_FIXED: _("Alle Plätze sind von Hand festgelegt."),
        Reason.FULL: _("Alle Plätze sind vergeben; ein Tausch hätte anderen mehr genommen oder eine Regel verletzt."),
        Reason.COLLEAGUE: _("Dort sitzt schon jemand aus derselben Institution."),
        Reason.TOO_BIG: _("Der Tisch wäre im Vergleich zu den anderen zu groß geworden."),
        Reason.TOO_SMALL_ELSEWHERE: _("Der jetzige Tisch wäre im Vergleich zu den anderen zu klein geworden."),
        Reason.SEAT_FREE: _("Dort ist noch ein Platz frei: Sie können die Person umsetzen."),
    }[Reason.FULL if discreet and unmet.reason is Reason.NOT_ACCESSIBLE else unmet.reason]


def gave_way(breaches: Sequence[Breach]) -> list[str]:
    """One sentence for each rule that is broken in a round, gravest first."""
    found = {rule: [breach for breach in breaches if breach.rule is rule] for rule in Rule}
    return [_sentence(rule, len(some), sum(breach.by for breach in some)) for rule, some in found.items() if some]


def _sentence(rule: Rule, places: int, by: int) -> str:
    return {
        Rule.EVERYBODY_SITS: ngettext("Eine Person hat keinen Platz.", "%(num)s Personen haben keinen Platz.", places),
        Rule.CAPACITY: ngettext(
            "An einem Tisch sitzen mehr Personen als vorgesehen (insgesamt %(by)s zu viel).",
            "An %(num)s Tischen sitzen mehr Personen als vorgesehen (insgesamt %(by)s zu viel).",
            places,
            by=by,
        ),
        Rule.ACCESSIBLE: ngettext(
            "Eine Person, die einen barrierefreien Platz braucht, hat keinen.",
            "%(num)s Personen, die einen barrierefreien Platz brauchen, haben keinen.",
            places,
        ),
        Rule.NEW_TOPIC: ngettext(
            "Eine Person sitzt zum zweiten Mal am selben Thema.",
            "%(num)s Personen sitzen zum zweiten Mal am selben Thema.",
            places,
        ),
        Rule.INSTITUTION: ngettext(
            "An einem Tisch sitzen mehr Personen derselben Institution als nötig.",
            "Bei %(num)s Institutionen sitzen an einem Tisch mehr Personen als nötig.",
            places,
        ),
        Rule.EVEN_SIZES: ngettext(
            "Ein Tisch ist deutlich größer oder kleiner als die anderen.",
            "%(num)s Tische sind deutlich größer oder kleiner als die anderen.",
            places,
        ),
        Rule.PARALLEL_SIZES: ngettext(
            "Bei einem Thema sind die parallelen Tische ungleich besetzt.",
            "Bei %(num)s Themen sind die parallelen Tische ungleich besetzt.",
            places,
        ),
    }[rule]
