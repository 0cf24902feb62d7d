"""Runs migrations on the address that `db.session.migrate` hands over, or on the configured one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext, MigrationInfo
from sqlalchemy.engine import make_url

from db.models import Base
from db.models.base import UtcDateTime
from db.session import configured_url, engine_for_migrations


def _as_sqlalchemys_own(kind: str, item: Any, _context: AutogenContext) -> str | Literal[False]:
    """A new migration spells out our own type: what it did must not change with the models."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def _nothing_points_nowhere(
    ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]
) -> None:
    """SQLite holds no foreign key while tables are copied: a migration that broke one is undone."""
    if ctx.connection is None or ctx.dialect.name != "sqlite":
        return
    broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if broken is not None:
        raise RuntimeError(
            f"revision {step.up_revision_id}: a row of {broken[0]} points at none of {broken[2]}"
        )


address = context.config.attributes.get("url") or make_url(configured_url())
engine = engine_for_migrations(address)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=_as_sqlalchemys_own,
        compare_type=True,
        on_version_apply=_nothing_points_nowhere,
        transaction_per_migration=True,  # so that an index can be made outside of one
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
