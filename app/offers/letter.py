"""The mail that asks a provider to look through its offers. Pure text work; every value is one harmless line."""

from dataclasses import dataclass
from datetime import date

from app.core.german import long_day
from app.core.letters import one_line, plain_text

SUBJECT = "Bitte prüfen: Ihre Angebote im Sozialatlas {town}"
BODY = """\
{greeting}

im Sozialatlas {town} {count} von {provider}. Menschen suchen dort nach Hilfe, und die Sozialplanung liest daraus, wo \
etwas fehlt. Deshalb soll stimmen, was dort steht.

Bitte sehen Sie die Einträge bis {reply_by} durch. Über Ihren persönlichen Link bestätigen Sie alles mit einem Klick, \
berichtigen einzelne Angaben, melden, was es nicht mehr gibt, oder ergänzen, was fehlt. Ein Benutzerkonto brauchen \
Sie nicht:

{link}
{note}
Der Link gilt nur für Ihre Einrichtung und bis {expires_on}.

Mit freundlichen Grüßen
Sozialplanung {town}
"""


@dataclass(frozen=True)
class Request:
    """What all mails of one round have in common; `note` is a word of the office's own."""

    town: str
    reply_by: date
    expires_on: date
    note: str = ""


def write(request: Request, *, provider: str, greeting: str, offers: int, link: str) -> tuple[str, str]:
    """Subject and body for one provider."""
    note = plain_text(request.note).strip()
    count = "steht ein Angebot" if offers == 1 else f"stehen {offers} Angebote"
    values = {
        "town": one_line(request.town),
        "greeting": one_line(greeting),
        "provider": one_line(provider),
        "count": count,
        "reply_by": long_day(request.reply_by),
        "expires_on": long_day(request.expires_on),
        "link": link,
        "note": f"\n{note}\n" if note else "",
    }
    return one_line(SUBJECT.format(**values))[:200], BODY.format(**values)
