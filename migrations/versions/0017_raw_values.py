"""Add raw values apart from cleared ones, and who cleared them."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "clearance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("cleared_by", sa.String(length=160), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=False),
        sa.Column("controlled_here", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by_id", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_clearance_municipality_id")),
        sa.ForeignKeyConstraint(["noted_by_id"], ["user.id"], name=op.f("fk_clearance_noted_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clearance")),
    )
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clearance_municipality_id"), ["municipality_id"], unique=False)
    op.create_table(
        "raw_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("numerator", sa.Double(), nullable=True),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_raw_value_area_id")),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_raw_value_indicator_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_raw_value")),
        sa.UniqueConstraint(
            "indicator_id", "area_id", "reference_date", name=op.f("uq_raw_value_indicator_id_area_id_reference_date")
        ),
    )
    with op.batch_alter_table("raw_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_raw_value_area_id"), ["area_id"], unique=False)
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clearance_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_indicator_value_clearance_id"), "clearance", ["clearance_id"], ["id"]
        )


def downgrade():
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_indicator_value_clearance_id"), type_="foreignkey")
        batch_op.drop_column("clearance_id")
    with op.batch_alter_table("raw_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_raw_value_area_id"))
    op.drop_table("raw_value")
    with op.batch_alter_table("clearance", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_clearance_municipality_id"))
    op.drop_table("clearance")
