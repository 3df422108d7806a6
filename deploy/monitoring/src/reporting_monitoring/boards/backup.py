"""Backup: what would be lost, from how far back one would begin, when it was last tried."""

from reporting_monitoring.board import Board, Row, lines, number

LAST = "time() - max(reporting_backup_last_{}_timestamp_seconds)"

BOARD = Board(
    "backup",
    "Sao lưu",
    (
        Row(
            "Bây giờ",
            (
                number("Nơi đang nhận nhật ký ghi", "max(reporting_backup_wal_receivers)"),
                number("Nhật ký ghi nhận đủ cách đây", LAST.format("archived_wal"), unit="s"),
                number("Tệp và khóa đủ ở mọi nơi cách đây", LAST.format("files"), unit="s"),
                number("Bản sao lưu gần nhất cách đây", LAST.format("base_backup"), unit="s"),
                number("Lần thử khôi phục gần nhất cách đây", LAST.format("tested_restore"), unit="s"),
            ),
        ),
        Row(
            "Diễn biến",
            (
                lines("Nơi nhận nhật ký ghi", ("max(reporting_backup_wal_receivers)", "nơi")),
                lines("Tuổi của nhật ký ghi đã sao", (LAST.format("archived_wal"), "giây"), unit="s"),
                lines("WAL ghi mỗi giây", ("rate(pg_wal_written_bytes[5m])", "byte"), unit="Bps"),
            ),
        ),
    ),
)
