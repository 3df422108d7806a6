"""Which adapter stands behind which port: the only module that knows."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from kit.grpc import GrpcService
from kit.http.administration import Administration
from kit.ids import new_id
from kit.jobs import Job
from kit.service import Ground, Service
from province_profile import load_profiles
from province_profile.administration import hours_of_profiles
from reporting.identity.v1.identity_pb2_grpc import add_IdentityServiceServicer_to_server

from identity.adapters.keycloak import KeycloakLogins
from identity.adapters.postgres.measures import MEASURES
from identity.adapters.postgres.reading import PostgresReading
from identity.adapters.postgres.snapshots import PostgresSnapshots
from identity.adapters.postgres.unit_of_work import PostgresUnitOfWork
from identity.adapters.profiles import ProfileFiles
from identity.application.app import IdentityApp
from identity.entrypoints.grpc.servicer import CALLERS, IdentityServicer
from identity.entrypoints.http import accounts, overview, units
from identity.settings import Settings

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ADMINISTRATION = ("/accounts", "/units", "/provinces")
_SETTLE_EVERY = 10


def build() -> Service:
    settings = Settings()
    ground = Ground("identity", settings)

    def open_unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(ground.database, ground.clock)

    logins = KeycloakLogins(
        settings.keycloak_url,
        settings.keycloak_realm,
        settings.keycloak_client_id,
        settings.keycloak_client_secret.get_secret_value(),
        settings.tls_authority_file,
    )
    snapshots = PostgresSnapshots(ground.database, ground.clock)
    app = IdentityApp.build(
        open_unit_of_work,
        logins=logins,
        profiles=ProfileFiles(settings.profiles_dir),
        reading=PostgresReading(ground.database),
        snapshots=snapshots,
        clock=ground.clock,
        make_id=new_id,
    )

    async def is_locked(account_id: UUID) -> bool:
        async with open_unit_of_work() as uow:
            account = await uow.accounts.find(account_id)
        return account is not None and account.locked_at is not None

    async def province_of(account_id: UUID) -> UUID | None:
        async with open_unit_of_work() as uow:
            account = await uow.accounts.find(account_id)
        # The operator belongs to no province, as in the copies of the others.
        return (account.province_id or UUID(int=0)) if account is not None else None

    async def profile_of(province_id: UUID) -> str:
        async with open_unit_of_work() as uow:
            province = await uow.units.get(province_id)
        return province.profile

    async def settle() -> None:
        await app.settler.run_once()

    return Service(
        ground,
        application=app,
        migrations=MIGRATIONS,
        routers=[overview.router, units.router, accounts.imports, accounts.router],
        grpc=[
            GrpcService(
                add_IdentityServiceServicer_to_server,
                IdentityServicer(app),
                "reporting.identity.v1.IdentityService",
                callers={"StreamSnapshot": CALLERS, "GetRights": CALLERS},
            )
        ],
        jobs=[Job("credential-settler", every=_SETTLE_EVERY, run=settle)],
        measures=MEASURES,
        open_unit_of_work=open_unit_of_work,
        provides_directory=True,
        rights_version=snapshots.rights_version,
        is_locked=is_locked,
        province_of=province_of,
        administration=Administration(
            ADMINISTRATION,
            hours_of_profiles(load_profiles(settings.profiles_dir), profile_of, ground.clock),
            # What protects: somebody locked out, a right taken away.
            at_any_hour=r"POST /accounts/[^/]+:lock|DELETE /accounts/[^/]+/grants/[^/]+",
        ),
    )
