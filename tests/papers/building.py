"""A paper with everything in it, for the tests of this floor."""

from app.accounts.models import Membership, Municipality
from app.areas.models import Area
from app.conferences.models import ActionField, Conference
from app.consolidation.models import ConsolidatedPoint, Recommendation, SetAside
from app.contributions.enums import ContributionState
from app.contributions.models import Contribution
from app.core.vocabulary import TargetGroup
from app.extensions import db
from app.indicators.models import Indicator, IndicatorValue
from app.institutions.models import Institution
from app.papers import services
from app.papers.models import PaperVersion, StrategyPaper
from app.tables.models import TopicTable
from tests import factories

UKRAINIAN = "Мама не може сама поїхати до лікаря, ґанок занадто високий."
ARABIC = "لا توجد حافلة مباشرة إلى مركز المدينة بعد الساعة السادسة."
HIDDEN = "GEHEIMER-BEITRAG-7731"
PERSON = "Robin Beispiel"


def build(town: factories.Town, rows: int = 1) -> None:
    """Points, recommendations and voices; the first point also holds a hidden contribution."""
    conference, table = db.session.get(Conference, town.conference), db.session.get(TopicTable, town.table)
    field = db.session.get(ActionField, town.action_field)
    indicator = db.session.get(Indicator, town.indicator)
    for number in range(1, rows + 1):
        point = factories.point(conference, f"Wege sind zu weit {number}", number, action_field_id=field.id)
        recommendation = factories.recommendation(
            conference,
            f"Bürgerbus für Überlandfahrten {number}",
            number,
            action_field_id=field.id,
            lead_id=town.institution,
            text="Wir empfehlen, einen Bürgerbus zu erproben.",
            target_groups=["older"],
        )
        said = [
            factories.contribution(table, UKRAINIAN, language="uk", state=ContributionState.SHOWN, dots=3),
            factories.contribution(table, ARABIC, language="ar", state=ContributionState.SHOWN),
            factories.contribution(
                table,
                "Größere Straßenüberquerungshilfen wären schön.",
                state=ContributionState.SHOWN,
                target_group=TargetGroup.OLDER,
                participant="teilnehmer-kennzeichen",
            ),
            factories.contribution(table, HIDDEN, state=ContributionState.HIDDEN, hidden_reason="nennt eine Person"),
        ]
        link(point, recommendation, said, indicator)
        aside = factories.contribution(table, f"Danke für die Suppe {number}", state=ContributionState.SHOWN)
        db.session.add(SetAside(contribution_id=aside.id, reason="kein Anliegen", at=factories.NOW))
        factories.contribution(table, f"Noch offen {number}", state=ContributionState.SHOWN)
    db.session.flush()


def link(point: ConsolidatedPoint, recommendation: Recommendation, said: list, indicator: Indicator) -> None:
    """Let voices support a point, the point and an indicator a recommendation."""
    db.session.refresh(point, ["contributions"])
    db.session.refresh(recommendation, ["points", "areas", "indicators"])
    point.contributions.extend(said)
    recommendation.points.append(point)
    recommendation.indicators.append(indicator)
    db.session.flush()


def start(town: factories.Town, title: str = "Strategiepapier Mitte") -> StrategyPaper:
    """A paper begun for the town's conference."""
    return services.start_paper(
        municipality=db.session.get(Municipality, town.municipality),
        conference=db.session.get(Conference, town.conference),
        title=title,
        user=None,
        now=factories.NOW,
    )


def freeze(paper: StrategyPaper, **kwargs) -> PaperVersion:
    """The next version."""
    return services.freeze_paper(paper=paper, user=None, now=factories.NOW, **kwargs)


def published(town: factories.Town, rows: int = 1) -> str:
    """Build, begin, freeze, publish and commit; returns the paper's slug."""
    build(town, rows)
    paper = start(town)
    services.publish_paper(version=freeze(paper), user=None, now=factories.NOW)
    db.session.commit()
    return paper.slug


def change_everything(town: factories.Town) -> None:
    """Change names, texts, voices and figures below a frozen paper, and commit."""
    for model, fields in {
        Municipality: ("name", "imprint"),
        Conference: ("title", "venue"),
        Institution: ("name",),
        Indicator: ("name", "source"),
        ActionField: ("name",),
        ConsolidatedPoint: ("title", "summary"),
        Recommendation: ("title", "text", "goal"),
        Contribution: ("text",),
        TopicTable: ("title",),
        Area: ("name",),
    }.items():
        for row in db.session.scalars(db.select(model)):
            for name in fields:
                setattr(row, name, f"GEÄNDERT {row.id}")
    for value in db.session.scalars(db.select(IndicatorValue)):
        value.numerator = (value.numerator or 0) + 7
    for member in db.session.scalars(db.select(Membership).options(db.joinedload(Membership.user))):
        member.user.name = "GEÄNDERT"
    db.session.commit()
