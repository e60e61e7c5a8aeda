"""Create the tables of: consolidation."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "action_field",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_action_field_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_field")),
        sa.UniqueConstraint("municipality_id", "name", name=op.f("uq_action_field_municipality_id_name")),
    )
    with op.batch_alter_table("action_field", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_action_field_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "consolidated_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("action_field_id", sa.Integer(), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("minority", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_field_id"], ["action_field.id"], name=op.f("fk_consolidated_point_action_field_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_consolidated_point_conference_id")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["consolidated_point.id"], name=op.f("fk_consolidated_point_merged_into_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consolidated_point")),
        sa.UniqueConstraint(
            "conference_id", "number", name=op.f("uq_consolidated_point_conference_id_number")
        ),
    )
    with op.batch_alter_table("consolidated_point", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_consolidated_point_conference_id"), ["conference_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_consolidated_point_merged_into_id"), ["merged_into_id"], unique=False
        )

    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("action_field_id", sa.Integer(), nullable=True),
        sa.Column("lead_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("goal", sa.Text(), nullable=False),
        sa.Column("partners", sa.Text(), nullable=False),
        sa.Column("strength", sa.String(length=32), nullable=False),
        sa.Column("competence", sa.String(length=32), nullable=False),
        sa.Column("time_horizon", sa.String(length=32), nullable=False),
        sa.Column("priority", sa.String(length=32), nullable=False),
        sa.Column("target_groups", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["action_field_id"], ["action_field.id"], name=op.f("fk_recommendation_action_field_id")
        ),
        sa.ForeignKeyConstraint(
            ["conference_id"], ["conference.id"], name=op.f("fk_recommendation_conference_id")
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["institution.id"], name=op.f("fk_recommendation_lead_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("conference_id", "number", name=op.f("uq_recommendation_conference_id_number")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_conference_id"), ["conference_id"], unique=False)

    op.create_table(
        "recommendation_area",
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_recommendation_area_area_id")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_area_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "area_id", name=op.f("pk_recommendation_area")),
    )
    op.create_table(
        "recommendation_indicator",
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_recommendation_indicator_indicator_id")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_indicator_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "recommendation_id", "indicator_id", name=op.f("pk_recommendation_indicator")
        ),
    )
    op.create_table(
        "recommendation_point",
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"], ["consolidated_point.id"], name=op.f("fk_recommendation_point_point_id")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_point_recommendation_id"),
        ),
        sa.PrimaryKeyConstraint("recommendation_id", "point_id", name=op.f("pk_recommendation_point")),
    )
    op.create_table(
        "point_contribution",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_point_contribution_contribution_id")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["consolidated_point.id"], name=op.f("fk_point_contribution_point_id")
        ),
        sa.PrimaryKeyConstraint("point_id", "contribution_id", name=op.f("pk_point_contribution")),
    )
    with op.batch_alter_table("point_contribution", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_point_contribution_contribution_id"), ["contribution_id"], unique=False
        )

    op.create_table(
        "set_aside",
        sa.Column("contribution_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["contribution_id"], ["contribution.id"], name=op.f("fk_set_aside_contribution_id")
        ),
        sa.PrimaryKeyConstraint("contribution_id", name=op.f("pk_set_aside")),
    )


def downgrade():
    op.drop_table("set_aside")
    with op.batch_alter_table("point_contribution", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_contribution_contribution_id"))

    op.drop_table("point_contribution")
    op.drop_table("recommendation_point")
    op.drop_table("recommendation_indicator")
    op.drop_table("recommendation_area")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_conference_id"))

    op.drop_table("recommendation")
    with op.batch_alter_table("consolidated_point", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consolidated_point_merged_into_id"))
        batch_op.drop_index(batch_op.f("ix_consolidated_point_conference_id"))

    op.drop_table("consolidated_point")
    with op.batch_alter_table("action_field", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_field_municipality_id"))

    op.drop_table("action_field")
