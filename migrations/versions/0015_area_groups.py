"""Add notes on schemes, groups of areas, crosswalks."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "area_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("family", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["scheme_id"], ["area_scheme.id"], name=op.f("fk_area_group_scheme_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_group")),
        sa.UniqueConstraint(
            "scheme_id", "kind", "family", "name", name=op.f("uq_area_group_scheme_id_kind_family_name")
        ),
    )
    op.create_table(
        "area_crosswalk",
        sa.Column("from_area_id", sa.Integer(), nullable=False),
        sa.Column("to_area_id", sa.Integer(), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["from_area_id"], ["area.id"], name=op.f("fk_area_crosswalk_from_area_id")),
        sa.ForeignKeyConstraint(["to_area_id"], ["area.id"], name=op.f("fk_area_crosswalk_to_area_id")),
        sa.PrimaryKeyConstraint("from_area_id", "to_area_id", name=op.f("pk_area_crosswalk")),
    )
    with op.batch_alter_table("area_crosswalk", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_crosswalk_to_area_id"), ["to_area_id"], unique=False)
    op.create_table(
        "area_group_member",
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_area_group_member_area_id")),
        sa.ForeignKeyConstraint(
            ["group_id"], ["area_group.id"], name=op.f("fk_area_group_member_group_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("group_id", "area_id", name=op.f("pk_area_group_member")),
    )
    with op.batch_alter_table("area_scheme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("area_scheme", schema=None) as batch_op:
        batch_op.alter_column("note", server_default=None)


def downgrade():
    with op.batch_alter_table("area_scheme", schema=None) as batch_op:
        batch_op.drop_column("note")
    op.drop_table("area_group_member")
    with op.batch_alter_table("area_crosswalk", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_crosswalk_to_area_id"))
    op.drop_table("area_crosswalk")
    op.drop_table("area_group")
