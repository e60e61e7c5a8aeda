"""Add mailings and the mails of a conference."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("only", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("send_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_mailing_conference_id")),
        sa.ForeignKeyConstraint(["created_by_id"], ["user.id"], name=op.f("fk_mailing_created_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailing")),
    )

    with op.batch_alter_table("mailing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mailing_conference_id"), ["conference_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mailing_send_at"), ["send_at"], unique=False)

    op.create_table(
        "conference_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conference_id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("mail_id", sa.Integer(), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("addressee", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["conference_id"], ["conference.id"], name=op.f("fk_conference_mail_conference_id")),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_conference_mail_invitation_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["mail_id"], ["mail_message.id"], name=op.f("fk_conference_mail_mail_id")),
        sa.ForeignKeyConstraint(["mailing_id"], ["mailing.id"], name=op.f("fk_conference_mail_mailing_id")),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_conference_mail_registration_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conference_mail")),
        sa.UniqueConstraint("mail_id", name=op.f("uq_conference_mail_mail_id")),
        sa.UniqueConstraint("mailing_id", "addressee", name=op.f("uq_conference_mail_mailing_id_addressee")),
    )

    with op.batch_alter_table("conference_mail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conference_mail_conference_id"), ["conference_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conference_mail_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conference_mail_registration_id"), ["registration_id"], unique=False)


def downgrade():
    with op.batch_alter_table("conference_mail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conference_mail_registration_id"))
        batch_op.drop_index(batch_op.f("ix_conference_mail_invitation_id"))
        batch_op.drop_index(batch_op.f("ix_conference_mail_conference_id"))

    op.drop_table("conference_mail")

    with op.batch_alter_table("mailing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mailing_send_at"))
        batch_op.drop_index(batch_op.f("ix_mailing_conference_id"))

    op.drop_table("mailing")
