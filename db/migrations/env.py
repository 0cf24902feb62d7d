"""Runs migrations on the address that `db.session.migrate` hands over, or on the configured one."""

from __future__ import annotations

from alembic import context
from sqlalchemy.engine import make_url

from db.models import Base
from db.session import configured_url, engine_for_migrations

address = context.config.attributes.get("url") or make_url(configured_url())
engine = engine_for_migrations(address)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        user_module_prefix="models.",
    )
    with context.begin_transaction():
        context.run_migrations()
    connection.commit()
engine.dispose()
