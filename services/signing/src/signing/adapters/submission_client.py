"""The approved content, fetched from submission by its hash."""

from __future__ import annotations

from typing import Any

from reporting.submission.v1 import submission_pb2 as pb
from reporting.submission.v1.submission_pb2_grpc import SubmissionServiceStub

from signing.domain.errors import ContentUnprintable

LARGEST = 16 << 20
SECONDS = 30


class SubmissionFiles:
    def __init__(self, channel: Any) -> None:
        self._stub = SubmissionServiceStub(channel)

    async def read(self, sha256: str) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for part in self._stub.ReadFile(pb.ReadFileRequest(sha256=sha256), timeout=SECONDS):
            size += len(part.piece)
            if size > LARGEST:
                raise ContentUnprintable("nội dung quá lớn")
            parts.append(part.piece)
        return b"".join(parts)
