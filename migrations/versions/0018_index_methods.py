"""Add methods of a Sozialindex."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("social_index", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(length=32), nullable=False, server_default="status"))
        batch_op.add_column(sa.Column("baseline_date", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("method", sa.String(length=32), nullable=False, server_default="z_sum"))
        batch_op.add_column(sa.Column("centre", sa.String(length=32), nullable=False, server_default="area_mean"))
        batch_op.add_column(sa.Column("deviation", sa.String(length=32), nullable=False, server_default="population"))
        batch_op.add_column(sa.Column("deviation_limit", sa.Double(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("note", sa.Text(), nullable=False, server_default=""))
    with op.batch_alter_table("social_index", schema=None) as batch_op:
        batch_op.alter_column("kind", server_default=None)
        batch_op.alter_column("method", server_default=None)
        batch_op.alter_column("centre", server_default=None)
        batch_op.alter_column("deviation", server_default=None)
        batch_op.alter_column("deviation_limit", server_default=None)
        batch_op.alter_column("note", server_default=None)


def downgrade():
    with op.batch_alter_table("social_index", schema=None) as batch_op:
        batch_op.drop_column("note")
        batch_op.drop_column("deviation_limit")
        batch_op.drop_column("deviation")
        batch_op.drop_column("centre")
        batch_op.drop_column("method")
        batch_op.drop_column("baseline_date")
        batch_op.drop_column("kind")
