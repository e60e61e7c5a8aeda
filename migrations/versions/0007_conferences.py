"""Create the tables of: conferences."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "conference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("venue", sa.String(length=160), nullable=False),
        sa.Column("venue_address", sa.String(length=200), nullable=False),
        sa.Column("moderation", sa.String(length=32), nullable=False),
        sa.Column("dot_budget", sa.Integer(), nullable=False),
        sa.Column("wall_token", sa.String(length=64), nullable=False),
        sa.Column("wall_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_conference_area_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_conference_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference")),
        sa.UniqueConstraint("wall_token", name=op.f("uq_conference_wall_token")),
    )
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("note", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_agenda_item_conference_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agenda_item_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "preparation_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("department_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_preparation_task_conference_id")
        ),
        sa.ForeignKeyConstraint(
            ["department_id"], ["institution.id"], name=op.f("fk_preparation_task_department_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_task")),
    )
    with op.batch_alter_table("preparation_task", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_preparation_task_conference_id"), ["conference_id"], unique=False
        )

    op.create_table(
        "topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_topic_conference_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic")),
        sa.UniqueConstraint("conference_id", "position", name=op.f("uq_topic_conference_id_position")),
    )
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "guiding_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_guiding_question_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guiding_question")),
    )
    with op.batch_alter_table("guiding_question", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_guiding_question_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "topic_indicator",
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_topic_indicator_indicator_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_indicator_topic_id")),
        sa.PrimaryKeyConstraint("topic_id", "indicator_id", name=op.f("pk_topic_indicator")),
    )


def downgrade():
    op.drop_table("topic_indicator")
    with op.batch_alter_table("guiding_question", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_guiding_question_topic_id"))

    op.drop_table("guiding_question")
    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topic_conference_id"))

    op.drop_table("topic")
    with op.batch_alter_table("preparation_task", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_preparation_task_conference_id"))

    op.drop_table("preparation_task")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_conference_id"))

    op.drop_table("agenda_item")
    with op.batch_alter_table("conference", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conference_municipality_id"))

    op.drop_table("conference")
