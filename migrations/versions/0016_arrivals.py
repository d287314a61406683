"""which assignments of a unit came since its figures were worked out, where nothing else changed"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("figures_mark", sa.Column("arrivals", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    op.drop_column("figures_mark", "arrivals")
