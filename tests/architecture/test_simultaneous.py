"""Two clicks at once: what is numbered or may be there only once stays so, and nobody sees an error of ours."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.accounts.models import Membership, Municipality
from app.conferences.action_fields import add_action_field
from app.conferences.models import ActionField, Conference, Topic
from app.conferences.topics import add_topic
from app.contributions.steps import enter_step_everywhere
from app.core.errors import RuleBroken
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Institution
from app.institutions.services import create_institution
from app.invitations.models import InvitationLetter, Registration
from app.invitations.services import current_letter, save_letter
from app.papers.models import PaperVersion, StrategyPaper
from app.papers.queries import paper_of_conference
from app.papers.services import freeze_paper, start_paper
from app.seating.services import propose_seats, seat_registration
from app.tables import queries as tables
from app.tables.enums import Phase
from app.tables.models import Seat, TopicTable
from app.tables.services import add_table, open_table, update_table
from tests import factories

AT_ONCE = 4


def at_once(app, act: Callable, *arguments) -> int:
    """Do an act in several transactions at the same moment; returns how many were not refused by a rule."""
    start = Barrier(AT_ONCE)

    def one(_number: int) -> bool:
        with app.app_context():
            start.wait()
            try:
                act(*arguments)
                db.session.commit()
            except RuleBroken:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sum(pool.map(one, range(AT_ONCE)))


def count(model) -> int:
    """Rows of a model."""
    return db.session.scalar(select(func.count()).select_from(model))


def conference_of(town) -> Conference:
    return db.session.get(Conference, town.conference)


def one_more_table(town):
    add_table(topic=db.session.get(Topic, town.topic))


def one_more_topic(town):
    add_topic(conference=conference_of(town), title="Wohnen")


def one_more_version(town):
    freeze_paper(paper=paper_of_conference(conference_of(town)), user=None, now=factories.NOW)


def the_field(town):
    add_action_field(municipality=db.session.get(Municipality, town.municipality), name="Wohnen")


def the_institution(town):
    home = db.session.get(Municipality, town.municipality)
    create_institution(municipality=home, name="Treff Nord", type=InstitutionType.ASSOCIATION)


def the_paper(town):
    home = db.session.get(Municipality, town.municipality)
    start_paper(municipality=home, conference=conference_of(town), title="Papier", user=None, now=factories.NOW)


def the_letter(town):
    home, conference = db.session.get(Municipality, town.municipality), conference_of(town)
    letter = current_letter(conference=conference, municipality=home, now=factories.NOW)
    organiser = db.session.scalar(
        select(Membership).where(Membership.id == town.organiser).options(db.joinedload(Membership.user))
    )
    save_letter(conference=conference, letter=letter, user=organiser.user, now=factories.NOW)


@pytest.mark.parametrize(("act", "model"), [(one_more_table, TopicTable), (one_more_topic, Topic)])
def test_numbers_are_given_once(app, town, act, model):
    done = at_once(app, act, town)

    with app.app_context():
        assert (done, count(model)) == (AT_ONCE, 1 + AT_ONCE)


def test_versions_of_a_paper_follow_each_other(app, town):
    at_once(app, the_paper, town)

    done = at_once(app, one_more_version, town)

    with app.app_context():
        numbers = db.session.scalars(select(PaperVersion.number).order_by(PaperVersion.number)).all()
    assert done == AT_ONCE
    assert numbers == list(range(1, AT_ONCE + 1))


@pytest.mark.parametrize(
    ("act", "model"), [(the_field, ActionField), (the_institution, Institution), (the_paper, StrategyPaper)]
)
def test_what_may_be_there_once_is_refused_the_second_time(app, town, act, model):
    with app.app_context():
        before = count(model)

    assert at_once(app, act, town) == 1
    with app.app_context():
        assert count(model) == before + 1


def test_a_letter_saved_twice_at_once_is_one_letter(app, town):
    assert at_once(app, the_letter, town) == AT_ONCE
    with app.app_context():
        assert count(InvitationLetter) == 1


def test_a_person_seated_twice_at_once_has_one_seat(app, town):
    with app.app_context():
        person = factories.add(
            Registration(
                conference_id=town.conference,
                institution_id=town.institution,
                first_name="Ali",
                last_name="Yilmaz",
                registered_at=factories.NOW,
            )
        ).id
        db.session.commit()

    def seat():
        table = db.session.get(TopicTable, town.table)
        seat_registration(table=table, registration=db.session.get(Registration, person))

    assert at_once(app, seat) == AT_ONCE
    with app.app_context():
        assert count(Seat) == 1


def test_every_change_of_a_table_raises_its_version(app, town):
    def change():
        update_table(table=db.session.get(TopicTable, town.table), room="Saal 2", host="", capacity=9)

    with app.app_context():
        before = db.session.get(TopicTable, town.table).version
    at_once(app, change)

    with app.app_context():
        assert db.session.get(TopicTable, town.table).version == before + AT_ONCE


def test_opening_and_closing_all_tables_at_once_ends(app, town):
    with app.app_context():
        for _number in range(3):
            open_table(table=add_table(topic=db.session.get(Topic, town.topic)), now=factories.NOW)
        db.session.commit()
    backwards = iter([False, True] * AT_ONCE)

    def close():
        found = db.session.scalars(
            select(TopicTable).options(db.joinedload(TopicTable.conference)).order_by(TopicTable.number)
        ).all()
        found = list(reversed(found)) if next(backwards) else found
        enter_step_everywhere(tables=found, phase=Phase.CLOSED, user=None, now=factories.NOW)

    assert at_once(app, close) == AT_ONCE
    with app.app_context():
        open_ones = [one for one in tables.list_tables(conference_of(town)) if one.phase is Phase.COLLECTING]
        assert not open_ones


def test_proposals_and_moves_at_once_leave_one_seat_each(app, town):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        people = [factories.registration(conference_of(town), factories.institution(home, f"Haus {n}")) for n in "abc"]
        person = people[0].id
        db.session.commit()
    by_hand = iter([True, False] * AT_ONCE)

    def act():
        if next(by_hand):
            table = db.session.get(TopicTable, town.table)
            seat_registration(table=table, registration=db.session.get(Registration, person), fixed=True)
        else:
            propose_seats(conference=conference_of(town), now=factories.NOW)

    assert at_once(app, act) == AT_ONCE
    with app.app_context():
        assert count(Seat) == len(people)
        assert db.session.get(Seat, (person, 1)).fixed
