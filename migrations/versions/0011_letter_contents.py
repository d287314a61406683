"""letters apart from what they say, so that marking one does not write its text again"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PARTS = ("text", "html", "ics")


def upgrade() -> None:
    op.create_table(
        "mail_content",
        sa.Column("mail_id", sa.Integer(), nullable=False),
        *(sa.Column(part, sa.Text(), nullable=False) for part in PARTS),
        sa.ForeignKeyConstraint(["mail_id"], ["mail.id"], name=op.f("fk_mail_content_mail_id")),
        sa.PrimaryKeyConstraint("mail_id", name=op.f("pk_mail_content")),
    )
    op.execute("INSERT INTO mail_content (mail_id, text, html, ics) SELECT id, text, html, ics FROM mail")
    for part in PARTS:
        op.drop_column("mail", part)


def downgrade() -> None:
    for part in PARTS:
        op.add_column("mail", sa.Column(part, sa.Text(), nullable=False, server_default=""))
        op.execute(
            f"UPDATE mail SET {part} = (SELECT {part} FROM mail_content WHERE mail_content.mail_id = mail.id)"
        )
    op.drop_table("mail_content")
