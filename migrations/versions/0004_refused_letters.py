"""whether a letter was refused for good, as against given up"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("mail") as mail:
        mail.add_column(sa.Column("refused", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("mail") as mail:
        mail.alter_column("refused", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("mail") as mail:
        mail.drop_column("refused")
