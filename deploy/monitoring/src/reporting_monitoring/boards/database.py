"""PostgreSQL: connections, work, what waits, how much is kept and copied."""

from reporting_monitoring.board import Board, Row, bars, lines

BOARD = Board(
    "database",
    "Cơ sở dữ liệu (PostgreSQL)",
    (
        Row(
            "Kết nối và việc",
            (
                lines(
                    "Kết nối theo cơ sở dữ liệu",
                    ("sum by (datname) (pg_connections_count)", "{{datname}}"),
                    ("max(pg_limits_max_connections)", "giới hạn"),
                ),
                lines(
                    "Giao dịch mỗi giây",
                    ("sum by (datname) (rate(pg_databases_commits[5m]))", "{{datname}}"),
                    unit="cps",
                ),
                lines(
                    "Giao dịch bị hủy mỗi giây",
                    ("sum by (datname) (rate(pg_databases_rollbacks[5m]))", "{{datname}}"),
                    unit="cps",
                ),
                lines(
                    "Dòng được ghi mỗi giây",
                    ("sum by (datname) (rate(pg_databases_rows_written[5m]))", "{{datname}}"),
                    unit="cps",
                ),
            ),
        ),
        Row(
            "Chờ và bộ nhớ",
            (
                lines("Khóa đang chờ", ("pg_waiting_locks", "khóa")),
                lines("Giao dịch lâu nhất", ("pg_waiting_oldest_transaction_seconds", "giây"), unit="s"),
                lines(
                    "Tỷ lệ đọc từ bộ nhớ",
                    (
                        "sum by (datname) (rate(pg_databases_blocks_hit[5m])) / (sum by (datname) (rate(pg_databases_blocks_hit[5m]) + rate(pg_databases_blocks_read[5m])) > 0)",
                        "{{datname}}",
                    ),
                    unit="percentunit",
                ),
                lines("Bế tắc (deadlock)", ("sum(pg_databases_deadlocks)", "tổng số")),
            ),
        ),
        Row(
            "Lưu giữ",
            (
                bars(
                    "Dung lượng", ("sum by (datname) (pg_databases_size_bytes)", "{{datname}}"), unit="bytes"
                ),
                lines("WAL ghi mỗi giây", ("rate(pg_wal_written_bytes[5m])", "byte"), unit="Bps"),
                lines(
                    "Nơi nhận WAL",
                    ("pg_wal_receivers", "tất cả"),
                    ("pg_wal_synchronous_receivers", "đồng bộ"),
                ),
                lines(
                    "Điểm kiểm",
                    ("pg_checkpoints_timed", "theo giờ"),
                    ("pg_checkpoints_requested", "theo yêu cầu"),
                ),
            ),
        ),
    ),
)
