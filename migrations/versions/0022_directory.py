"""Add what the directory needs: topics, legal basis, merged duplicates, requests to be invited."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "institution_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by_id", sa.Integer(), nullable=True),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["institution.id"], name=op.f("fk_institution_merge_kept_id")),
        sa.ForeignKeyConstraint(["merged_by_id"], ["user.id"], name=op.f("fk_institution_merge_merged_by_id")),
        sa.ForeignKeyConstraint(["merged_id"], ["institution.id"], name=op.f("fk_institution_merge_merged_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_institution_merge_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_institution_merge")),
    )

    with op.batch_alter_table("institution_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_institution_merge_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "kept_apart",
        sa.Column("lower_id", sa.Integer(), nullable=False),
        sa.Column("higher_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["higher_id"], ["institution.id"], name=op.f("fk_kept_apart_higher_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["lower_id"], ["institution.id"], name=op.f("fk_kept_apart_lower_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("lower_id", "higher_id", name=op.f("pk_kept_apart")),
    )

    op.create_table(
        "invite_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("institution_name", sa.String(length=160), nullable=False),
        sa.Column("person_name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("topics", sa.String(length=300), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_invite_request_area_id")),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_invite_request_institution_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_invite_request_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite_request")),
    )

    with op.batch_alter_table("invite_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invite_request_municipality_id"), ["municipality_id"], unique=False)

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("phone", sa.String(length=60), nullable=False, server_default=sa.text("''")))
        batch_op.add_column(sa.Column("legal_basis", sa.String(length=32), nullable=True))
        batch_op.add_column(
            sa.Column("legal_basis_note", sa.String(length=200), nullable=False, server_default=sa.text("''"))
        )
    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.alter_column("phone", server_default=None)
        batch_op.alter_column("legal_basis_note", server_default=None)

    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topics", sa.JSON(), nullable=False, server_default=sa.text("'[]'")))
        batch_op.add_column(sa.Column("confirmed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_institution_merged_into_id"), ["merged_into_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_institution_merged_into_id"), "institution", ["merged_into_id"], ["id"]
        )
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.alter_column("topics", server_default=None)


def downgrade():
    with op.batch_alter_table("institution", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_institution_merged_into_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_institution_merged_into_id"))
        batch_op.drop_column("merged_into_id")
        batch_op.drop_column("confirmed_on")
        batch_op.drop_column("topics")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.drop_column("legal_basis_note")
        batch_op.drop_column("legal_basis")
        batch_op.drop_column("phone")

    with op.batch_alter_table("invite_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_invite_request_municipality_id"))

    op.drop_table("invite_request")

    op.drop_table("kept_apart")

    with op.batch_alter_table("institution_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_institution_merge_municipality_id"))

    op.drop_table("institution_merge")
