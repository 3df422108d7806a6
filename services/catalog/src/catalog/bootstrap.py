"""Which adapter stands behind which port: the only module that knows."""

from __future__ import annotations

from pathlib import Path

from forms.apart import WorkbookReader
from kit.apart import Apart
from kit.grpc import GrpcService
from kit.http.administration import Administration
from kit.ids import new_id
from kit.jobs import Job
from kit.service import Ground, Service
from province_profile import load_profiles
from province_profile.administration import hours_of_profiles
from reporting.catalog.v1.catalog_pb2_grpc import add_CatalogServiceServicer_to_server

from catalog.adapters.catalogue_seed import seed_entries
from catalog.adapters.documents import ApartDocumentReader
from catalog.adapters.holiday_seed import seed_year
from catalog.adapters.icalendar_feed import write_icalendar
from catalog.adapters.package_seal import Ed25519Seal
from catalog.adapters.postgres.indicator_reading import PostgresIndicatorReading
from catalog.adapters.postgres.measures import MEASURES
from catalog.adapters.postgres.reading import PostgresReading
from catalog.adapters.postgres.unit_of_work import PostgresUnitOfWork
from catalog.adapters.sdmx_structures import write_structures
from catalog.adapters.sheets import read_table, write_csv, write_xlsx
from catalog.application.app import CatalogApp, Tables
from catalog.application.commands.follow_units import FOLLOWER
from catalog.entrypoints.grpc.servicer import CALLERS, SERVICE, CatalogServicer
from catalog.entrypoints.http.routers import PUBLIC_PATHS, ROUTERS
from catalog.settings import Settings

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"
ADMINISTRATION = ("/calendar",)


def build() -> Service:
    settings = Settings()
    ground = Ground("catalog", settings)

    def open_unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(ground.database, ground.files, ground.clock)

    apart = Apart()
    profiles = load_profiles(settings.profiles_dir)
    app = CatalogApp.build(
        open_unit_of_work,
        directory=ground.directory,
        profiles=profiles,
        files=ground.files,
        reading=PostgresReading(ground.database),
        workbooks=WorkbookReader(apart),
        documents=ApartDocumentReader(apart),
        seed_year=seed_year,
        write_feed=write_icalendar,
        indicator_reading=PostgresIndicatorReading(ground.database),
        seed_entries=seed_entries(),
        tables=Tables(read_table, write_xlsx, write_csv, write_structures),
        clock=ground.clock,
        make_id=new_id,
        seal=Ed25519Seal(ground.tokens.key, settings.trusted_package_keys),
    )
    return Service(
        ground,
        application=app,
        migrations=MIGRATIONS,
        routers=ROUTERS,
        grpc=[
            GrpcService(add_CatalogServiceServicer_to_server, CatalogServicer(app), SERVICE, callers=CALLERS)
        ],
        jobs=[
            Job(str(FOLLOWER.system), every=30, run=app.follow_units),
            Job("regime-announcements", every=600, run=app.warn_announcements),
        ],
        measures=MEASURES,
        open_unit_of_work=open_unit_of_work,
        public_paths=PUBLIC_PATHS,
        administration=Administration(
            ADMINISTRATION,
            hours_of_profiles(profiles, ground.directory.profile_of, ground.clock),
            at_any_hour="POST /calendar/[^/]+:preview",
        ),
    )
