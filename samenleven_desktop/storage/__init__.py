"""The encrypted work file: keys, engine, tables, unit of work, change log, migrations, backups."""
