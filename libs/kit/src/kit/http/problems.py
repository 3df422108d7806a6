"""Refusals as RFC 9457 problem details, in one place for all routes."""

from __future__ import annotations

from typing import Any

import asyncpg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from kit.db.passing import database_unavailable, is_passing
from kit.errors import DomainError, InvalidInput, NotFound, Place, Refused, Unavailable
from kit.http.wording import in_words
from kit.telemetry.propagation import current_trace_id

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"


class ProblemPlace(BaseModel):
    sheet: str | None = None
    cell: str | None = None
    field: str | None = None


class Problem(BaseModel):
    """The body of every refusal."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    places: list[ProblemPlace] = []
    rule: str | None = None
    remedy: str | None = None
    details: dict[str, Any] = {}
    trace_id: str | None = None


def problem_of(error: DomainError) -> dict[str, Any]:
    return {
        "type": f"urn:reporting:{error.code}",
        "title": error.title,
        "status": error.http_status,
        "code": error.code,
        "detail": error.message,
        "places": [place.as_dict() for place in error.places],
        "rule": error.rule,
        "remedy": error.remedy,
        "details": error.details,
        "trace_id": current_trace_id(),
    }


def problem_response(error: DomainError) -> JSONResponse:
    headers = {"Cache-Control": "no-store"}
    if isinstance(error, Unavailable):
        headers["Retry-After"] = str(error.retry_after)
    if error.http_status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse(
        problem_of(error), status_code=error.http_status, headers=headers, media_type=MEDIA_TYPE
    )


def from_validation(errors: list[dict[str, Any]]) -> InvalidInput:
    places, lines = [], []
    for error in errors:
        path = ".".join(str(part) for part in error["loc"] if part not in ("body", "query", "path"))
        places.append(Place(field=path or str(error["loc"][0])))
        lines.append(f"{path or error['loc'][0]}: {in_words(error)}")
    return InvalidInput(
        "kit.request.invalid",
        "Yêu cầu không hợp lệ — " + "; ".join(lines[:10]),
        places=places,
        remedy="Sửa các trường được nêu rồi gửi lại.",
    )


def from_database(error: Exception) -> DomainError | None:
    if isinstance(error, IntegrityError):
        return Refused(
            "kit.database.conflict",
            "Dữ liệu này đã có hoặc đang được dữ liệu khác sử dụng.",
            remedy="Tải lại trang để xem dữ liệu mới nhất rồi thực hiện lại.",
        )
    return database_unavailable() if is_passing(error) else None


def answer_to(error: Exception) -> JSONResponse:
    """What a layer around the routes answers, where no handler of the routes hears it. A bug is raised again."""
    refusal = error if isinstance(error, DomainError) else from_database(error)
    if refusal is None:
        raise error
    return problem_response(refusal)


def install_problem_handlers(app: FastAPI) -> None:
    async def domain(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, DomainError)
        log.info("refused", code=error.code, status=error.http_status)
        return problem_response(error)

    async def validation(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return problem_response(from_validation([dict(one) for one in error.errors()]))

    async def http(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        return problem_response(_from_http(error))

    async def database(_: Request, error: Exception) -> JSONResponse:
        known = from_database(error)
        if known is None:
            raise error
        log.warning("database_refused", error=str(error)[:300])
        return problem_response(known)

    async def unexpected(_: Request, error: Exception) -> JSONResponse:
        log.error("unexpected_error", exc_info=error)
        return problem_response(unexpected_error())

    app.add_exception_handler(DomainError, domain)
    app.add_exception_handler(RequestValidationError, validation)
    app.add_exception_handler(HTTPException, http)
    for kind in (DBAPIError, PoolTimeout, OSError, asyncpg.PostgresError):
        app.add_exception_handler(kind, database)
    app.add_exception_handler(Exception, unexpected)


def unexpected_error() -> DomainError:
    return DomainError(
        "kit.unexpected",
        "Hệ thống gặp lỗi ngoài dự kiến, chưa có thay đổi nào được ghi.",
        remedy="Thử lại; nếu vẫn lỗi, gửi mã vết (trace_id) cho bộ phận hỗ trợ.",
    )


def _from_http(error: HTTPException) -> DomainError:
    if error.status_code == 404:
        return NotFound("kit.http.no_such_address", "Không có địa chỉ này.")
    if error.status_code == 405:
        refusal: DomainError = InvalidInput(
            "kit.http.method_not_allowed", "Địa chỉ này không nhận phương thức đã gửi."
        )
    else:
        refusal = InvalidInput("kit.http.malformed", f"Không đọc được yêu cầu ({error.detail}).")
    kind = type(refusal)
    named = type(kind.__name__, (kind,), {"http_status": error.status_code})
    return named(refusal.code, refusal.message)  # type: ignore[no-any-return]
