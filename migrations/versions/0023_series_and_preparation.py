"""Add formats, series, team, rooms, material, and what earlier conferences hand over."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "conference_format",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("participation", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_conference_format_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_format")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_conference_format_municipality_id_name")),
    )

    with op.batch_alter_table("conference_format", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_format_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "conference_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_conference_series_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_series")),
        sa.UniqueConstraint("municipality_id", "title", name=op.f("uq_conference_series_municipality_id_title")),
    )

    with op.batch_alter_table("conference_series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_series_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "format_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("format_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("days_before", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["format_id"], ["conference_format.id"], name=op.f("fk_format_step_format_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_format_step")),
    )

    with op.batch_alter_table("format_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_format_step_format_id"), ["format_id"], unique=False)

    op.create_table(
        "conference_room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("accessible", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_conference_room_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_room")),
    )

    with op.batch_alter_table("conference_room", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_room_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "team_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("duty", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_team_member_conference_id")),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], name=op.f("fk_team_member_contact_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["department_id"], ["institution.id"], name=op.f("fk_team_member_department_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
    )

    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_team_member_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "material_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("quantity", sa.String(length=60), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("ready_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_material_item_conference_id")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["team_member.id"], name=op.f("fk_material_item_owner_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_material_item")),
    )

    with op.batch_alter_table("material_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_material_item_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "topic_input",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("from_conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=160), nullable=False),
        sa.Column("point_number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_conference_id"], ["conference.id"], name=op.f("fk_topic_input_from_conference_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_input_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_input")),
    )

    with op.batch_alter_table("topic_input", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_input_topic_id"), ["topic_id"], unique=False)

    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("room", sa.String(length=80), nullable=False, server_default=sa.text("''")))
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.alter_column("room", server_default=None)

    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.add_column(sa.Column("format_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("series_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("series_round", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("feeds_into_id", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("participation", sa.String(length=32), nullable=False, server_default=sa.text("'invitation'"))
        )
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("registration_closes_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("seating_rounds", sa.Integer(), nullable=False, server_default=sa.text("1")))
        batch_op.add_column(sa.Column("calendar_uid", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("calendar_sequence", sa.Integer(), nullable=False, server_default=sa.text("0")))
        batch_op.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("cancellation_reason", sa.String(length=255), nullable=False, server_default=sa.text("''"))
        )
        batch_op.create_index(batch_op.f("ix_conference_feeds_into_id"), ["feeds_into_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conference_series_id"), ["series_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_conference_feeds_into_id"), "conference", ["feeds_into_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_conference_series_id"), "conference_series", ["series_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_conference_format_id"), "conference_format", ["format_id"], ["id"])
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.alter_column("participation", server_default=None)
        batch_op.alter_column("seating_rounds", server_default=None)
        batch_op.alter_column("calendar_sequence", server_default=None)
    give_calendar_uids()
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.alter_column("calendar_uid", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_conference_calendar_uid"), ["calendar_uid"])
        batch_op.alter_column("cancellation_reason", server_default=None)

    with op.batch_alter_table("preparation_task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("owner_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("remind_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_preparation_task_owner_id"), "team_member", ["owner_id"], ["id"], ondelete="SET NULL"
        )
    with op.batch_alter_table("preparation_task", schema=None) as batch_op:
        batch_op.alter_column("note", server_default=None)

    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.add_column(sa.Column("action_field_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_topic_action_field_id"), "action_field", ["action_field_id"], ["id"])


def give_calendar_uids():
    conference = sa.table("conference", sa.column("id"), sa.column("calendar_uid"))
    connection = op.get_bind()
    for row in connection.execute(sa.select(conference.c.id)).all():
        connection.execute(conference.update().where(conference.c.id == row.id).values(calendar_uid=uuid.uuid4().hex))


def downgrade():
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_topic_action_field_id"), type_="foreignkey")
        batch_op.drop_column("action_field_id")

    with op.batch_alter_table("preparation_task", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_preparation_task_owner_id"), type_="foreignkey")
        batch_op.drop_column("reminded_at")
        batch_op.drop_column("remind_on")
        batch_op.drop_column("note")
        batch_op.drop_column("owner_id")

    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_conference_format_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_conference_series_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_conference_feeds_into_id"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_conference_calendar_uid"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_conference_series_id"))
        batch_op.drop_index(batch_op.f("ix_conference_feeds_into_id"))
        batch_op.drop_column("cancellation_reason")
        batch_op.drop_column("cancelled_at")
        batch_op.drop_column("calendar_sequence")
        batch_op.drop_column("calendar_uid")
        batch_op.drop_column("seating_rounds")
        batch_op.drop_column("registration_closes_at")
        batch_op.drop_column("capacity")
        batch_op.drop_column("participation")
        batch_op.drop_column("feeds_into_id")
        batch_op.drop_column("series_round")
        batch_op.drop_column("series_id")
        batch_op.drop_column("format_id")

    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_column("room")

    with op.batch_alter_table("topic_input", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topic_input_topic_id"))

    op.drop_table("topic_input")

    with op.batch_alter_table("material_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_material_item_conference_id"))

    op.drop_table("material_item")

    with op.batch_alter_table("team_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_team_member_conference_id"))

    op.drop_table("team_member")

    with op.batch_alter_table("conference_room", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conference_room_conference_id"))

    op.drop_table("conference_room")

    with op.batch_alter_table("format_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_format_step_format_id"))

    op.drop_table("format_step")

    with op.batch_alter_table("conference_series", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conference_series_municipality_id"))

    op.drop_table("conference_series")

    with op.batch_alter_table("conference_format", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conference_format_municipality_id"))

    op.drop_table("conference_format")
