"""what a plan makes of the reminder rules"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("plan") as plan:
        plan.add_column(sa.Column("reminder_days", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("plan") as plan:
        plan.alter_column("reminder_days", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("plan") as plan:
        plan.drop_column("reminder_days")
