"""What the mails of a conference say unless somebody writes something better: one text for each kind, and its rules."""

from dataclasses import dataclass

from app.invitations.enums import MailKind

COMMON = {
    "anrede": "Anrede mit Namen",
    "vorname": "Vorname",
    "nachname": "Nachname",
    "institution": "Institution, aus der jemand kommt",
    "konferenz": "Titel der Konferenz",
    "datum": "Tag der Konferenz",
    "uhrzeit": "Beginn und Ende",
    "ort": "Veranstaltungsort mit Adresse",
    "absender": "wer schreibt",
}
OWN_LINK = {"link": "persönlicher Link"}
PAPERS_LINK = {"link": "Seite mit den Ergebnissen im Portal"}
DEADLINE = {"frist": "Tag, bis zu dem Sie eine Antwort erbitten"}
REPLIES = (MailKind.REGISTERED, MailKind.CONFIRM, MailKind.WAITING, MailKind.MOVED_UP)
"""Answers to what somebody did: they leave at once. Everything else is looked at first."""
GROUP_KINDS = (
    MailKind.REMINDER,
    MailKind.CHANGE,
    MailKind.CANCELLATION,
    MailKind.BEFORE,
    MailKind.THANKS,
    MailKind.OUTCOME,
)


@dataclass(frozen=True)
class Wording:
    """Subject and text of a kind of mail, and which placeholders it may use. Some make no sense without their link."""

    subject: str
    body: str
    extra: tuple[tuple[str, str], ...]
    needs_link: bool = True

    @property
    def placeholders(self) -> dict[str, str]:
        """Names with what they stand for."""
        return {**COMMON, **dict(self.extra)}


def _wording(subject: str, body: str, *extra: dict[str, str], needs_link: bool = True) -> Wording:
    known = {name: meaning for part in extra for name, meaning in part.items()}
    text = f"{{anrede}}\n\n{body.strip()}\n\nMit freundlichen Grüßen\n{{absender}}\n"
    return Wording(subject, text, tuple(known.items()), needs_link)


EVENT = "{konferenz}\n{datum}, {uhrzeit}\n{ort}"
WORDINGS = {
    MailKind.REMINDER: _wording(
        "Bitte antworten Sie noch: {konferenz} am {datum}",
        f"""
wir haben Sie eingeladen ({{institution}}) und noch keine Antwort von Ihnen:

{EVENT}

Bitte sagen Sie uns bis {{frist}}, ob Sie kommen. Auch eine Absage hilft uns bei der Planung:

{{link}}

Wenn Sie uns inzwischen geantwortet haben, danken wir Ihnen. Sie brauchen dann nichts weiter zu tun.
""",
        OWN_LINK,
        DEADLINE,
    ),
    MailKind.CHANGE: _wording(
        "Geändert: {konferenz} am {datum}",
        f"""
bei unserer Veranstaltung hat sich etwas geändert. Jetzt gilt:

{EVENT}

Die Kalenderdatei im Anhang bringt Ihren Kalender auf den neuen Stand.

Wenn Sie nun nicht kommen können, sagen Sie es uns bitte hier:

{{link}}
""",
        OWN_LINK,
        needs_link=False,
    ),
    MailKind.CANCELLATION: _wording(
        "Abgesagt: {konferenz} am {datum}",
        f"""
leider müssen wir diese Veranstaltung absagen:

{EVENT}

Die Kalenderdatei im Anhang nimmt den Termin aus Ihrem Kalender. Es tut uns leid, dass Sie sich den Tag umsonst \
freigehalten haben. Sobald wir mehr wissen, melden wir uns bei Ihnen.
""",
        OWN_LINK,
        needs_link=False,
    ),
    MailKind.BEFORE: _wording(
        "Bald ist es so weit: {konferenz} am {datum}",
        f"""
wir freuen uns auf Sie:

{EVENT}

Ihr Platz in der ersten Runde: {{tisch}}

Am Eingang liegt ein Namensschild für Sie bereit. Wenn Sie doch nicht kommen können, geben Sie Ihren Platz bitte hier \
frei:

{{link}}
""",
        OWN_LINK,
        {"tisch": "Tisch in der ersten Runde, sobald er feststeht"},
        needs_link=False,
    ),
    MailKind.THANKS: _wording(
        "Danke, dass Sie dabei waren: {konferenz}",
        """
vielen Dank, dass Sie am {datum} bei „{konferenz}“ mitgesprochen haben. Was an den Tischen gesagt wurde, werten wir \
jetzt aus. Sie erfahren, was daraus wird.

Wie war es für Sie? Vier kurze Fragen, ohne Ihren Namen:

{link}
""",
        OWN_LINK,
    ),
    MailKind.OUTCOME: _wording(
        "Was daraus wurde: {konferenz}",
        """
am {datum} haben Sie bei „{konferenz}“ mitgesprochen. Was daraus geworden ist, welche Empfehlungen es gibt und wer \
sich darum kümmert, lesen Sie hier:

{link}
""",
        PAPERS_LINK,
    ),
    MailKind.SUBSTITUTE: _wording(
        "Sie vertreten {institution}: {konferenz} am {datum}",
        f"""
{{institution}} hat Sie als Vertretung für unsere Veranstaltung genannt:

{EVENT}

Auf Ihrer eigenen Seite können Sie sagen, über welche Themen Sie sprechen möchten, ob Sie etwas brauchen, um gut \
teilnehmen zu können, oder dass Sie nicht kommen:

{{link}}
""",
        OWN_LINK,
    ),
    MailKind.REGISTERED: _wording(
        "Sie sind angemeldet: {konferenz} am {datum}",
        f"""
Ihre Anmeldung ist bei uns, Sie haben einen Platz:

{EVENT}

Auf Ihrer eigenen Seite können Sie Ihre Angaben ändern oder absagen:

{{link}}
""",
        OWN_LINK,
    ),
    MailKind.CONFIRM: _wording(
        "Bitte bestätigen: Anmeldung zu {konferenz}",
        f"""
mit dieser Adresse wurde jemand angemeldet:

{EVENT}

Waren Sie das? Dann bestätigen Sie es bitte bis {{frist}}:

{{link}}

Wenn Sie sich nicht angemeldet haben, tun Sie nichts. Die Angaben werden dann gelöscht.
""",
        OWN_LINK,
        DEADLINE,
    ),
    MailKind.WAITING: _wording(
        "Auf der Warteliste: {konferenz} am {datum}",
        f"""
alle Plätze sind vergeben, Sie stehen auf der Warteliste:

{EVENT}

Wird ein Platz frei, rücken Sie von selbst nach, und wir schreiben Ihnen sofort. Wenn Sie nicht mehr warten möchten:

{{link}}
""",
        OWN_LINK,
    ),
    MailKind.MOVED_UP: _wording(
        "Sie haben einen Platz: {konferenz} am {datum}",
        f"""
ein Platz ist frei geworden, und er gehört Ihnen:

{EVENT}

Wenn Sie doch nicht kommen können, geben Sie ihn bitte hier für andere frei:

{{link}}
""",
        OWN_LINK,
    ),
}
