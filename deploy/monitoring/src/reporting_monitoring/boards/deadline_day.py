"""The last hours before a deadline, when half of all reports come in."""

from reporting_monitoring.board import Board, Row, bars, lines, number

BOARD = Board(
    "deadline-day",
    "Ngày hạn gửi",
    (
        Row(
            "Còn bao lâu, còn bao nhiêu",
            (
                number("Phút đến hạn gần nhất", "min(reporting_deadline_minutes)", unit="m"),
                bars(
                    "Phút đến hạn theo chế độ",
                    ("sort(min by (regime) (reporting_deadline_minutes))", "{{regime}}"),
                    unit="m",
                ),
                bars(
                    "Chưa gửi, theo chế độ và thời hạn",
                    ("max by (regime, due) (reporting_reports_unsent)", "{{regime}} {{due}}"),
                ),
                lines(
                    "Chưa gửi trong toàn tỉnh",
                    ("sum by (due) (max by (regime, due) (reporting_reports_unsent))", "{{due}}"),
                ),
            ),
        ),
        Row(
            "Tải",
            (
                lines(
                    "Nhập liệu và gửi mỗi giây",
                    ('operation:requests:rate5m{operation=~"entry|send"}', "{{operation}}"),
                    unit="reqps",
                ),
                lines(
                    "Thời gian nhập và gửi (95 %)",
                    ('operation:latency_seconds:p95_5m{operation=~"entry|send"}', "{{operation}}"),
                    unit="s",
                ),
                lines(
                    "Ô số liệu được lưu mỗi phút",
                    ("sum by (road) (rate(reporting_cells_saved_total[5m])) * 60", "{{road}}"),
                ),
                lines(
                    "Báo cáo theo bước",
                    ("sum by (state) (max by (regime, state) (reporting_reports))", "{{state}}"),
                ),
            ),
        ),
        Row(
            "Ký số",
            (
                lines(
                    "Đang chờ ký",
                    (
                        'max by (state) (reporting_signing_requests_waiting) or label_replace(vector(0), "state", "none", "", "")',
                        "{{state}}",
                    ),
                ),
                lines("Đã duyệt, chưa chuyển sang ký", ("max(reporting_signing_orders_waiting)", "báo cáo")),
                lines(
                    "Lời gọi ký mỗi phút",
                    (
                        'sum(rate(reporting_http_request_seconds_count{service="signing",method="POST"}[5m])) * 60',
                        "yêu cầu",
                    ),
                ),
            ),
        ),
    ),
)
