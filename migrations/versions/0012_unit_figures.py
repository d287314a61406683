"""figures of units worked out beforehand, and marks that they changed"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_figures",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_figures")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_figures_unit_id"), ondelete="CASCADE"
        ),
    )
    op.create_table(
        "figures_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figures_mark")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_figures_mark_unit_id"), ondelete="CASCADE"
        ),
    )
    op.create_index(op.f("ix_figures_mark_unit_id"), "figures_mark", ["unit_id"])


def downgrade() -> None:
    op.drop_table("figures_mark")
    op.drop_table("unit_figures")
