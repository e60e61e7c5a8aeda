"""The desk's sentences: what the rules decided, in the words of the office."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from app.core.german import day
from app.office.rules import Facts, Kind, NextStep, Step, station_kinds

ONE_OR_MANY = {
    Step.SEND_INVITATIONS: lambda n: ngettext(
        "%(num)s Mail ist geschrieben und wartet auf Ihre Freigabe.",
        "%(num)s Mails sind geschrieben und warten auf Ihre Freigabe.",
        n,
    ),
    Step.CHASE_TASKS: lambda n: ngettext(
        "%(num)s Aufgabe der Vorbereitung ist überfällig.", "%(num)s Aufgaben der Vorbereitung sind überfällig.", n
    ),
    Step.CHASE_ANSWERS: lambda n: ngettext(
        "%(num)s Institution hat noch nicht geantwortet.", "%(num)s Institutionen haben noch nicht geantwortet.", n
    ),
    Step.FINISH_TASKS: lambda n: ngettext(
        "%(num)s Aufgabe der Vorbereitung ist noch offen.", "%(num)s Aufgaben der Vorbereitung sind noch offen.", n
    ),
    Step.CHECK_IN: lambda n: ngettext(
        "Heute ist es so weit. %(num)s Person wird erwartet.",
        "Heute ist es so weit. %(num)s Personen werden erwartet.",
        n,
    ),
    Step.OPEN_TABLES: lambda n: ngettext(
        "Heute ist es so weit. %(num)s Tisch ist noch nicht eröffnet.",
        "Heute ist es so weit. %(num)s Tische sind noch nicht eröffnet.",
        n,
    ),
    Step.MODERATE: lambda n: ngettext(
        "%(num)s Beitrag wartet auf die Moderation.", "%(num)s Beiträge warten auf die Moderation.", n
    ),
    Step.FOLLOW_ROOM: lambda n: ngettext(
        "%(num)s Tisch sammelt gerade Beiträge.", "%(num)s Tische sammeln gerade Beiträge.", n
    ),
    Step.CLOSE_TABLES: lambda n: ngettext(
        "Die Konferenz ist vorbei, aber %(num)s Tisch ist noch offen.",
        "Die Konferenz ist vorbei, aber %(num)s Tische sind noch offen.",
        n,
    ),
    Step.SORT_CONTRIBUTIONS: lambda n: ngettext(
        "%(num)s Beitrag ist noch keinem Punkt zugeordnet.", "%(num)s Beiträge sind noch keinem Punkt zugeordnet.", n
    ),
    Step.NAME_LEADS: lambda n: ngettext(
        "%(num)s Empfehlung hat noch keine Federführung.", "%(num)s Empfehlungen haben noch keine Federführung.", n
    ),
    Step.REPORT_FIRST: lambda n: ngettext(
        "%(num)s Empfehlung hat noch keinen Umsetzungsstand.",
        "%(num)s Empfehlungen haben noch keinen Umsetzungsstand.",
        n,
    ),
    Step.REPORT_AGAIN: lambda n: ngettext(
        "Bei %(num)s Empfehlung ist der letzte Stand über ein halbes Jahr alt.",
        "Bei %(num)s Empfehlungen ist der letzte Stand über ein halbes Jahr alt.",
        n,
    ),
}


def sentence(step: NextStep) -> str:
    """Why this is the next step."""
    if step.step in ONE_OR_MANY:
        return ONE_OR_MANY[step.step](step.count)
    return {
        Step.LOAD_DATA: _("Für diesen Raum liegen noch keine Zahlen vor."),
        Step.ADD_TOPICS: _("Die Konferenz hat noch keine Themen."),
        Step.CHOOSE_INSTITUTIONS: _("Noch ist keine Institution eingeladen."),
        Step.ADD_TABLES: _("Die Themen haben noch keine Tische."),
        Step.PRINT_KIT: _("Alles ist vorbereitet. Es fehlen nur noch Tischkarten und Namensschilder auf Papier."),
        Step.ENTER_CARDS: _("Es liegt kein Beitrag vor. Tragen Sie nach, was auf Papier gesammelt wurde."),
        Step.RECOMMEND: _("Aus den Punkten ist noch keine Empfehlung geworden."),
        Step.WRITE_PAPER: _("Das Papier hat noch keine veröffentlichte Fassung."),
        Step.PUBLISH_VERSION: _(
            "Fassung %(number)s ist festgehalten, aber noch nicht veröffentlicht.", number=step.count
        ),
        Step.ALL_REPORTED: _("Alle Empfehlungen haben einen aktuellen Stand."),
    }[step.step]


def action(step: NextStep) -> str:
    """What the button says."""
    return {
        Step.LOAD_DATA: _("Daten ansehen"),
        Step.ADD_TOPICS: _("Themen anlegen"),
        Step.CHOOSE_INSTITUTIONS: _("Institutionen auswählen"),
        Step.SEND_INVITATIONS: _("Mails prüfen"),
        Step.ADD_TABLES: _("Tische aufstellen"),
        Step.CHASE_TASKS: _("Aufgaben ansehen"),
        Step.CHASE_ANSWERS: _("Antworten ansehen"),
        Step.FINISH_TASKS: _("Aufgaben ansehen"),
        Step.PRINT_KIT: _("Druckmappe öffnen"),
        Step.CHECK_IN: _("Einlass beginnen"),
        Step.OPEN_TABLES: _("Tische eröffnen"),
        Step.MODERATE: _("Raum öffnen"),
        Step.FOLLOW_ROOM: _("Raum öffnen"),
        Step.CLOSE_TABLES: _("Tische schließen"),
        Step.ENTER_CARDS: _("Beiträge nachtragen"),
        Step.SORT_CONTRIBUTIONS: _("Beiträge zuordnen"),
        Step.RECOMMEND: _("Empfehlung schreiben"),
        Step.NAME_LEADS: _("Federführung eintragen"),
        Step.WRITE_PAPER: _("Am Papier schreiben"),
        Step.PUBLISH_VERSION: _("Fassung veröffentlichen"),
        Step.REPORT_FIRST: _("Stand eintragen"),
        Step.REPORT_AGAIN: _("Stand eintragen"),
        Step.ALL_REPORTED: _("Umsetzung ansehen"),
    }[step.step]


def until(event_day: date, today: date) -> str:
    """How far away the day is: „heute“, „in 5 Tagen“, „vor 3 Tagen“, else the date."""
    days = (event_day - today).days
    if days == 0:
        return _("heute")
    if abs(days) > 30:
        return day(event_day)
    if days > 0:
        return _("morgen") if days == 1 else _("in %(days)s Tagen", days=days)
    return _("gestern") if days == -1 else _("vor %(days)s Tagen", days=-days)


def station_states(facts: Facts, today: date) -> dict[str, tuple[str, str]]:
    """The thread line: word and kind of every station, for the macro `thread.thread`."""
    kinds = station_kinds(facts, today)
    words = _station_words(facts, today, kinds)
    return {key: (words[key], kind.value) for key, kind in kinds.items()}


def _station_words(facts: Facts, today: date, kinds: dict[str, Kind]) -> dict[str, str]:
    return {
        "data": _("Stand %(year)s", year=facts.data_as_of.year) if facts.data_as_of else _("fehlen"),
        "invite": _invite_word(facts, kinds["invite"]),
        "prepare": _prepare_word(facts, kinds["prepare"]),
        "run": _run_word(facts, today),
        "consolidate": _consolidate_word(facts, today),
        "paper": _paper_word(facts),
        "measures": _measures_word(facts),
    }


def _invite_word(facts: Facts, kind: Kind) -> str:
    if facts.invited == 0:
        return _("noch niemand")
    if facts.unsent and kind is not Kind.DONE:
        return _("%(n)s nicht verschickt", n=facts.unsent)
    if facts.unanswered and kind is not Kind.DONE:
        return _("%(n)s ohne Antwort", n=facts.unanswered)
    return ngettext("%(num)s Zusage", "%(num)s Zusagen", facts.accepted)


def _prepare_word(facts: Facts, kind: Kind) -> str:
    if kind is Kind.LATE:
        return _("%(n)s überfällig", n=facts.tasks_late)
    if facts.tables == 0:
        return _("keine Tische")
    if facts.tasks_open and kind is not Kind.DONE:
        return _("%(n)s offen", n=facts.tasks_open)
    return ngettext("%(num)s Tisch", "%(num)s Tische", facts.tables)


def _run_word(facts: Facts, today: date) -> str:
    if facts.contributions and today >= facts.day:
        return ngettext("%(num)s Beitrag", "%(num)s Beiträge", facts.contributions)
    return until(facts.day, today)


def _consolidate_word(facts: Facts, today: date) -> str:
    if facts.unsorted and today >= facts.day and facts.published_on is None:
        return _("%(n)s offen", n=facts.unsorted)
    if facts.recommendations:
        return ngettext("%(num)s Empfehlung", "%(num)s Empfehlungen", facts.recommendations)
    return _("steht bevor")


def _paper_word(facts: Facts) -> str:
    if facts.published_on is not None:
        return _("veröffentlicht")
    return _("nicht veröffentlicht") if facts.versions else _("steht bevor")


def _measures_word(facts: Facts) -> str:
    if facts.published_on is None:
        return _("steht bevor")
    waiting = facts.never_reported + facts.report_due
    return _("%(n)s ohne Stand", n=waiting) if waiting else _("aktuell")
