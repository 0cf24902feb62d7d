"""${message}

Rules for a migration:
- Numbered revisions; every constraint has a name. It imports nothing of the project: types and the lists of CHECKs are
  spelled out, because what it did must not change with the models.
- SQLite follows in batch mode (`op.batch_alter_table`), which copies the table: bring its triggers along.
- PostgreSQL: `db.session.engine_for_migrations` sets lock_timeout, so that a migration gives up instead of stopping the
  clinic behind its lock. An index on a table that holds rows is made beside the work:

      with op.get_context().autocommit_block():
          op.create_index(…, postgresql_concurrently=True, if_not_exists=True)

  A new CHECK or foreign key is added NOT VALID first, and validated in a second step; a new column has no NOT NULL
  before its rows are filled.
- All data are kept, up and down, and tests/db/test_migrations.py shows it; what a downgrade cannot keep is said here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
