"""Add rounds, fixed seats and accessible tables."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("round", sa.Integer(), autoincrement=False, nullable=False, server_default=sa.text("1"))
        )
        batch_op.add_column(sa.Column("fixed", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.alter_column("round", server_default=None)
        batch_op.alter_column("fixed", server_default=None)
        batch_op.drop_constraint("pk_seat", type_="primary")
        batch_op.create_primary_key("pk_seat", ["registration_id", "round"])

    with op.batch_alter_table("topic_table", schema=None) as batch_op:
        batch_op.add_column(sa.Column("accessible", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("topic_table", schema=None) as batch_op:
        batch_op.alter_column("accessible", server_default=None)


def downgrade():
    with op.batch_alter_table("topic_table", schema=None) as batch_op:
        batch_op.drop_column("accessible")

    seat = sa.table("seat", sa.column("round"))
    op.execute(seat.delete().where(seat.c.round > 1))
    with op.batch_alter_table("seat", schema=None) as batch_op:
        batch_op.drop_constraint("pk_seat", type_="primary")
        batch_op.create_primary_key("pk_seat", ["registration_id"])
        batch_op.drop_column("fixed")
        batch_op.drop_column("round")
