"""one index that answers the daily rules; none of a notice's that nobody asks"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_assignment_state_due_on", "assignment")
    op.create_index(
        "ix_assignment_state_dates",
        "assignment",
        ["state", "due_on", "starts_on", "tracked_from", "unit_id", "task_id"],
    )
    for column in ("user_id", "unit_id", "mail_id"):
        op.drop_index(f"ix_notice_{column}", "notice")
    op.drop_index("ix_notice_subject_subject_id", "notice")
    bound = sa.text("mail_id IS NOT NULL")
    op.create_index("ix_notice_mail_id", "notice", ["mail_id"], sqlite_where=bound, postgresql_where=bound)


def downgrade() -> None:
    op.drop_index("ix_notice_mail_id", "notice")
    op.create_index("ix_notice_subject_subject_id", "notice", ["subject", "subject_id"])
    for column in ("user_id", "unit_id", "mail_id"):
        op.create_index(f"ix_notice_{column}", "notice", [column])
    op.drop_index("ix_assignment_state_dates", "assignment")
    op.create_index("ix_assignment_state_due_on", "assignment", ["state", "due_on"])
