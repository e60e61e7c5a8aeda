"""Add need links and limits of findings."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "finding_limits",
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("limits", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_finding_limits_municipality_id")
        ),
        sa.PrimaryKeyConstraint("municipality_id", name=op.f("pk_finding_limits")),
    )
    op.create_table(
        "need_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=80), nullable=False),
        sa.Column("target_group", sa.String(length=32), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("population_id", sa.Integer(), nullable=True),
        sa.Column("benchmark", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["indicator_id"], ["indicator.id"], name=op.f("fk_need_link_indicator_id")),
        sa.ForeignKeyConstraint(["municipality_id"], ["municipality.id"], name=op.f("fk_need_link_municipality_id")),
        sa.ForeignKeyConstraint(["population_id"], ["indicator.id"], name=op.f("fk_need_link_population_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_need_link")),
        sa.UniqueConstraint(
            "municipality_id",
            "category",
            "target_group",
            name=op.f("uq_need_link_municipality_id_category_target_group"),
        ),
    )
    with op.batch_alter_table("need_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_need_link_municipality_id"), ["municipality_id"], unique=False)


def downgrade():
    with op.batch_alter_table("need_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_need_link_municipality_id"))
    op.drop_table("need_link")
    op.drop_table("finding_limits")
