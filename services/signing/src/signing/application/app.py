"""Everything signing can do, as entrypoints call it."""

from __future__ import annotations

from dataclasses import dataclass

from signing.application.commands.cancel_number import CancelNumberHandler
from signing.application.commands.make_signatures import MakeSignaturesHandler
from signing.application.commands.refuse_request import RefuseRequestHandler
from signing.application.commands.request_signing import RequestSigningHandler
from signing.application.commands.verify_document import VerifyDocumentHandler
from signing.application.commands.void_request import VoidRequestHandler
from signing.application.queries.certificates import Certificates
from signing.application.queries.documents import Documents
from signing.application.queries.register import RegisterBook
from signing.application.queries.tasks import Tasks
from signing.application.reading import Reading


@dataclass(frozen=True, slots=True)
class SigningApp:
    request_signing: RequestSigningHandler
    void_request: VoidRequestHandler
    make_signatures: MakeSignaturesHandler
    refuse_request: RefuseRequestHandler
    cancel_number: CancelNumberHandler
    verify_document: VerifyDocumentHandler
    reading: Reading
    documents: Documents
    certificates: Certificates
    register: RegisterBook
    tasks: Tasks
