"""The profile on one page, for a talk or for the wall: tagged PDF, whatever does not fit stands online."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Municipality
from app.core.german import day, signed
from app.core.qr import qr_svg
from app.core.typesetting import set_pdf
from app.indicators.maps import DrawnMap
from app.profiles import wording
from app.profiles.pictures import standing_alone
from app.profiles.profile import IndexOf, Line, Profile

TEMPLATE = Path(__file__).with_name("profile.typ")
LONGEST_NAME = 90


@dataclass(frozen=True)
class Budget:
    """How much of everything may stand on the page; the template takes the first budget that fits."""

    figures: int
    offers: int
    recommendations: int
    assessments: int
    map_height: int  # millimetres


BUDGETS = (
    Budget(14, 8, 6, 2, 62),
    Budget(12, 8, 6, 1, 58),
    Budget(12, 6, 5, 1, 54),
    Budget(10, 6, 4, 1, 54),
    Budget(10, 5, 4, 0, 50),
    Budget(10, 4, 3, 0, 46),
    Budget(10, 2, 2, 0, 42),
    Budget(8, 2, 2, 0, 40),
    Budget(6, 1, 1, 0, 34),
    Budget(3, 1, 1, 0, 30),
)


def profile_pdf(
    municipality: Municipality, profile: Profile, drawn: DrawnMap | None, *, address: str, now: datetime
) -> bytes:
    """A profile without internal things as PDF; `address` is where the page stands, printed as text and QR code."""
    area = profile.area
    return set_pdf(
        TEMPLATE,
        {
            "town": municipality.name,
            "name": area.name,
            "place": f"{area.level.name} {area.code}",
            "as_of": _("Zahlen bis %(day)s", day=day(profile.as_of)) if profile.as_of else "",
            "address": address,
            "qr": qr_svg(address),
            "stand_outs": _stand_outs(profile),
            "map": _map(profile, drawn),
            "indexes": [_index(found) for found in profile.indexes],
            "figures": [_figure(line) for line in profile.lines],
            "offers": [_short(f"{offer.name} ({offer.institution.label})") for offer in profile.offers],
            "town_wide": _town_wide(profile),
            "recommendations": [
                {"title": _short(row.title), "state": wording.outcome(row.status), "lead": _short(row.lead or "")}
                for row in profile.recommendations
            ],
            "assessments": [
                {"text": said.text, "who": f"{said.author_group}, {day(said.made_on)}"} for said in profile.assessments
            ],
            "sources": _sources(profile.lines),
            "clearances": wording.clearances(profile.clearances[:3]),
            "caveat": wording.index_caveat() if profile.indexes else "",
            "budgets": [asdict(budget) for budget in BUDGETS],
        },
        timestamp=int(now.timestamp()),
    )


def _stand_outs(profile: Profile) -> list[dict]:
    return [
        {
            "name": figure.indicator.name,
            "value": figure.text,
            "place": wording.place(found.place, figure.town_text),
            "judgement": wording.judgement(found.judgement),
            "cases": wording.cases(figure),
        }
        for figure, found in profile.stand_outs
    ]


def _map(profile: Profile, drawn: DrawnMap | None) -> dict | None:
    if drawn is None or not drawn.svg:
        return None
    reads = _("Je dunkler, desto stärker belastet. ") if drawn.legend else ""
    caption = reads + _("Dick umrandet: %(name)s.", name=profile.area.name)
    return {"svg": standing_alone(drawn.svg), "alt": f"{_('Karte')}: {drawn.title}. {caption}", "caption": caption}


def _index(found: IndexOf) -> dict:
    index, verdict = found.result.index, found.verdict
    if not verdict.included:
        said = _("Kein Index.") + f" {verdict.reason}"
    else:
        order = _("Klassen von der geringsten zur höchsten Belastung: %(names)s.", names=", ".join(found.order))
        said = f"{index.orientation.label} {order}"
    return {
        "name": index.name,
        "class": _("Klasse „%(name)s“", name=verdict.class_name) if verdict.included else "",
        "value": found.shown if verdict.included else "",
        "said": said,
        "basis": wording.index_basis(index),
        "parts": ", ".join(f"{part.short_name} {signed(size, 2)}" for part, size, _bar in found.parts)
        if verdict.included
        else "",
    }


def _figure(line: Line) -> dict:
    figure = line.figure
    return {
        "name": figure.indicator.name,
        "value": figure.text if figure.is_rate else figure.shown,
        "cases": wording.cases(figure) or ("" if figure.value is not None else str(figure.state.label)),
        "town": figure.town_text if figure.is_rate else "",
        "rank": wording.rank(line.rank),
        "change": wording.change(figure),
        "date": day(figure.reference_date),
        "chart": standing_alone(line.chart),
        "alt": wording.course_title(figure) + ": " + wording.course(figure, line.points),
    }


def _town_wide(profile: Profile) -> str:
    if not profile.town_wide:
        return ""
    return ngettext("Dazu %(num)s stadtweites Angebot.", "Dazu %(num)s stadtweite Angebote.", profile.town_wide)


def _sources(lines: Sequence[Line]) -> str:
    return "; ".join(dict.fromkeys(line.figure.source for line in lines if line.figure.source))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1].rstrip() + "…"
