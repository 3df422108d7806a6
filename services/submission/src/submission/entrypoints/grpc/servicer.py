"""What other services ask: files of this service's bucket, in pieces."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from kit.files import FileStore
from reporting.submission.v1 import submission_pb2 as pb
from reporting.submission.v1.submission_pb2_grpc import SubmissionServiceServicer


class SubmissionServicer(SubmissionServiceServicer):
    def __init__(self, files: FileStore) -> None:
        self._files = files

    async def ReadFile(self, request: pb.ReadFileRequest, context: Any) -> AsyncIterator[pb.ReadFileResponse]:
        del context
        async for piece in self._files.stream(request.sha256):
            yield pb.ReadFileResponse(piece=piece)
