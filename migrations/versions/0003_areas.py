"""Create the tables of: areas."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "area_scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_area_scheme_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_scheme")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_area_scheme_municipality_id_name")),
    )
    with op.batch_alter_table("area_scheme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_scheme_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "area_level",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["scheme_id"], ["area_scheme.id"], name=op.f("fk_area_level_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_level")),
        sa.UniqueConstraint("scheme_id", "name", name=op.f("uq_area_level_scheme_id_name")),
        sa.UniqueConstraint("scheme_id", "rank", name=op.f("uq_area_level_scheme_id_rank")),
    )
    op.create_table(
        "area",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("geometry", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["level_id"], ["area_level.id"], name=op.f("fk_area_level_id")),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id")),
        sa.ForeignKeyConstraint(["scheme_id"], ["area_scheme.id"], name=op.f("fk_area_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("level_id", "code", name=op.f("uq_area_level_id_code")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_scheme_id"), ["scheme_id"], unique=False)


def downgrade():
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_scheme_id"))
        batch_op.drop_index(batch_op.f("ix_area_parent_id"))

    op.drop_table("area")
    op.drop_table("area_level")
    with op.batch_alter_table("area_scheme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_scheme_municipality_id"))

    op.drop_table("area_scheme")
