"""signing on a real PostgreSQL and SoftHSM; submission's files and identity's directory in memory."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from kit.actor import Actor
from kit.clock import utc_now
from kit.db import Database, migrations
from kit.directory import DirectoryAccount
from kit.errors import NotFound
from kit.files import FileStore, FolderStore
from kit.testing import FakeDirectory
from kit.testing.cluster import PostgresCluster, TestDatabase
from reporting.submission.v1 import submission_pb2 as pb
from signing.adapters.pades.marks import Marks
from signing.adapters.pades.signer import PadesSigner
from signing.adapters.pades.verifier import PdfVerifier
from signing.adapters.postgres.unit_of_work import PostgresUnitOfWork
from signing.adapters.rendering.fonts import Typography
from signing.adapters.rendering.typesetter import TypstTypesetter
from signing.adapters.tokens.client import TokenModule
from signing.adapters.tokens.listing import TokenListing
from signing.adapters.trust import TrustAnchors
from signing.application.app import SigningApp
from signing.application.commands.cancel_number import CancelNumberHandler
from signing.application.commands.make_signatures import MakeSignatures, MakeSignaturesHandler
from signing.application.commands.refuse_request import RefuseRequestHandler
from signing.application.commands.request_signing import RequestSigningHandler
from signing.application.commands.verify_document import VerifyDocumentHandler
from signing.application.commands.void_request import VoidRequestHandler
from signing.application.pins import PinCare
from signing.application.queries.certificates import Certificates
from signing.application.queries.documents import Documents
from signing.application.queries.register import RegisterBook
from signing.application.queries.tasks import Tasks
from signing.application.reading import Reading
from signing.domain.labels import agency_label, signer_label
from signing.domain.request import SigningRequest
from signing.domain.states import SignerRole, Steps
from sqlalchemy import text

from tests.signing.authority import Keys
from tests.signing.building import UNIT, a_command, a_content, a_grant, a_place, an_account, as_file

MIGRATIONS = Path(__file__).resolve().parents[3] / "services" / "signing" / "migrations"


class FakeSource:
    """Submission's bucket."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def put(self, data: bytes) -> None:
        self.files[hashlib.sha256(data).hexdigest()] = data

    async def read(self, sha256: str) -> bytes:
        if sha256 not in self.files:
            raise NotFound("kit.files.missing", "Không còn tệp này trong kho.")
        return self.files[sha256]


@dataclass
class Stage:
    """The service with its people: a head, a deputy, a clerk who issues, a stranger."""

    database: Database
    directory: FakeDirectory
    files: FileStore
    app: SigningApp
    source: FakeSource
    head: DirectoryAccount
    deputy: DirectoryAccount
    clerk: DirectoryAccount
    stranger: DirectoryAccount
    pins: dict[str, str] = field(repr=False)

    def work(self) -> PostgresUnitOfWork:
        return PostgresUnitOfWork(self.database)

    async def request(
        self, content: pb.ReportContent | None = None, *, steps: Steps = Steps.LEADER_THEN_AGENCY
    ) -> SigningRequest:
        content = content or a_content()
        self.source.put(as_file(content))
        return await self.app.request_signing(a_command(content, steps=steps, leader_account_id=self.head.id))

    async def sign(self, request: SigningRequest, who: DirectoryAccount | None = None) -> SigningRequest:
        who = who or self.head
        return await self.app.make_signatures(
            MakeSignatures(
                request.id, {SignerRole.LEADER: self.pins[who.username]}, None, Actor.account(who.id)
            )
        )

    async def issue(self, request: SigningRequest, *, number: int | None = None) -> SigningRequest:
        return await self.app.make_signatures(
            MakeSignatures(
                request.id, {SignerRole.AGENCY: self.pins["agency"]}, number, Actor.account(self.clerk.id)
            )
        )

    async def document(self, request: SigningRequest) -> bytes:
        return (await self.app.documents.document(request.id, Actor.account(self.head.id)))[1]


@pytest.fixture(scope="session")
def people(keys: Keys) -> dict[str, DirectoryAccount]:
    made = [
        an_account("chu.tich", "Nguyễn Văn Ân", "Chủ tịch"),
        an_account("pho.chu.tich", "Đỗ Thị Hường", "Phó Chủ tịch"),
        an_account("van.thu", "Lê Thị Tuyết", "Văn thư"),
        an_account("nguoi.la", "Trần Văn Lạ", "Chuyên viên"),
    ]
    return {account.username: account for account in made}


@pytest.fixture(scope="session")
def pins(keys: Keys, people: dict[str, DirectoryAccount]) -> dict[str, str]:
    made = {
        name: keys.make(signer_label(name), people[name].full_name) for name in ("chu.tich", "pho.chu.tich")
    }
    return made | {"agency": keys.make(agency_label(UNIT), "Ủy ban nhân dân xã An Phước")}


@pytest.fixture(scope="session")
def migrated(postgres: PostgresCluster) -> TestDatabase:
    made = postgres.database("signing")
    migrations.upgrade(MIGRATIONS, made.owner_url)
    return made


@pytest.fixture
async def database(migrated: TestDatabase) -> AsyncIterator[Database]:
    """Emptied before each test: the audit tables let nobody else delete."""
    owner = Database(migrated.owner_url)
    async with owner.sessions() as session:
        for table in ("verification", "number_entry", "signature", "signing_request", "outbox"):
            await session.execute(text(f"DELETE FROM {table}"))
        await session.commit()
    await owner.close()
    opened = Database(migrated.url)
    yield opened
    await opened.close()


@pytest.fixture
async def stage(
    database: Database,
    tmp_path: Path,
    typography: Typography,
    typesetter: TypstTypesetter,
    trust: TrustAnchors,
    module: TokenModule,
    tsa_url: str,
    people: dict[str, DirectoryAccount],
    pins: dict[str, str],
) -> Stage:
    head, deputy, clerk = people["chu.tich"], people["pho.chu.tich"], people["van.thu"]
    directory = FakeDirectory(
        a_place(),
        *people.values(),
        a_grant(head, "sign"),
        a_grant(deputy, "sign"),
        a_grant(clerk, "issue"),
    )
    files = FileStore(FolderStore(tmp_path / "files"))
    source = FakeSource()
    verifier = PdfVerifier(trust)

    def work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(database)

    reading = Reading(work, directory)
    app = SigningApp(
        request_signing=RequestSigningHandler(work, directory, source, typesetter, files, utc_now),
        void_request=VoidRequestHandler(work, utc_now),
        make_signatures=MakeSignaturesHandler(
            work,
            directory,
            typesetter,
            PadesSigner(module, trust, Marks(typography), tsa_url),
            files,
            PinCare(),
            utc_now,
        ),
        refuse_request=RefuseRequestHandler(work, directory, utc_now),
        cancel_number=CancelNumberHandler(work, directory),
        verify_document=VerifyDocumentHandler(work, reading, verifier, utc_now),
        reading=reading,
        documents=Documents(reading, files, verifier),
        certificates=Certificates(directory, TokenListing(module, trust, seconds=0), utc_now),
        register=RegisterBook(work, directory),
        tasks=Tasks(work, directory, utc_now),
    )
    return Stage(database, directory, files, app, source, head, deputy, clerk, people["nguoi.la"], pins)
