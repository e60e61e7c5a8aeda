"""A sheet for every topic table: its question, figures, offers, and what earlier conferences said; to read together."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from flask_babel import gettext as _
from flask_babel import ngettext

from app.accounts.models import Municipality
from app.areas import queries as areas
from app.conferences.models import Conference, TopicInput
from app.conferences.queries import list_topic_inputs
from app.core.german import day
from app.core.qr import qr_svg
from app.core.typesetting import set_pdf
from app.core.vocabulary import TargetGroup
from app.findings.models import NeedLink
from app.indicators.figures import Figure
from app.indicators.reading import figures_for_areas
from app.offers.models import Offer
from app.offers.queries import list_offers_for_area
from app.offers.rules import is_for
from app.profiles import queries, wording
from app.tables.models import TopicTable
from app.tables.rules import grouped_code, short_address, table_address

TEMPLATE = Path(__file__).with_name("table_sheet.typ")
MOST_QUARTERS = 12
BUDGETS = (
    {"figures": 8, "quarters": 12, "inputs": 8, "offers": 8, "size": 13},
    {"figures": 6, "quarters": 12, "inputs": 7, "offers": 6, "size": 12},
    {"figures": 6, "quarters": 8, "inputs": 6, "offers": 5, "size": 11},
    {"figures": 5, "quarters": 6, "inputs": 6, "offers": 4, "size": 11},
    {"figures": 4, "quarters": 0, "inputs": 5, "offers": 3, "size": 11},
    {"figures": 3, "quarters": 0, "inputs": 3, "offers": 0, "size": 10},
)


def sheets_pdf(
    *,
    municipality: Municipality,
    conference: Conference,
    tables: Sequence[TopicTable],
    base_url: str,
    now: datetime,
) -> bytes:
    """One page per table, of open figures only; tables come with topic, questions and indicators."""
    area = conference.area
    tree = areas.area_tree(area.scheme_id)
    quarters = areas.list_children(area)[:MOST_QUARTERS]
    wanted = {one.id: one for table in tables for one in table.topic.indicators if one.leaves_office}
    figures = figures_for_areas([area, *quarters], list(wanted.values()), tree=tree)
    by_indicator = {
        indicator_id: [row[number] for row in figures.values()] for number, indicator_id in enumerate(wanted)
    }
    links = queries.list_need_links(municipality, list(wanted))
    offers = list_offers_for_area(area, tree=tree)
    said = list_topic_inputs({table.topic_id for table in tables})
    sheets = []
    for table in tables:
        chosen = [by_indicator[one.id] for one in table.topic.indicators if one.id in by_indicator]
        asked = [link for link in links if link.indicator_id in {one.id for one in table.topic.indicators}]
        sheets.append(
            {
                **_head(table, base_url),
                "figures": [_figure(own, below) for own, *below in chosen],
                "inputs": [_input(one) for one in said if one.topic_id == table.topic_id],
                "offers": [_offer(offer) for offer in _asked_for(offers, asked)],
                "for_whom": _for_whom(asked),
                "sources": _sources([own for own, *_below in chosen]),
            }
        )
    data = {
        "title": _("Datenblätter – %(title)s", title=conference.title),
        "town": municipality.name,
        "conference": conference.title,
        "area": area.name,
        "quarters": [quarter.name for quarter in quarters],
        "sheets": sheets,
        "budgets": list(BUDGETS),
    }
    return set_pdf(TEMPLATE, data, timestamp=int(now.timestamp()))


def _head(table: TopicTable, base_url: str) -> dict:
    address = table_address(base_url, table.code)
    return {
        "number": table.number,
        "title": table.title,
        "questions": [question.text for question in table.topic.questions],
        "address": address,
        "typed": short_address(address),
        "code": grouped_code(table.code),
        "qr": qr_svg(address),
    }


def _figure(own: Figure, below: Sequence[Figure]) -> dict:
    return {
        "name": own.indicator.name,
        "value": own.text if own.is_rate else own.shown,
        "cases": wording.cases(own) or ("" if own.value is not None else str(own.state.label)),
        "town": own.town_text if own.is_rate else "",
        "date": day(own.reference_date),
        "change": wording.change(own),
        "reads": str(own.indicator.polarity.label),
        "quarters": [{"value": one.text if one.is_rate else one.shown, "cases": wording.cases(one)} for one in below],
    }


def _asked_for(offers: Sequence[Offer], links: Sequence[NeedLink]) -> list[Offer]:
    """The offers the figures of a topic ask for; the area's own ones where nothing is linked to them."""
    if not links:
        return [offer for offer in offers if offer.areas]
    return [
        offer
        for offer in offers
        if any(
            offer.category == link.category and is_for(offer.target_groups, TargetGroup(link.target_group))
            for link in links
        )
    ]


def _for_whom(links: Sequence[NeedLink]) -> str:
    groups = dict.fromkeys(TargetGroup(link.target_group) for link in links)
    return ", ".join(str(group.label) for group in groups if group is not TargetGroup.ALL)


def _offer(offer: Offer) -> str:
    said = f"{offer.name} ({offer.institution.label})"
    return said if offer.areas else said + ", " + _("stadtweit")


def _input(one: TopicInput) -> dict:
    voices = ngettext("%(source)s, 1 Stimme", "%(source)s, %(num)s Stimmen", one.voices, source=one.source)
    return {"text": one.text, "from": voices}


def _sources(figures: Sequence[Figure]) -> str:
    return "; ".join(dict.fromkeys(figure.source for figure in figures if figure.source))
