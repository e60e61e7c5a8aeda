"""Add what the Sozialatlas knows of an offer, and links for providers."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "provider_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["institution_id"], ["institution.id"], name=op.f("fk_provider_link_institution_id")),
        sa.ForeignKeyConstraint(["mail_id"], ["mail_message.id"], name=op.f("fk_provider_link_mail_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_provider_link_token_hash")),
    )
    with op.batch_alter_table("provider_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_provider_link_institution_id"), ["institution_id"], unique=False)
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("address", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("schedule", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("capacity", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("utilisation", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("waiting", sa.String(length=80), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("languages", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("entrance", sa.String(length=32), nullable=False, server_default="unknown"))
        batch_op.add_column(sa.Column("access", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("funding", sa.String(length=160), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("funding_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("phone", sa.String(length=40), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("email", sa.String(length=254), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("website", sa.String(length=254), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.alter_column("address", server_default=None)
        batch_op.alter_column("schedule", server_default=None)
        batch_op.alter_column("waiting", server_default=None)
        batch_op.alter_column("languages", server_default=None)
        batch_op.alter_column("entrance", server_default=None)
        batch_op.alter_column("access", server_default=None)
        batch_op.alter_column("funding", server_default=None)
        batch_op.alter_column("phone", server_default=None)
        batch_op.alter_column("email", server_default=None)
        batch_op.alter_column("website", server_default=None)


def downgrade():
    with op.batch_alter_table("offer", schema=None) as batch_op:
        batch_op.drop_column("ended_on")
        batch_op.drop_column("website")
        batch_op.drop_column("email")
        batch_op.drop_column("phone")
        batch_op.drop_column("funding_until")
        batch_op.drop_column("funding")
        batch_op.drop_column("access")
        batch_op.drop_column("entrance")
        batch_op.drop_column("languages")
        batch_op.drop_column("waiting")
        batch_op.drop_column("utilisation")
        batch_op.drop_column("capacity")
        batch_op.drop_column("schedule")
        batch_op.drop_column("address")
    with op.batch_alter_table("provider_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_provider_link_institution_id"))
    op.drop_table("provider_link")
