"""Create the tables of: topic_tables."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "topic_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("room", sa.String(length=80), nullable=False),
        sa.Column("host", sa.String(length=120), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_topic_table_conference_id")
        ),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_topic_table_topic_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topic_table")),
        sa.UniqueConstraint("code", name=op.f("uq_topic_table_code")),
        sa.UniqueConstraint("conference_id", "number", name=op.f("uq_topic_table_conference_id_number")),
    )
    with op.batch_alter_table("topic_table", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_topic_table_conference_id"), ["conference_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_topic_table_topic_id"), ["topic_id"], unique=False)

    op.create_table(
        "seat",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_seat_registration_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["table_id"], ["topic_table.id"], name=op.f("fk_seat_table_id")),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_seat")),
    )
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seat_table_id"), ["table_id"], unique=False)


def downgrade():
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seat_table_id"))

    op.drop_table("seat")
    with op.batch_alter_table("topic_table", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_topic_table_topic_id"))
        batch_op.drop_index(batch_op.f("ix_topic_table_conference_id"))

    op.drop_table("topic_table")
