"""The FastAPI application of a service, with all its layers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, FastAPI

from kit.auth.user_tokens import UserTokens
from kit.db.engine import Database
from kit.http.administration import Administration, InHours
from kit.http.changes import ProvinceOf
from kit.http.composed import Composed
from kit.http.guard import Authenticated, BodyLimit, Observed
from kit.http.idempotency import Idempotent
from kit.http.problems import Problem, install_problem_handlers
from kit.http.read_only import ReadOnly
from kit.maintenance import Standing
from kit.telemetry.setup import OF_REQUESTS

_REFUSALS: dict[int | str, dict[str, Any]] = {
    status: {
        "model": Problem,
        "description": words,
        "content": {"application/problem+json": {}},
    }
    for status, words in {
        401: "Chưa đăng nhập",
        403: "Không có quyền",
        404: "Không tìm thấy",
        409: "Không thực hiện được",
        412: "Dữ liệu đã thay đổi",
        422: "Dữ liệu không hợp lệ",
        503: "Tạm thời chưa phục vụ được",
    }.items()
}


async def _nobody_locked(_: UUID) -> bool:
    return False


async def _province_unknown(_: UUID) -> UUID | None:
    return None


def create_app(
    service: str,
    routers: Sequence[APIRouter],
    *,
    application: Any,
    database: Database,
    tokens: UserTokens,
    is_locked: Callable[[UUID], Awaitable[bool]] = _nobody_locked,
    public_paths: Iterable[str] = (),
    standing: Standing | None = None,
    province_of: ProvinceOf = _province_unknown,
    in_maintenance: str = "",
    administration: Administration | None = None,
    secret: bytes = b"",
    body_limits: Mapping[str, int] | None = None,
    json_body_limit: int = 2 << 20,
    upload_body_limit: int = 25 << 20,
    request_seconds: float = 60,
) -> FastAPI:
    """`public_paths` are below the service's prefix and need no token; `in_maintenance`, a pattern, too is below it."""
    prefix = f"/api/{service}/v1"
    description = f"{prefix}/openapi.json"
    app = FastAPI(
        title=f"{service} v1",
        version="1",
        openapi_url=description,
        docs_url=None,
        redoc_url=None,
        separate_input_output_schemas=False,
        telemetry=OF_REQUESTS,
    )
    app.state.application = application
    for router in routers:
        app.include_router(router, prefix=prefix, responses=_REFUSALS)
    install_problem_handlers(app)
    # The last added is the outermost.
    app.add_middleware(Composed)
    app.add_middleware(Idempotent, database=database, secret=secret)
    if administration is not None:
        app.add_middleware(InHours, prefix=prefix, administration=administration, province_of=province_of)
    if standing is not None:
        allowed = re.compile(re.escape(prefix) + in_maintenance) if in_maintenance else None
        app.add_middleware(ReadOnly, standing=standing, province_of=province_of, allowed=allowed)
    app.add_middleware(
        Authenticated,
        tokens=tokens,
        is_locked=is_locked,
        public=frozenset([description, *(prefix + path for path in public_paths)]),
    )
    app.add_middleware(BodyLimit, plain=json_body_limit, upload=upload_body_limit, paths=body_limits or {})
    app.add_middleware(Observed, prefix=prefix, seconds=request_seconds)
    return app
