"""The only module that knows which adapter stands behind which port."""

from __future__ import annotations

from pathlib import Path

from kit.clock import utc_now
from kit.grpc import GrpcService
from kit.jobs import Job
from kit.service import Ground, Service
from reporting.signing.v1.signing_pb2_grpc import add_SigningServiceServicer_to_server

from signing.adapters.measures import MEASURES, CertificateWatch
from signing.adapters.pades.marks import Marks
from signing.adapters.pades.signer import PadesSigner
from signing.adapters.pades.verifier import PdfVerifier
from signing.adapters.postgres.unit_of_work import PostgresUnitOfWork
from signing.adapters.rendering.fonts import Typography
from signing.adapters.rendering.typesetter import TypstTypesetter
from signing.adapters.submission_client import SubmissionFiles
from signing.adapters.tokens.client import TokenModule
from signing.adapters.tokens.listing import TokenListing
from signing.adapters.trust import TrustAnchors
from signing.application.app import SigningApp
from signing.application.commands.cancel_number import CancelNumberHandler
from signing.application.commands.make_signatures import MakeSignaturesHandler
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
from signing.entrypoints.grpc.servicer import CALLERS, SigningServicer
from signing.entrypoints.http import overview, requests
from signing.settings import Settings

MIGRATIONS = Path(__file__).parents[2] / "migrations"


def build() -> Service:
    settings = Settings()
    ground = Ground("signing", settings)
    app = assemble(ground, settings)
    watch = CertificateWatch(app.certificates.tokens, ground.clock)
    return Service(
        ground,
        application=app,
        routers=[requests.router, overview.router],
        grpc=[
            GrpcService(
                add_SigningServiceServicer_to_server,
                SigningServicer(app),
                "reporting.signing.v1.SigningService",
                callers=CALLERS,
            )
        ],
        jobs=[Job("certificate-watch", every=CertificateWatch.SECONDS, run=watch, everywhere=True)],
        measures=MEASURES,
        open_unit_of_work=lambda: PostgresUnitOfWork(ground.database),
        migrations=MIGRATIONS,
    )


def assemble(ground: Ground, settings: Settings) -> SigningApp:
    def open_unit_of_work() -> PostgresUnitOfWork:
        return PostgresUnitOfWork(ground.database)

    directory, files = ground.directory, ground.files
    typography = Typography(settings.font_folders)
    typesetter = TypstTypesetter(typography)
    trust = TrustAnchors(settings.trust_file)
    tokens = TokenModule(str(settings.pkcs11_module))
    verifier = PdfVerifier(trust)
    reading = Reading(open_unit_of_work, directory)
    source = SubmissionFiles(ground.channel("submission"))
    return SigningApp(
        request_signing=RequestSigningHandler(
            open_unit_of_work, directory, source, typesetter, files, utc_now
        ),
        void_request=VoidRequestHandler(open_unit_of_work, utc_now),
        make_signatures=MakeSignaturesHandler(
            open_unit_of_work,
            directory,
            typesetter,
            PadesSigner(tokens, trust, Marks(typography), settings.tsa_url),
            files,
            PinCare(),
            utc_now,
        ),
        refuse_request=RefuseRequestHandler(open_unit_of_work, directory, utc_now),
        cancel_number=CancelNumberHandler(open_unit_of_work, directory),
        verify_document=VerifyDocumentHandler(open_unit_of_work, reading, verifier, utc_now),
        reading=reading,
        documents=Documents(reading, files, verifier),
        certificates=Certificates(directory, TokenListing(tokens, trust), utc_now),
        register=RegisterBook(open_unit_of_work, directory),
        tasks=Tasks(open_unit_of_work, directory, utc_now),
    )
