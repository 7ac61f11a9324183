"""Alembic environment: runs on the connection, and in the transaction, of `store.upgrade`."""

from alembic import context

from literasi.store.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
