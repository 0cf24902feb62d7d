"""${message}

Rules: numbered revisions; every constraint has a name; batch mode, so that SQLite can follow; a migration keeps all
data, both up and down, and tests/db/test_migrations.py shows it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.models import base as models
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
