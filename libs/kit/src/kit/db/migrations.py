"""Alembic for every service: one shared environment, and kit's own part of the first migration.

A service's `migrations/env.py` is

    from catalog.adapters.postgres.tables import metadata
    from kit.db.migrations import run_environment

    run_environment(metadata)
"""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

from alembic import command, context
from alembic.config import Config
from sqlalchemy import Connection, MetaData, pool, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

from kit.db.tables import service_metadata
from kit.settings import MigrationSettings
from kit.tls import database_context

_APPEND_ONLY = ("audit_record", "audit_seal", "audit_seal_leaf")
_MONTHS_AHEAD = 13
_PARTITION = re.compile(r"_(?:19|20)\d{2}(?:\d{2})?$")

_FUNCTIONS = (
    """
    CREATE FUNCTION kit_outbox_partitions(months_ahead integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        first_day date;
        made integer := 0;
        part text;
    BEGIN
        FOR n IN -1 .. months_ahead LOOP
            first_day := (date_trunc('month', now() AT TIME ZONE 'UTC') + n * interval '1 month')::date;
            part := 'outbox_' || to_char(first_day, 'YYYYMM');
            IF to_regclass('public.' || part) IS NULL THEN
                EXECUTE format(
                    'CREATE TABLE %I PARTITION OF outbox FOR VALUES FROM (%L) TO (%L)', part,
                    first_day::text || ' 00:00:00+00',
                    (first_day + interval '1 month')::date::text || ' 00:00:00+00');
                made := made + 1;
            END IF;
        END LOOP;
        RETURN made;
    END $$
    """,
    """
    CREATE FUNCTION kit_outbox_drop(months_kept integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
    DECLARE
        part record;
        dropped integer := 0;
        oldest text := 'outbox_' || to_char(
            date_trunc('month', now() AT TIME ZONE 'UTC') - greatest(months_kept, 13) * interval '1 month',
            'YYYYMM');
    BEGIN
        FOR part IN
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = 'public.outbox'::regclass AND c.relname < oldest
        LOOP
            EXECUTE format('DROP TABLE %I', part.relname);
            dropped := dropped + 1;
        END LOOP;
        RETURN dropped;
    END $$
    """,
    """
    CREATE FUNCTION kit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'table % only grows', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END $$
    """,
)


def create_kit_tables(op: Any) -> None:
    """First migration of a service: kit's tables, partitions, grants and protections.

    Takes no locks on existing tables. Run by the owner role; the runtime role gets no DDL and
    may only read and append to the audit tables.
    """
    bind: Connection = op.get_bind()
    _grant_by_default(bind)
    metadata, _ = service_metadata()
    metadata.create_all(bind, checkfirst=False)
    for function in _FUNCTIONS:
        bind.execute(text(function))
    bind.execute(text(f"SELECT kit_outbox_partitions({_MONTHS_AHEAD})"))
    bind.execute(text("INSERT INTO epoch (id, value) VALUES (1, 1)"))
    for table in _APPEND_ONLY:
        bind.execute(
            text(
                f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION kit_append_only()"
            )
        )
    role = runtime_role(bind)
    if role is not None:
        for table in _APPEND_ONLY:
            bind.execute(text(f'REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM "{role}"'))
        for function in ("kit_outbox_partitions(integer)", "kit_outbox_drop(integer)"):
            bind.execute(text(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC"))
            bind.execute(text(f'GRANT EXECUTE ON FUNCTION {function} TO "{role}"'))


def drop_kit_tables(op: Any) -> None:
    """The way back of the first migration."""
    bind: Connection = op.get_bind()
    metadata, _ = service_metadata()
    metadata.drop_all(bind, checkfirst=False)
    for name in ("kit_outbox_partitions(integer)", "kit_outbox_drop(integer)", "kit_append_only()"):
        bind.execute(text(f"DROP FUNCTION {name}"))


def runtime_role(bind: Connection) -> str | None:
    """The role the service runs as: named by its own address, else the owner's name says it."""
    url = MigrationSettings().database_url
    owner = str(bind.scalar(text("SELECT current_user")))
    role = make_url(url.get_secret_value()).username if url else owner.removesuffix("_owner")
    exists = bind.scalar(text("SELECT 1 FROM pg_roles WHERE rolname = :role"), {"role": role})
    return role if exists and role != owner else None


def _grant_by_default(bind: Connection) -> None:
    role = runtime_role(bind)
    if role is None:
        return
    bind.execute(text(f'GRANT USAGE ON SCHEMA public TO "{role}"'))
    for what in (
        "SELECT, INSERT, UPDATE, DELETE ON TABLES",
        "USAGE, SELECT ON SEQUENCES",
        "EXECUTE ON FUNCTIONS",
    ):
        bind.execute(text(f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {what} TO "{role}"'))


def _ours(item: Any, name: str | None, kind: str, reflected: bool, compare_to: Any) -> bool:
    """Partitions (named by year or month) come and go; `alembic check` looks at the parent only."""
    del compare_to
    table = name if kind == "table" else getattr(getattr(item, "table", None), "name", "")
    return not (reflected and _PARTITION.search(table or ""))


def run_environment(metadata: MetaData) -> None:
    """The whole of a service's `env.py`."""
    settings = MigrationSettings()
    url = context.config.get_main_option("sqlalchemy.url") or settings.url

    def migrate(connection: Connection) -> None:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            include_object=_ours,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()

    async def connect() -> None:
        encrypted = database_context(url, settings.tls)
        engine = create_async_engine(url, poolclass=pool.NullPool, connect_args={"ssl": encrypted})
        async with engine.connect() as connection:
            await connection.execute(text("SET lock_timeout = '5s'"))
            await connection.commit()
            await connection.run_sync(migrate)
            await connection.commit()
        await engine.dispose()

    asyncio.run(connect())


def alembic_config(migrations: Path, url: str | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    if url is not None:
        config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def upgrade(migrations: Path, url: str | None = None, revision: str = "head") -> None:
    command.upgrade(alembic_config(migrations, url), revision)


def downgrade(migrations: Path, url: str | None = None, revision: str = "base") -> None:
    command.downgrade(alembic_config(migrations, url), revision)


def check(migrations: Path, url: str | None = None) -> None:
    """Raises when the tables in code and the migrated database differ."""
    command.check(alembic_config(migrations, url))
