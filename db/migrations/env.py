"""Only for the Alembic command line of developers; the program runs migrations through storage/migrate.py."""

raise SystemExit("Run migrations through samenleven_desktop.storage.migrate; the work file is encrypted.")
