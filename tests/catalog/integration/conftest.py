"""The catalog's HTTP application on a real PostgreSQL and a folder of files; identity's copy is in memory."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from catalog.adapters.catalogue_seed import seed_entries
from catalog.adapters.documents import ApartDocumentReader
from catalog.adapters.holiday_seed import seed_year
from catalog.adapters.icalendar_feed import write_icalendar
from catalog.adapters.package_seal import Ed25519Seal
from catalog.adapters.postgres import tables
from catalog.adapters.postgres.indicator_reading import PostgresIndicatorReading
from catalog.adapters.postgres.reading import PostgresReading
from catalog.adapters.postgres.unit_of_work import PostgresUnitOfWork
from catalog.adapters.sdmx_structures import write_structures
from catalog.adapters.sheets import read_table, write_csv, write_xlsx
from catalog.application.app import CatalogApp, Tables
from catalog.entrypoints.http.routers import PUBLIC_PATHS, ROUTERS
from forms.apart import WorkbookReader
from joserfc.jwk import OKPKey
from kit.apart import Apart
from kit.clock import utc_now
from kit.db import KIT, Database, migrations
from kit.files import FileStore, FolderStore
from kit.http import create_app
from kit.ids import new_id
from kit.testing import FakeDirectory
from kit.testing.cluster import PostgresCluster
from province_profile import load_profiles
from sqlalchemy import func, select, text

from tests.catalog.building import ROOT, Client, NamedTokens, Province

KEPT = {
    "form", "form_version", "stored_file", "regime", "calendar_year", "calendar_revision", "calendar_feed", "outbox",
    "outbox_aggregate",
    "shared_entry", "shared_entry_version", "indicator", "indicator_version", "indicator_set", "allocation",
    "form_registration", "regime_review", "regime_announcement",
}  # fmt: skip
KEY = OKPKey.generate_key("Ed25519")


@dataclass
class Running:
    """Two provinces in one stack."""

    database: Database
    files: FileStore
    folder: Path
    app: CatalogApp
    http: httpx.AsyncClient
    directory: FakeDirectory
    here: Province
    there: Province

    def by(self, account_id: UUID) -> Client:
        return Client(self.http, account_id)

    def kept_files(self) -> list[str]:
        return [path.name for path in self.folder.glob("*/*") if path.is_file()]

    async def rows(self, *names: str) -> int:
        async with self.database.reading() as session:
            counts = [await session.scalar(text(f"SELECT count(*) FROM {name}")) for name in names]
        return sum(counts)

    async def subjects(self) -> list[str]:
        async with self.database.reading() as session:
            return list(await session.scalars(select(KIT.outbox.c.subject).order_by(KIT.outbox.c.id)))

    async def audited(self, act: str) -> int:
        async with self.database.reading() as session:
            query = select(func.count()).where(KIT.audit_record.c.act == act)
            return await session.scalar(query) or 0


@pytest.fixture(scope="module")
def migrated(postgres: PostgresCluster) -> str:
    made = postgres.database("catalog")
    migrations.upgrade(ROOT / "services" / "catalog" / "migrations", made.owner_url)
    return made.url


@pytest.fixture
async def catalog(migrated: str, tmp_path: Path) -> AsyncIterator[Running]:
    database = Database(migrated, pool_size=4, name="catalog-test")
    files = FileStore(FolderStore(tmp_path / "files"))
    here, there = Province("a", "thanh-hoa"), Province("b", "dak-lak")
    directory = FakeDirectory(*here.items, *there.items)
    apart = Apart()
    app = CatalogApp.build(
        lambda: PostgresUnitOfWork(database, files, utc_now),
        directory=directory,
        profiles=load_profiles(ROOT / "profiles"),
        files=files,
        reading=PostgresReading(database),
        workbooks=WorkbookReader(apart),
        documents=ApartDocumentReader(apart),
        seed_year=seed_year,
        write_feed=write_icalendar,
        indicator_reading=PostgresIndicatorReading(database),
        seed_entries=seed_entries(),
        tables=Tables(read_table, write_xlsx, write_csv, write_structures),
        clock=utc_now,
        make_id=new_id,
        seal=Ed25519Seal(lambda: KEY),
    )
    asgi = create_app(
        "catalog",
        ROUTERS,
        application=app,
        database=database,
        tokens=NamedTokens(),  # type: ignore[arg-type]
        public_paths=PUBLIC_PATHS,
    )
    transport = httpx.ASGITransport(app=asgi)
    async with httpx.AsyncClient(transport=transport, base_url="http://catalog") as http:
        yield Running(database, files, tmp_path / "files", app, http, directory, here, there)
    async with database.sessions() as session:
        for table in reversed(tables.metadata.sorted_tables):
            if table.name in KEPT:
                await session.execute(table.delete())
        await session.commit()
    await database.close()
