"""For the office that leads reporting in the province: the work itself, without a word of machines."""

from reporting_monitoring.board import Board, Row, bars, lines, number

WAIT = "max by (le) (reporting_sent_to_accepted_seconds_bucket)"

BOARD = Board(
    "office",
    "Báo cáo của tỉnh",
    (
        Row(
            "Tình hình 60 ngày qua",
            (
                number("Báo cáo đang theo dõi", "sum(max by (regime, state) (reporting_reports))"),
                number(
                    "Quá hạn chưa gửi",
                    'sum(max by (regime) (reporting_reports_unsent{due="overdue"})) or vector(0)',
                ),
                bars(
                    "Báo cáo theo bước",
                    ("sum by (state) (max by (regime, state) (reporting_reports))", "{{state}}"),
                ),
                bars(
                    "Báo cáo theo chế độ",
                    ("sum by (regime) (max by (regime, state) (reporting_reports))", "{{regime}}"),
                ),
            ),
        ),
        Row(
            "Đúng hạn và tiếp nhận",
            (
                bars(
                    "Gửi đúng hạn, muộn, chưa gửi",
                    ("sum by (sent) (max by (regime, sent) (reporting_reports_punctuality))", "{{sent}}"),
                ),
                number("Nửa số báo cáo được duyệt trong", f"histogram_quantile(0.5, {WAIT})", unit="s"),
                number("95 % số báo cáo được duyệt trong", f"histogram_quantile(0.95, {WAIT})", unit="s"),
                bars("Từ lúc gửi đến lúc được duyệt", (WAIT, "{{le}} giây")),
            ),
        ),
        Row(
            "Con người và danh mục",
            (
                bars("Tài khoản", ("max by (condition) (reporting_accounts)", "{{condition}}")),
                bars("Chế độ báo cáo", ("max by (state) (reporting_regimes)", "{{state}}")),
                bars("Phiên bản biểu mẫu", ("max by (state) (reporting_form_versions)", "{{state}}")),
                bars(
                    "Chứng thư số",
                    ("max by (role, condition) (reporting_certificates)", "{{role}} {{condition}}"),
                ),
                lines("Thư báo chờ gửi", ("max(reporting_mails_waiting)", "thư")),
            ),
        ),
    ),
)
