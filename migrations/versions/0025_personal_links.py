"""Add personal links, waiting list and needs for assistance; links of invitations move."""

import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("organisation", sa.String(length=160), nullable=False, server_default=sa.text("''"))
        )
        batch_op.add_column(
            sa.Column("origin", sa.String(length=32), nullable=False, server_default=sa.text("'invitation'"))
        )
        batch_op.add_column(
            sa.Column("place", sa.String(length=32), nullable=False, server_default=sa.text("'confirmed'"))
        )
        batch_op.add_column(sa.Column("confirm_by", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("badge_code", sa.String(length=16), nullable=True))
        batch_op.alter_column("institution_id", existing_type=sa.INTEGER(), nullable=True)
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.alter_column("organisation", server_default=None)
        batch_op.alter_column("origin", server_default=None)
        batch_op.alter_column("place", server_default=None)
    give_badge_codes()
    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.alter_column("badge_code", existing_type=sa.String(length=16), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_registration_badge_code"), ["badge_code"])

    op.create_table(
        "assistance_need",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("accessible_place", sa.Boolean(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_assistance_need_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_assistance_need")),
    )

    op.create_table(
        "personal_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("invitation_id", sa.Integer(), nullable=True),
        sa.Column("registration_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(invitation_id IS NULL) <> (registration_id IS NULL)", name=op.f("ck_personal_link_opens_one_thing")
        ),
        sa.ForeignKeyConstraint(
            ["invitation_id"], ["invitation.id"], name=op.f("fk_personal_link_invitation_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_personal_link_registration_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_personal_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_personal_link_digest")),
    )

    with op.batch_alter_table("personal_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_personal_link_invitation_id"), ["invitation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_personal_link_registration_id"), ["registration_id"], unique=False)

    move_links()
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_invitation_token_digest"), type_="unique")
        batch_op.drop_column("token_digest")


INVITATION = sa.table("invitation", sa.column("id"), sa.column("token_digest"), sa.column("created_at"))
LINK = sa.table(
    "personal_link",
    sa.column("id"),
    sa.column("digest"),
    sa.column("invitation_id"),
    sa.column("created_at", sa.DateTime(timezone=True)),
)
REGISTRATION = sa.table("registration", sa.column("id"), sa.column("institution_id"), sa.column("badge_code"))


def give_badge_codes():
    connection = op.get_bind()
    for row in connection.execute(sa.select(REGISTRATION.c.id)).all():
        code = secrets.token_hex(8).upper()
        connection.execute(REGISTRATION.update().where(REGISTRATION.c.id == row.id).values(badge_code=code))


def move_links():
    connection = op.get_bind()
    for row in connection.execute(sa.select(INVITATION.c.id, INVITATION.c.token_digest)).all():
        connection.execute(
            LINK.insert().values(digest=row.token_digest, invitation_id=row.id, created_at=datetime.now(UTC))
        )


def move_links_back():
    """The newest link counts; an invitation without one gets a digest nobody has the secret of."""
    connection = op.get_bind()
    newest = {
        row.invitation_id: row.digest
        for row in connection.execute(
            sa.select(LINK.c.invitation_id, LINK.c.digest).where(LINK.c.invitation_id.is_not(None)).order_by(LINK.c.id)
        )
    }
    for row in connection.execute(sa.select(INVITATION.c.id)).all():
        digest = newest.get(row.id) or secrets.token_hex(32)
        connection.execute(INVITATION.update().where(INVITATION.c.id == row.id).values(token_digest=digest))


def forget_people_without_institution():
    """The schema before knew nobody without an institution."""
    alone = sa.select(REGISTRATION.c.id).where(REGISTRATION.c.institution_id.is_(None))
    connection = op.get_bind()
    for name in ("seat", "topic_wish"):
        rows = sa.table(name, sa.column("registration_id"))
        connection.execute(rows.delete().where(rows.c.registration_id.in_(alone)))
    connection.execute(REGISTRATION.delete().where(REGISTRATION.c.institution_id.is_(None)))


def downgrade():
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("token_digest", sa.String(length=64), nullable=True))
    move_links_back()
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.alter_column("token_digest", existing_type=sa.String(length=64), nullable=False)
        batch_op.create_unique_constraint(batch_op.f("uq_invitation_token_digest"), ["token_digest"])

    with op.batch_alter_table("personal_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_personal_link_registration_id"))
        batch_op.drop_index(batch_op.f("ix_personal_link_invitation_id"))

    op.drop_table("personal_link")

    op.drop_table("assistance_need")
    forget_people_without_institution()

    with op.batch_alter_table("registration", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_registration_badge_code"), type_="unique")
        batch_op.alter_column("institution_id", existing_type=sa.INTEGER(), nullable=False)
        batch_op.drop_column("badge_code")
        batch_op.drop_column("confirm_by")
        batch_op.drop_column("place")
        batch_op.drop_column("origin")
        batch_op.drop_column("organisation")
