"""Create the tables of: papers."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "strategy_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_strategy_paper_conference_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_strategy_paper_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strategy_paper")),
        sa.UniqueConstraint("conference_id", name=op.f("uq_strategy_paper_conference_id")),
        sa.UniqueConstraint("municipality_id", "slug", name=op.f("uq_strategy_paper_municipality_id_slug")),
    )
    with op.batch_alter_table("strategy_paper", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_strategy_paper_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "paper_section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["paper_id"], ["strategy_paper.id"], name=op.f("fk_paper_section_paper_id")),
        sa.ForeignKeyConstraint(["saved_by_id"], ["user.id"], name=op.f("fk_paper_section_saved_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_section")),
        sa.UniqueConstraint("paper_id", "key", name=op.f("uq_paper_section_paper_id_key")),
    )
    with op.batch_alter_table("paper_section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_section_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "paper_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["user.id"], name=op.f("fk_paper_version_frozen_by_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["strategy_paper.id"], name=op.f("fk_paper_version_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_version")),
        sa.UniqueConstraint("paper_id", "number", name=op.f("uq_paper_version_paper_id_number")),
    )
    with op.batch_alter_table("paper_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_version_paper_id"), ["paper_id"], unique=False)


def downgrade():
    with op.batch_alter_table("paper_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_version_paper_id"))

    op.drop_table("paper_version")
    with op.batch_alter_table("paper_section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_section_paper_id"))

    op.drop_table("paper_section")
    with op.batch_alter_table("strategy_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_strategy_paper_municipality_id"))

    op.drop_table("strategy_paper")
