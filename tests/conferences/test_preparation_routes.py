"""Pages that prepare a conference: team, tasks, check list, rooms, material, agenda."""

from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import html

from app.accounts.models import Municipality
from app.conferences import preparation_queries, queries, rooms, tasks, team
from app.conferences.models import (
    AgendaItem,
    Conference,
    ConferenceFormat,
    ConferenceRoom,
    FormatStep,
    MaterialItem,
    PreparationTask,
    TeamMember,
)
from app.core import clock
from app.extensions import db
from app.institutions.enums import InstitutionType
from app.institutions.models import Contact, Institution
from app.tables.models import TopicTable
from tests import factories


@pytest.fixture
def department(app, town) -> int:
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        row = factories.institution(home, "Fachbereich Statistik", type=InstitutionType.DEPARTMENT)
        db.session.commit()
        return row.id


@pytest.fixture
def second_department(app, town) -> int:
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        row = factories.institution(home, "Fachbereich Jugend", type=InstitutionType.DEPARTMENT)
        db.session.commit()
        return row.id


@pytest.fixture
def member(app, town, department) -> int:
    with app.app_context():
        row = factories.add(
            TeamMember(
                conference_id=town.conference,
                department_id=department,
                name="Ada Amt",
                email="ada.amt@stadt.example",
                duty="Technik",
            )
        )
        db.session.commit()
        return row.id


@pytest.fixture
def colleague(app, town):
    """A browser signed in as somebody from a department."""
    return app.test_client().sign_in(town.department)


def conference_of(town) -> Conference:
    return queries.get_conference(db.session.get(Municipality, town.municipality), town.conference)


def base(town) -> str:
    return f"/konferenzen/{town.conference}"


def text(response) -> str:
    return " ".join(" ".join(html.document_fromstring(response.get_data(as_text=True)).itertext()).split())


def test_somebody_from_the_directory_joins_once(app, town, organiser, department):
    with app.app_context():
        contact = db.session.query(Contact).filter_by(institution_id=department).one()
        contact_id, email = contact.id, contact.email

    organiser.submit(f"{base(town)}/team/aus-dem-verzeichnis", {"contact": contact_id, "duty": "Protokoll"})
    again = organiser.submit(f"{base(town)}/team/aus-dem-verzeichnis", {"contact": contact_id})

    assert again.status_code == 422
    with app.app_context():
        row = db.session.query(TeamMember).one()
        assert (row.name, row.email, row.duty) == ("Robin Beispiel", email, "Protokoll")
        assert (row.department_id, row.contact_id) == (department, contact_id)


def test_the_team_names_departments_nobody_comes_from(town, organiser, member, second_department):
    page = text(organiser.get(f"{base(town)}/team"))

    assert "Noch niemand aus: Fachbereich Jugend" in page
    assert "Ada Amt Technik ada.amt@stadt.example keine offene Aufgabe" in page


def test_somebody_typed_by_hand_joins_and_changes(app, town, organiser, department):
    organiser.submit(f"{base(town)}/team", {"department": department, "name": " Bo  Bau ", "email": ""})
    with app.app_context():
        member_id = db.session.query(TeamMember).one().id
    organiser.submit(
        f"{base(town)}/team/{member_id}", {"name": "Bo Bau", "email": "bo@stadt.example", "duty": "Empfang"}
    )

    form = organiser.get(f"{base(town)}/team/{member_id}").get_data(as_text=True)

    assert all(f'value="{value}"' in form for value in ("Bo Bau", "bo@stadt.example", "Empfang"))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "Geben Sie den Namen ein."),
        ({"name": "Bo", "email": "kein.at"}, "Prüfen Sie die E-Mail-Adresse."),
        ({"name": "Bo", "department": "99999999999999999999"}, ""),
        ({"name": "x" * 161}, ""),
    ],
)
def test_a_bad_member_is_answered_beside_the_field(app, town, organiser, department, fields, message):
    response = organiser.submit(f"{base(town)}/team", {"department": department, **fields})

    assert response.status_code == 422
    assert message in response.get_data(as_text=True)
    with app.app_context():
        assert db.session.query(TeamMember).count() == 0


def test_who_leaves_leaves_tasks_behind_and_gets_them_back_unless_somebody_took_them(app, town, organiser, member):
    with app.app_context():
        house = db.session.get(TeamMember, member).department_id
        owned = {"conference_id": town.conference, "department_id": house, "owner_id": member, "due": date(2026, 10, 1)}
        kept = factories.add(PreparationTask(title="Saal buchen", **owned)).id
        taken = factories.add(PreparationTask(title="Einladung", **owned)).id
        other = factories.add(TeamMember(conference_id=town.conference, department_id=house, name="Bo Bau")).id
        db.session.commit()

    organiser.submit(f"{base(town)}/team/{member}/entfernen")
    with app.app_context():
        left = [row.owner_id for row in db.session.query(PreparationTask).order_by(PreparationTask.id)]
        db.session.get(PreparationTask, taken).owner_id = other
        db.session.commit()
    offer = text(organiser.get(f"{base(town)}/team"))
    organiser.submit(f"{base(town)}/team/zurueckholen")
    organiser.submit(f"{base(town)}/team/zurueckholen")

    assert left == [None, None]
    assert "„Ada Amt“ zurückholen" in offer
    with app.app_context():
        back = db.session.query(TeamMember).filter_by(name="Ada Amt").one()
        assert (back.email, back.duty) == ("ada.amt@stadt.example", "Technik")
        assert db.session.get(PreparationTask, kept).owner_id == back.id
        assert db.session.get(PreparationTask, taken).owner_id == other


def test_a_task_gets_an_owner_and_a_reminder_some_days_before(app, town, organiser, department, member):
    due = clock.local_date(clock.now()) + timedelta(days=30)
    organiser.submit(
        f"{base(town)}/aufgaben",
        {
            "department": department,
            "title": "Daten freigeben",
            "owner": member,
            "due": due.isoformat(),
            "remind": 3,
            "note": "Nur freigegebene Werte",
        },
    )
    page = text(organiser.get(f"{base(town)}/aufgaben"))

    with app.app_context():
        row = db.session.query(PreparationTask).one()
        assert (row.owner_id, row.remind_on) == (member, due - timedelta(days=3))
    assert "Ada Amt Nur freigegebene Werte" in page
    assert "0 von 1 erledigt" in page


def test_a_reminder_whose_day_is_over_is_left_out_and_that_is_said(app, town, organiser, department):
    due = clock.local_date(clock.now()) + timedelta(days=1)
    response = organiser.submit(
        f"{base(town)}/aufgaben",
        {"department": department, "title": "Daten freigeben", "due": due.isoformat(), "remind": 3},
    )

    assert "Der Tag der Erinnerung ist schon vorbei" in text(organiser.get(response.location))
    with app.app_context():
        assert db.session.query(PreparationTask).one().remind_on is None


def test_editing_a_task_keeps_a_reminder_that_went_out(app, town, organiser, department):
    with app.app_context():
        house = db.session.get(Institution, department)
        row = tasks.add_task(
            conference=conference_of(town),
            department=house,
            title="Daten freigeben",
            due=date(2026, 1, 20),
            remind_on=date(2026, 1, 15),
        )
        row.reminded_at = datetime(2026, 1, 15, 7, tzinfo=UTC)
        db.session.commit()
        task_id = row.id

    form = html.document_fromstring(organiser.get(f"{base(town)}/aufgaben/{task_id}").get_data(as_text=True))
    sent = {"department": department, "title": "Daten prüfen", "due": "2026-01-20", "remind": 5}
    organiser.submit(f"{base(town)}/aufgaben/{task_id}", sent)

    assert form.xpath("//select[@name='remind']/option[@selected]/text()") == ["5 Tage vorher"]
    with app.app_context():
        row = db.session.get(PreparationTask, task_id)
        assert (row.title, row.remind_on) == ("Daten prüfen", date(2026, 1, 15))
        assert row.reminded_at == datetime(2026, 1, 15, 7, tzinfo=UTC)


def test_the_list_can_be_narrowed_and_stays_narrow_after_a_tick(
    app, town, organiser, department, second_department, member
):
    with app.app_context():
        common = {"conference_id": town.conference, "due": date(2026, 10, 1)}
        mine = factories.add(
            PreparationTask(title="Daten freigeben", department_id=department, owner_id=member, **common)
        ).id
        factories.add(PreparationTask(title="Jugendliche fragen", department_id=second_department, **common))
        db.session.commit()
    path = f"{base(town)}/aufgaben?fachbereich={department}&wer={member}"

    page = text(organiser.get(path))
    ticked = organiser.submit(f"{base(town)}/aufgaben/{mine}/erledigt", {"fachbereich": department, "wer": member})
    nothing = text(organiser.get(f"{base(town)}/aufgaben?fachbereich={second_department}&wer={member}"))

    assert "Daten freigeben" in page
    assert "Jugendliche fragen" not in page
    assert ticked.location == path
    assert "Keine Aufgabe passt zu dieser Auswahl" in nothing


def checklist(app, town, *steps: tuple[str, int]) -> list[int]:
    """Give the town's conference a format with these steps."""
    with app.app_context():
        kind = factories.add(ConferenceFormat(municipality_id=town.municipality, position=1, name="Dialog"))
        rows = [
            factories.add(FormatStep(format_id=kind.id, position=place, title=title, days_before=days))
            for place, (title, days) in enumerate(steps, start=1)
        ]
        db.session.get(Conference, town.conference).format_id = kind.id
        db.session.commit()
        return [row.id for row in rows]


def test_a_checklist_is_looked_at_first_and_taken_over_once(app, town, organiser, department, second_department):
    saal, einladung = checklist(app, town, ("Saal buchen", 60), ("Einladung", 30))
    path = f"{base(town)}/aufgaben/pruefliste"
    preview = text(organiser.get(path))
    with app.app_context():
        before = db.session.query(PreparationTask).count()
    chosen = {
        "department": department,
        "lines-0-step_id": saal,
        "lines-0-take": "y",
        "lines-1-step_id": einladung,
        "lines-1-take": "y",
        "lines-1-department": second_department,
    }

    organiser.submit(path, chosen)
    organiser.submit(path, chosen)

    assert "Saal buchen" in preview
    assert before == 0
    with app.app_context():
        day = clock.local_date(db.session.get(Conference, town.conference).starts_at)
        rows = db.session.query(PreparationTask).order_by(PreparationTask.title).all()
        assert [(row.title, row.department_id, row.due) for row in rows] == [
            ("Einladung", second_department, day - timedelta(days=30)),
            ("Saal buchen", department, day - timedelta(days=60)),
        ]
    assert "Alles ist schon übernommen" in text(organiser.get(path))


def test_a_step_that_is_not_ticked_stays_out(app, town, organiser, department):
    saal, einladung = checklist(app, town, ("Saal buchen", 60), ("Einladung", 30))
    organiser.submit(
        f"{base(town)}/aufgaben/pruefliste",
        {"department": department, "lines-0-step_id": saal, "lines-1-step_id": einladung, "lines-1-take": "y"},
    )

    with app.app_context():
        assert [row.title for row in db.session.query(PreparationTask)] == ["Einladung"]


def test_a_checklist_without_format_or_steps_says_so(app, town, organiser, department):
    without_format = text(organiser.get(f"{base(town)}/aufgaben/pruefliste"))
    checklist(app, town)
    without_steps = text(organiser.get(f"{base(town)}/aufgaben/pruefliste"))

    assert "Diese Konferenz hat noch kein Format" in without_format
    assert "Das Format hat noch keine Prüfliste" in without_steps


@pytest.mark.parametrize(
    "fields", [{}, {"department": "x"}, {"department": "99999999999999999999", "lines-0-take": "y"}]
)
def test_a_mangled_checklist_is_answered(app, town, organiser, department, fields):
    checklist(app, town, ("Saal buchen", 60))

    response = organiser.submit(f"{base(town)}/aufgaben/pruefliste", fields)

    assert response.status_code == 422
    with app.app_context():
        assert db.session.query(PreparationTask).count() == 0


def test_rooms_add_up_and_are_offered_to_tables_and_agenda(app, town, organiser):
    organiser.submit(f"{base(town)}/raeume", {"name": "Großer Saal", "seats": 80, "accessible": "y"})
    organiser.submit(f"{base(town)}/raeume", {"name": "Teeküche", "seats": 12})
    page = organiser.get(f"{base(town)}/raeume")
    table = organiser.get(f"{base(town)}/tische/{town.table}").get_data(as_text=True)
    agenda = organiser.get(f"{base(town)}/ablauf").get_data(as_text=True)

    figures = html.document_fromstring(page.get_data(as_text=True)).xpath("//p[@class='tt-figure__value']")
    assert [figure.text_content().split() for figure in figures] == [["92"], ["0"], ["1"]]
    assert "nicht barrierefrei zu erreichen" in text(page)
    for form in (table, agenda):
        assert html.document_fromstring(form).xpath("//datalist[@id='raeume']/option/@value") == [
            "Großer Saal",
            "Teeküche",
        ]


def test_rooms_that_are_too_small_are_said(app, town, organiser):
    with app.app_context():
        rooms.add_room(conference=conference_of(town), name="Kammer", seats=1)
        for number in range(3):
            factories.registration(conference_of(town), last_name=f"Gast {number}")
        db.session.commit()

    page = text(organiser.get(f"{base(town)}/raeume"))

    assert "Es fehlen 2 Plätze" in page


def test_a_room_is_changed_removed_and_brought_back(app, town, organiser):
    organiser.submit(f"{base(town)}/raeume", {"name": "Saal"})
    with app.app_context():
        room_id = db.session.query(ConferenceRoom).one().id
    organiser.submit(f"{base(town)}/raeume/{room_id}", {"name": "Saal 1", "seats": "40", "note": "2. Stock"})
    organiser.submit(f"{base(town)}/raeume/{room_id}/entfernen")
    offer = text(organiser.get(f"{base(town)}/raeume"))

    organiser.submit(f"{base(town)}/raeume/zurueckholen")

    assert "„Saal 1“ zurückholen" in offer
    with app.app_context():
        room = db.session.query(ConferenceRoom).one()
        assert (room.name, room.seats, room.accessible, room.note) == ("Saal 1", 40, False, "2. Stock")


@pytest.mark.parametrize("seats", ["viele", "-1", "99999999999999999999"])
def test_a_bad_number_of_seats_is_answered(app, town, organiser, seats):
    response = organiser.submit(f"{base(town)}/raeume", {"name": "Saal", "seats": seats})

    assert response.status_code == 422
    with app.app_context():
        assert db.session.query(ConferenceRoom).count() == 0


def test_material_is_entered_ticked_changed_removed_and_brought_back(app, town, organiser, member):
    path = f"{base(town)}/material"
    organiser.submit(path, {"title": "Stifte", "quantity": "18", "place": "Saal", "owner": member})
    with app.app_context():
        item_id = db.session.query(MaterialItem).one().id
    partial = organiser.submit(f"{path}/{item_id}/bereit", headers={"HX-Request": "true"}).get_data(as_text=True)
    organiser.submit(f"{path}/{item_id}/offen")
    organiser.submit(f"{path}/{item_id}/bereit")
    organiser.submit(f"{path}/{item_id}", {"title": "Filzstifte", "quantity": "20", "owner": 0})
    organiser.submit(f"{path}/{item_id}/entfernen")

    organiser.submit(f"{path}/zurueckholen")

    assert partial.lstrip().startswith('<section id="conferences-material"')
    assert "Alles liegt bereit" in partial
    with app.app_context():
        item = db.session.query(MaterialItem).one()
        assert (item.title, item.quantity, item.place, item.owner_id) == ("Filzstifte", "20", "", None)
        assert item.ready_at is not None


def test_usual_material_is_proposed_for_tables_and_people_and_taken_over_once(app, town, organiser):
    with app.app_context():
        people = [factories.registration(conference_of(town), last_name=f"Gast {number}") for number in range(20)]
        tables = db.session.query(TopicTable).count()
        db.session.commit()
        assert (len(people), tables) == (20, 1)
    path = f"{base(town)}/material/vorschlag"
    proposal = html.document_fromstring(organiser.get(path).get_data(as_text=True))
    other = text(organiser.get(f"{path}?tables=10&people=100"))

    organiser.submit(path, {"tables": 10, "people": 100})
    organiser.submit(path, {"tables": 12, "people": 100})

    badges = proposal.xpath("//tr[th='Namensschilder']/td[1]/text()")
    assert badges == ["22"]
    assert "Vorschlag für 10 Tische und 100 Personen" in other
    with app.app_context():
        quantities = {row.title: row.quantity for row in db.session.query(MaterialItem)}
        assert (quantities["Namensschilder"], quantities["Stifte"]) == ("110", "20")
        assert len(quantities) == db.session.query(MaterialItem).count()
    assert "Alles steht schon auf der Liste" in text(organiser.get(path))


@pytest.mark.parametrize("query", ["tables=viele&people=3", "tables=-1&people=1", "tables=9", "people=" + "9" * 30])
def test_a_mangled_proposal_is_answered(app, town, organiser, query):
    response = organiser.get(f"{base(town)}/material/vorschlag?{query}")

    assert response.status_code == 200
    assert "Übernehmen" not in response.get_data(as_text=True)


def test_the_packing_list_and_the_agenda_are_made_for_paper(app, town, organiser, member):
    with app.app_context():
        conference = conference_of(town)
        factories.add(
            MaterialItem(conference_id=conference.id, position=1, title="Stifte", quantity="18", owner_id=member)
        )
        start = clock.from_local(clock.local_date(conference.starts_at), 14)
        for hours, title in ((0, "Begrüßung"), (1, "Tischrunde")):
            at = start + timedelta(hours=hours)
            factories.add(AgendaItem(conference_id=conference.id, starts_at=at, title=title, room="Großer Saal"))
        db.session.commit()

    packing = text(organiser.get(f"{base(town)}/material/druck"))
    agenda = text(organiser.get(f"{base(town)}/ablauf/druck"))

    assert "Stifte 18 Ada Amt" in packing
    assert "14:00–15:00 Begrüßung Großer Saal" in agenda


def test_an_agenda_line_keeps_its_room_and_says_when_it_ends(app, town, organiser):
    path = f"{base(town)}/ablauf"
    organiser.submit(
        path,
        {
            "lines-0-at": "14:00",
            "lines-0-title": "Begrüßung",
            "lines-0-room": "Großer Saal",
            "lines-1-at": "14:20",
            "lines-1-title": "Tischrunde",
        },
    )

    page = organiser.get(path)

    assert 'value="Großer Saal"' in page.get_data(as_text=True)
    assert "bis 14:20 Uhr" in text(page)
    with app.app_context():
        assert [item.room for item in preparation_queries.list_agenda(conference_of(town))] == ["Großer Saal", ""]


def test_departments_read_everything_tick_and_change_nothing_else(app, town, colleague, department, member):
    with app.app_context():
        item = factories.add(MaterialItem(conference_id=town.conference, position=1, title="Stifte")).id
        task = factories.add(
            PreparationTask(conference_id=town.conference, department_id=department, title="Tun", due=date(2026, 10, 1))
        ).id
        room = factories.add(ConferenceRoom(conference_id=town.conference, position=1, name="Saal")).id
        db.session.commit()

    reads = ("team", "aufgaben", "raeume", "material", "ablauf", "ablauf/druck", "material/druck")
    ticks = (f"material/{item}/bereit", f"material/{item}/offen", f"aufgaben/{task}/erledigt", f"aufgaben/{task}/offen")
    writes = (
        f"team/{member}",
        f"team/{member}/entfernen",
        "team/zurueckholen",
        f"aufgaben/{task}",
        "aufgaben/pruefliste",
        f"raeume/{room}",
        f"raeume/{room}/entfernen",
        f"material/{item}",
        f"material/{item}/entfernen",
        "material/vorschlag",
        "ablauf",
    )
    assert {path: colleague.get(f"{base(town)}/{path}").status_code for path in reads} == dict.fromkeys(reads, 200)
    assert {path: colleague.submit(f"{base(town)}/{path}").status_code for path in ticks} == dict.fromkeys(ticks, 303)
    assert {path: colleague.submit(f"{base(town)}/{path}").status_code for path in writes} == dict.fromkeys(writes, 403)


def test_what_belongs_to_another_conference_is_not_found(app, town, organiser, department):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        other = factories.conference(home, conference_of(town).area, "Andere")
        person = team.add_member(conference=other, department=db.session.get(Institution, department), name="Ada")
        room = rooms.add_room(conference=other, name="Saal")
        db.session.commit()
        paths = [f"team/{person.id}", f"raeume/{room.id}"]

    assert [organiser.get(f"{base(town)}/{path}").status_code for path in paths] == [404, 404]


def test_a_task_does_not_go_to_somebody_of_another_conference(app, town, organiser, department):
    with app.app_context():
        home = db.session.get(Municipality, town.municipality)
        other = factories.conference(home, conference_of(town).area, "Andere")
        person = team.add_member(conference=other, department=db.session.get(Institution, department), name="Ada")
        db.session.commit()
        sent = {"department": department, "title": "Tun", "due": "2026-10-01", "owner": person.id}

    response = organiser.submit(f"{base(town)}/aufgaben", sent)

    assert response.status_code == 422


PAGES = ["team", "aufgaben", "aufgaben/pruefliste", "raeume", "material", "material/vorschlag", "material/druck"]


@pytest.mark.parametrize("page", [*PAGES, "ablauf", "ablauf/druck"])
def test_statements_do_not_grow_with_rows(app, town, organiser, department, statements, page):
    checklist(app, town, ("Saal buchen", 60))
    counts = []
    for rows in (1, 2):
        _fill(app, town, rows)
        statements.clear()
        assert organiser.get(f"{base(town)}/{page}").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 15


def _fill(app, town, count: int) -> None:
    """Some more of everything, each with a department and an owner of its own."""
    with app.app_context():
        home, conference = db.session.get(Municipality, town.municipality), conference_of(town)
        for number in range(count):
            name = f"Fachbereich {count}-{number}"
            house = factories.institution(home, name, type=InstitutionType.DEPARTMENT)
            person = factories.add(TeamMember(conference_id=conference.id, department_id=house.id, name=f"Ada {name}"))
            owned = {"conference_id": conference.id, "owner_id": person.id}
            factories.add(PreparationTask(department_id=house.id, title=name, due=date(2026, 10, 1), **owned))
            factories.add(MaterialItem(position=number, title=name, **owned))
            factories.add(ConferenceRoom(conference_id=conference.id, position=number, name=name))
            factories.add(AgendaItem(conference_id=conference.id, starts_at=conference.starts_at, title=name))
            factories.add(FormatStep(format_id=conference.format_id, position=number, title=f"S {name}", days_before=3))
        db.session.commit()
