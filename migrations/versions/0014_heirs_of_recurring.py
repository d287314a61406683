"""who goes on with what recurs where the unit of a party was split"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("task_party") as batch_op:
        batch_op.add_column(sa.Column("heir_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_task_party_heir_id"), "unit", ["heir_id"], ["id"])


def downgrade() -> None:
    with op.batch_alter_table("task_party") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_task_party_heir_id"), type_="foreignkey")
        batch_op.drop_column("heir_id")
