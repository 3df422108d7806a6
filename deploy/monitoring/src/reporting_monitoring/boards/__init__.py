"""One module a dashboard, named by who looks at it or at what."""

from reporting_monitoring.board import Board
from reporting_monitoring.boards import (
    backup,
    broker,
    database,
    deadline_day,
    gateway,
    login,
    office,
    overview,
    services,
)

BOARDS: tuple[Board, ...] = (
    overview.BOARD,
    services.BOARD,
    deadline_day.BOARD,
    office.BOARD,
    gateway.BOARD,
    login.BOARD,
    database.BOARD,
    broker.BOARD,
    backup.BOARD,
)
