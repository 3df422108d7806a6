"""For the person on duty: is a promise being broken, and where to look next."""

from reporting_monitoring.board import Board, Rare, Row, bars, lines, number

BOARD = Board(
    "overview",
    "Tổng quan cho người trực",
    (
        Row(
            "Bây giờ",
            (
                number("Dịch vụ sẵn sàng", "count(max by (service) (reporting_ready) == 1)"),
                number("Cảnh báo khẩn", 'count(ALERTS{alertstate="firing",severity="page"}) or vector(0)'),
                number("Sự kiện chờ phát đi", "sum(max by (service) (reporting_outbox_waiting))"),
                number("Sự kiện lỗi, chờ người xem", "sum(service:dead_letters:sum) or vector(0)"),
                number("Phút đến hạn gửi gần nhất", "min(reporting_deadline_minutes)", unit="m"),
                number("Ngày còn lại của chứng thư số", "min(reporting_certificate_days_left)", unit="d"),
            ),
        ),
        Row(
            "Cam kết: đăng nhập, nhập liệu, gửi, tiếp nhận",
            (
                lines("Số thao tác mỗi giây", ("operation:requests:rate5m", "{{operation}}"), unit="reqps"),
                lines(
                    "Thời gian của 95 % số lần",
                    ("operation:latency_seconds:p95_5m", "{{operation}}"),
                    unit="s",
                ),
                lines(
                    "Tỷ lệ lỗi 1 giờ", ("operation:error_ratio:rate1h", "{{operation}}"), unit="percentunit"
                ),
                bars(
                    "Phần lỗi cho phép còn lại trong 30 ngày",
                    ("operation:error_budget_left:ratio30d", "{{operation}}"),
                    unit="percentunit",
                    about="Cam kết 99,9 % mỗi tháng: 100 % là chưa lỗi lần nào, 0 % là đã hết.",
                ),
            ),
        ),
        Row(
            "Các phần",
            (
                lines(
                    "Lỗi theo dịch vụ",
                    ("service:error_ratio:rate5m > 0", "{{service}}"),
                    unit="percentunit",
                    rare=Rare.SERVER_ERROR,
                ),
                lines(
                    "Thời gian theo dịch vụ (95 %)",
                    ("service:latency_seconds:p95_5m", "{{service}}"),
                    unit="s",
                ),
                lines(
                    "Kết nối cơ sở dữ liệu đang dùng",
                    ("service:database_pool:used_ratio", "{{service}}"),
                    unit="percentunit",
                ),
                lines("Sự kiện chưa xử lý xong", ("service:consumer_lag:sum", "{{service}}")),
            ),
        ),
    ),
)
