"""How Alembic runs here: on the connection that it is handed, in that connection's transaction."""

from alembic import context

from bot.ledger_tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transactional_ddl=False)
context.run_migrations()
