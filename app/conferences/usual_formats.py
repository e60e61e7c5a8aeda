"""Five kinds of events most municipalities know, each with a check list to begin with: a proposal, nothing fixed."""

from dataclasses import dataclass

from app.conferences.enums import Participation


@dataclass(frozen=True)
class UsualFormat:
    """A format with its check list: what, how many days before the event."""

    name: str
    participation: Participation
    steps: tuple[tuple[str, int], ...]


USUAL_FORMATS = (
    UsualFormat(
        "Expert*innendialog",
        Participation.INVITATION,
        (
            ("Termin mit Leitung und Fachbereichen abstimmen", 98),
            ("Barrierefreie Räume und Technik buchen", 84),
            ("Zahlen zum Gebiet bei der Statistikstelle anfragen", 70),
            ("Themen und Leitfragen mit den Fachbereichen festlegen", 56),
            ("Verzeichnis der Institutionen prüfen und ergänzen", 49),
            ("Einladungen verschicken", 42),
            ("An offene Antworten erinnern", 18),
            ("Moderation für jeden Tisch gewinnen", 21),
            ("Datenblätter und Tischkarten drucken", 5),
            ("Tische nach Wünschen besetzen, Moderation einweisen", 2),
        ),
    ),
    UsualFormat(
        "Sozialraumkonferenz",
        Participation.MIXED,
        (
            ("Termin mit den Einrichtungen im Sozialraum abstimmen", 84),
            ("Ort im Sozialraum buchen, Zugänge prüfen", 70),
            ("Raumprofil mit aktuellen Zahlen erstellen", 49),
            ("Einladungen verschicken, Anmeldung öffnen", 42),
            ("Aushang und Hinweis in der Presse", 28),
            ("Kinderbetreuung und Verpflegung bestellen", 14),
            ("Tischkarten und Namensschilder drucken", 4),
        ),
    ),
    UsualFormat(
        "Stadtteilkonferenz",
        Participation.OPEN,
        (
            ("Vorbereitungsgruppe im Stadtteil einberufen", 84),
            ("Ort im Stadtteil buchen, Barrierefreiheit prüfen", 70),
            ("Handlungsfelder mit den anderen Stadtteilen abgleichen", 56),
            ("Anmeldung öffnen, Plakate und Einladung in mehreren Sprachen", 35),
            ("Übersetzung und Kinderbetreuung organisieren", 21),
            ("Verpflegung bestellen", 10),
            ("Material packen, Wegweiser drucken", 3),
        ),
    ),
    UsualFormat(
        "Fachplanungskonferenz",
        Participation.ADMINISTRATION,
        (
            ("Termin mit den Fachbereichen abstimmen", 56),
            ("Ergebnisse der Stadtteile zusammenstellen", 28),
            ("Stand der Maßnahmen bei den Federführungen abfragen", 21),
            ("Raum und Technik buchen", 21),
            ("Unterlagen an die Fachbereiche schicken", 7),
        ),
    ),
    UsualFormat(
        "Werkstatt",
        Participation.INVITATION,
        (
            ("Fragestellung und Teilnehmende festlegen", 42),
            ("Raum mit Arbeitsflächen buchen", 35),
            ("Einladungen verschicken", 28),
            ("Material und Arbeitsblätter vorbereiten", 7),
        ),
    ),
)
