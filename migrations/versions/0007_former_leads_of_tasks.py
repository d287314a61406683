"""a unit that led a task before the plan was amended"""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = ("task_party", "open_party")  # both say what role a party has


def _roles(*roles: str) -> None:
    for table in TABLES:
        name = op.f(f"ck_{table}_partyrole")
        with op.batch_alter_table(table) as party:
            party.drop_constraint(name, type_="check")
            party.create_check_constraint(name, f"role IN {roles}")


def upgrade() -> None:
    _roles("lead", "coordinating", "former")


def downgrade() -> None:
    op.execute("UPDATE task_party SET role = 'coordinating' WHERE role = 'former'")
    _roles("lead", "coordinating")
