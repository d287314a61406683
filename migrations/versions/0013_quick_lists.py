"""indices for long lists: what stands in a state, in the order of its days; the few days that were rolled"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    rolled = sa.text("nominal_on IS NOT NULL")
    op.create_index(
        "ix_assignment_nominal_on", "assignment", ["nominal_on"], sqlite_where=rolled, postgresql_where=rolled
    )
    op.create_index("ix_assignment_state_due_on_id", "assignment", ["state", "due_on", "id"])


def downgrade() -> None:
    op.drop_index("ix_assignment_state_due_on_id", "assignment")
    op.drop_index("ix_assignment_nominal_on", "assignment")
