"""reports whose figures were frozen"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "frozen_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(10), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer()),
        sa.Column("unit_id", sa.Integer()),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("file_sha256", sa.String(64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_report")),
        sa.ForeignKeyConstraint(["issuer_id"], ["unit.id"], name=op.f("fk_frozen_report_issuer_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_frozen_report_plan_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_frozen_report_unit_id")),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["stored_file.sha256"], name=op.f("fk_frozen_report_file_sha256")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_frozen_report_by_id")),
        sa.UniqueConstraint("key", "version", name=op.f("uq_frozen_report_key_version")),
    )
    for column in ("issuer_id", "plan_id", "unit_id", "file_sha256", "by_id"):
        op.create_index(op.f(f"ix_frozen_report_{column}"), "frozen_report", [column])


def downgrade() -> None:
    op.drop_table("frozen_report")
