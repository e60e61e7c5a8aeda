"""Add what an indicator record needs, and the agreement on it."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "indicator_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.String(length=32), nullable=False),
        sa.Column("body", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_decision_indicator_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["noted_by_id"], ["user.id"], name=op.f("fk_indicator_decision_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_decision")),
    )
    with op.batch_alter_table("indicator_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_decision_indicator_id"), ["indicator_id"], unique=False)
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reference_type", sa.String(length=32), nullable=False, server_default="day"))
        batch_op.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("break_note", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("options", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("threshold", sa.Integer(), nullable=False, server_default="3"))
        batch_op.add_column(sa.Column("minimum_base", sa.Integer(), nullable=False, server_default="100"))
        batch_op.add_column(sa.Column("whole_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("agreement", sa.String(length=32), nullable=False, server_default="accepted"))
        batch_op.add_column(sa.Column("public", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.create_foreign_key(batch_op.f("fk_indicator_whole_id"), "indicator", ["whole_id"], ["id"])
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.alter_column("reference_type", server_default=None)
        batch_op.alter_column("break_note", server_default=None)
        batch_op.alter_column("options", server_default=None)
        batch_op.alter_column("threshold", server_default=None)
        batch_op.alter_column("minimum_base", server_default=None)
        batch_op.alter_column("agreement", server_default=None)
        batch_op.alter_column("public", server_default=None)


def downgrade():
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_indicator_whole_id"), type_="foreignkey")
        batch_op.drop_column("public")
        batch_op.drop_column("agreement")
        batch_op.drop_column("whole_id")
        batch_op.drop_column("minimum_base")
        batch_op.drop_column("threshold")
        batch_op.drop_column("options")
        batch_op.drop_column("break_note")
        batch_op.drop_column("valid_from")
        batch_op.drop_column("reference_type")
    with op.batch_alter_table("indicator_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_decision_indicator_id"))
    op.drop_table("indicator_decision")
