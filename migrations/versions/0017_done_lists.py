"""an index for the list of what is done, newest first"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    done = sa.text("completed_on IS NOT NULL")
    op.create_index(
        "ix_assignment_completed_on", "assignment", ["completed_on"], sqlite_where=done, postgresql_where=done
    )


def downgrade() -> None:
    op.drop_index("ix_assignment_completed_on", "assignment")
