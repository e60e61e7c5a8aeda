"""Create the tables of: indicators."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "indicator",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("short_name", sa.String(length=60), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("factor", sa.Integer(), nullable=False),
        sa.Column("numerator", sa.String(length=255), nullable=False),
        sa.Column("denominator", sa.String(length=255), nullable=True),
        sa.Column("polarity", sa.String(length=32), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_indicator_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_indicator_municipality_id_key")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_municipality_id"), ["municipality_id"], unique=False)

    op.create_table(
        "social_index",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("level_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("orientation", sa.String(length=32), nullable=False),
        sa.Column("min_population", sa.Integer(), nullable=False),
        sa.Column("population_id", sa.Integer(), nullable=True),
        sa.Column("class_breaks", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["level_id"], ["area_level.id"], name=op.f("fk_social_index_level_id")),
        sa.ForeignKeyConstraint(["population_id"], ["indicator.id"], name=op.f("fk_social_index_population_id")),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipality.id"], name=op.f("fk_social_index_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_index")),
        sa.UniqueConstraint(
            "municipality_id", "name", "version", name=op.f("uq_social_index_municipality_id_name_version")
        ),
    )
    with op.batch_alter_table("social_index", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_social_index_municipality_id"), ["municipality_id"], unique=False
        )

    op.create_table(
        "indicator_value",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("reference_date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("numerator", sa.Double(), nullable=True),
        sa.Column("denominator", sa.Double(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_indicator_value_area_id")),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_indicator_value_indicator_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_indicator_value")),
        sa.UniqueConstraint(
            "indicator_id",
            "area_id",
            "reference_date",
            name=op.f("uq_indicator_value_indicator_id_area_id_reference_date"),
        ),
    )
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_indicator_value_area_id"), ["area_id"], unique=False)

    op.create_table(
        "social_index_exclusion",
        sa.Column("index_id", sa.Integer(), nullable=False),
        sa.Column("area_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_social_index_exclusion_area_id")),
        sa.ForeignKeyConstraint(
            ["index_id"], ["social_index.id"], name=op.f("fk_social_index_exclusion_index_id")
        ),
        sa.PrimaryKeyConstraint("index_id", "area_id", name=op.f("pk_social_index_exclusion")),
    )
    op.create_table(
        "social_index_part",
        sa.Column("index_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["index_id"], ["social_index.id"], name=op.f("fk_social_index_part_index_id")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicator.id"], name=op.f("fk_social_index_part_indicator_id")
        ),
        sa.PrimaryKeyConstraint("index_id", "indicator_id", name=op.f("pk_social_index_part")),
    )


def downgrade():
    op.drop_table("social_index_part")
    op.drop_table("social_index_exclusion")
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_value_area_id"))

    op.drop_table("indicator_value")
    with op.batch_alter_table("social_index", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_social_index_municipality_id"))

    op.drop_table("social_index")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_indicator_municipality_id"))

    op.drop_table("indicator")
