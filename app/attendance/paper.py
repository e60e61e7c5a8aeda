"""Everything on paper for the door, chosen parts in one document."""

from collections.abc import Collection, Mapping, Sequence
from io import BytesIO

from flask_babel import lazy_gettext as _l
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from app.accounts.models import Municipality
from app.conferences.models import Conference
from app.core.collation import sort_key
from app.core.columns import LabelledEnum
from app.invitations.models import Registration
from app.tables import print_kit
from app.tables.printing.attendance import signature_list
from app.tables.printing.badges import draw_badges
from app.tables.printing.lists import PaperList, draw_list
from app.tables.printing.sheet import new_canvas

WALK_IN_LINES = 40


class Part(LabelledEnum):
    """What can be printed, in the order in which it is."""

    BADGES = "badges", _l("Namensschilder")
    SIGNATURES = "signatures", _l("Anwesenheitsliste zum Unterschreiben")
    RECEPTION = "reception", _l("Empfangsliste nach Nachnamen")
    TABLES = "tables", _l("Liste nach Tischen")
    WALK_INS = "walk_ins", _l("Leere Zeilen für Gäste ohne Anmeldung")


def paper_pdf(
    *,
    municipality: Municipality,
    conference: Conference,
    people: Sequence[Registration],
    numbers: Mapping[int, Sequence[int]],
    parts: Collection[Part],
    base_url: str,
) -> bytes:
    """One PDF with the chosen parts; `numbers` are the tables of each person, round by round."""
    out = BytesIO()
    canvas = new_canvas(out, f"Einlass – {conference.title}", A4, municipality.name)
    where = print_kit.when_and_where(conference)
    for part in (one for one in Part if one in parts):
        canvas.bookmarkPage(part.value)
        canvas.addOutlineEntry(str(part.label), part.value)
        if part is Part.BADGES:
            draw_badges(canvas, conference.title, print_kit.badges_of(people, numbers, base_url))
        else:
            draw_list(canvas, conference.title, where, _LISTS[part](people, numbers))
    canvas.save()
    return out.getvalue()


def _signatures(people: Sequence[Registration], numbers: Mapping[int, Sequence[int]]) -> PaperList:
    return signature_list(print_kit.attendees_of(people, numbers))


def _reception(people: Sequence[Registration], numbers: Mapping[int, Sequence[int]]) -> PaperList:
    rows = [
        (print_kit.last_name_first(row), row.comes_from, print_kit.table_words(numbers.get(row.id, ())), "")
        for row in sorted(people, key=_by_name)
    ]
    widths = (62 * mm, 82 * mm, 22 * mm, 14 * mm)
    return PaperList("Empfangsliste", ("Name", "Institution", "Tisch", "da"), widths, rows)


def _by_table(people: Sequence[Registration], numbers: Mapping[int, Sequence[int]]) -> PaperList:
    seats = [(seats[0] if (seats := numbers.get(row.id)) else 10**6, row) for row in people]
    rows = [
        (print_kit.table_words(numbers.get(row.id, ())) or "–", print_kit.last_name_first(row), row.comes_from)
        for _first, row in sorted(seats, key=lambda pair: (pair[0], _by_name(pair[1])))
    ]
    return PaperList("Liste nach Tischen", ("Tisch", "Name", "Institution"), (24 * mm, 66 * mm, 90 * mm), rows)


def _walk_ins(people: Sequence[Registration], numbers: Mapping[int, Sequence[int]]) -> PaperList:  # noqa: ARG001 -- same shape as its neighbours
    widths = (50 * mm, 58 * mm, 16 * mm, 56 * mm)
    headings = ("Name", "Institution", "Tisch", "Unterschrift")
    return PaperList("Gäste ohne Anmeldung", headings, widths, (), WALK_IN_LINES)


def _by_name(person: Registration) -> tuple:
    return sort_key(person.last_name, person.first_name), person.id


_LISTS = {
    Part.SIGNATURES: _signatures,
    Part.RECEPTION: _reception,
    Part.TABLES: _by_table,
    Part.WALK_INS: _walk_ins,
}
